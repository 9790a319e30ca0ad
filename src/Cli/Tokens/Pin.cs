using System.Security.Cryptography;
using Spectre.Console;

namespace Concord.Cli.Tokens;

/// <summary>The PIN of a token: from a file or an open descriptor, else from whoever sits there.
/// </summary>
internal static class Pin
{
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    /// <summary>Reads it; whoever gets it clears it after use.</summary>
    /// <exception cref="CommandFault">There is none, or others could read it.</exception>
    public static byte[] Read(Session session, TokenAddress address)
    {
        if (
            (address.PinSource ?? session.Words.GetValue(Shared.PinFile)?.ToString()) is
            { Length: > 0 } source
        )
        {
            return OfFile(
                source.StartsWith("file:", StringComparison.Ordinal)
                    ? Uri.UnescapeDataString(source["file:".Length..])
                    : source
            );
        }

        var screen = session.Terminal.Aside;
        return
            session.Terminal.IsJson
            || Console.IsInputRedirected
            || !screen.Profile.Capabilities.Interactive
            ? throw new CommandFault(
                ExitCode.Usage,
                "Nobody is there to be asked for the PIN of the token.",
                "Name a file that you alone may read, or an open descriptor: --pin-file FILE, "
                    + "--pin-file /dev/fd/3."
            )
            : System.Text.Encoding.UTF8.GetBytes(
                screen.Prompt(
                    new TextPrompt<string>(
                        $"PIN of the token {Markup.Escape(address.TokenName)}:"
                    ).Secret(null)
                )
            );
    }

    private static byte[] OfFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"There is no file {path} with the PIN.",
                "Name the file that holds it, or leave it out and be asked."
            );
        }

        Refuse(path, "PIN");
        var bytes = File.ReadAllBytes(path);
        var length = bytes.AsSpan().TrimEnd("\r\n"u8).Length;
        var pin = bytes[..length];
        CryptographicOperations.ZeroMemory(bytes);
        return pin;
    }

    /// <summary>Refuses a file with a secret that others than its owner may read or write.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it holds, for people.</param>
    /// <exception cref="CommandFault">They may.</exception>
    public static void Refuse(string path, string what)
    {
        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & OfOthers) != UnixFileMode.None
        )
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"Others than its owner may read or write {path}, which holds a {what}.",
                $"If nobody has read it, take the right from them: chmod 600 {path}. Else it is "
                    + "no secret any more: make another."
            );
        }
    }
}
