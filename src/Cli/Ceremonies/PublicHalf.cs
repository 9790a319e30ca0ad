using System.Buffers.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Cli.Ceremonies;

/// <summary>
/// The public half of a root's or officer's key as it is carried: NAME.public.json. That of a
/// passkey names its domain and the origins where it signs.
/// </summary>
internal static class PublicHalf
{
    /// <summary>How the file ends.</summary>
    public const string Ending = ".public.json";

    /// <summary>Writes it; a file that is there is not overwritten.</summary>
    public static void Write(string path, NamedKey key)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        using var json = new Utf8JsonWriter(file, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("name", key.Name);
        json.WriteString("x", Base64Url.EncodeToString(key.Key.X.Span));
        json.WriteString("y", Base64Url.EncodeToString(key.Key.Y.Span));
        if (key.Key.Kind == SignerKind.Webauthn)
        {
            json.WriteString("rp_id", key.Key.RelyingParty);
            json.WriteStartArray("origins");
            foreach (var origin in key.Key.Origins)
            {
                json.WriteStringValue(origin);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="CommandFault">It is none.</exception>
    public static NamedKey Read(string path) =>
        KeyHalf.Read(File.ReadAllBytes(path))
        ?? throw new CommandFault(
            ExitCode.NotSo,
            $"{path} is not the public half of a key.",
            "Write it with `concord ceremony key NAME --key …` where the key is; for a passkey the "
                + "page /officers/passkey writes it."
        );
}
