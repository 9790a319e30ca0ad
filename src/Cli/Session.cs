using System.CommandLine;
using Concord.Authority.Foundation;
using Concord.Cli.Tokens;
using Concord.Ledger;

namespace Concord.Cli;

/// <summary>One run of a command: what was said, where the authority is, who reads.</summary>
internal sealed class Session(ParseResult words, Terminal terminal, CancellationToken cancel)
{
    private AuthorityFile? _file;

    /// <summary>What was said.</summary>
    public ParseResult Words => words;

    /// <summary>Who reads.</summary>
    public Terminal Terminal => terminal;

    /// <summary>Ends the command.</summary>
    public CancellationToken Cancel => cancel;

    /// <summary>The data folder that was named, or the one in the current folder.</summary>
    public DataFolder Folder =>
        new(words.GetValue(Shared.Data)?.FullName ?? Path.GetFullPath(Shared.DefaultData));

    /// <summary>Whether the data folder holds an authority.</summary>
    public bool HasFolder => Folder.IsFounded;

    /// <summary>What <c>authority.json</c> of the data folder says.</summary>
    public AuthorityFile File
    {
        get
        {
            try
            {
                return _file ??= AuthorityFile.Read(Folder);
            }
            catch (FileNotFoundException)
            {
                throw new CommandFault(
                    ExitCode.Unavailable,
                    $"No authority was founded in {Folder.Path}.",
                    "Start a sandbox with `concord up --data DIR`, or name another folder with "
                        + "--data, or a server with --authority."
                );
            }
        }
    }

    /// <summary>A value that the command cannot do without.</summary>
    public T Need<T>(Option<T?> option)
        where T : class =>
        words.GetValue(option)
        ?? throw new CommandFault(ExitCode.Usage, $"{option.Name} is missing.", option.Description);

    /// <summary>The server: the one that was named, or that of the data folder.</summary>
    public AuthorityClient Connect()
    {
        if (words.GetValue(Shared.Authority) is { } url)
        {
            return new(url);
        }

        return new(
            File.Url
                ?? throw new CommandFault(
                    ExitCode.Unavailable,
                    $"The authority in {Folder.Path} has not been started yet.",
                    $"Start it: concord up --data {Folder.Path}"
                )
        );
    }

    /// <summary>Opens a private key: a file, or a key on a token by its URI.</summary>
    /// <exception cref="CommandFault">There is none, or it cannot be used.</exception>
    public StatementSigner ReadKey(string word) =>
        TokenAddress.Is(word)
            ? StatementSigner.Of(TokenKey.Open(this, TokenAddress.Read(word)))
            : ReadKeyFile(word);

    /// <summary>Reads a private key.</summary>
    public static StatementSigner ReadKeyFile(string path)
    {
        try
        {
            return StatementSigner.FromPem(System.IO.File.ReadAllText(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"There is no key file {path}.",
                "Make a key with `concord key new NAME`, or name the file with --key."
            );
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"The key file {path} may not be read by you.",
                "Run the command as the file's owner."
            );
        }
        catch (Exception e)
            when (e is ArgumentException or System.Security.Cryptography.CryptographicException)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"{path} is not a P-256 private key in PKCS #8 PEM.",
                "Make one with `concord key new NAME`."
            );
        }
    }
}
