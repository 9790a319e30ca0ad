using System.Text;

namespace Concord.Cli.Tokens;

/// <summary>
/// Where a key lies on a token: a URI <c>pkcs11:token=…;object=…</c> (RFC 7512). A PIN never stands
/// in it: whoever lists the processes of a machine would read it.
/// </summary>
internal sealed record TokenAddress
{
    private const string Scheme = "pkcs11:";

    /// <summary>The URI as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>The label of the token.</summary>
    public string? Token { get; init; }

    /// <summary>The serial number of the token.</summary>
    public string? Serial { get; init; }

    /// <summary>The label of the key.</summary>
    public string? Object { get; init; }

    /// <summary>The identifier of the key.</summary>
    public byte[]? Id { get; init; }

    /// <summary>The file of the module, from <c>module-path</c>.</summary>
    public string? Module { get; init; }

    /// <summary>The file that holds the PIN, from <c>pin-source</c>.</summary>
    public string? PinSource { get; init; }

    /// <summary>The token in words.</summary>
    public string TokenName => Token ?? $"with the serial number {Serial}";

    /// <summary>The key in words.</summary>
    public string KeyName => Object ?? $"with the id {Convert.ToHexStringLower(Id!)}";

    /// <summary>Whether a word names a token and not a file.</summary>
    public static bool Is(string word) => word.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Reads a URI.</summary>
    /// <exception cref="CommandFault">It is none, or names too little.</exception>
    public static TokenAddress Read(string text)
    {
        var parts = text[Scheme.Length..].Split('?', 2);
        var query = parts.Length > 1 ? parts[1] : "";
        var address = new TokenAddress { Text = text };
        foreach (var (name, value) in Pairs(parts[0], ';').Concat(Pairs(query, '&')))
        {
            address = name switch
            {
                "token" => address with { Token = Words(value) },
                "serial" => address with { Serial = Words(value) },
                "object" => address with { Object = Words(value) },
                "id" => address with { Id = Bytes(value) },
                "type" when value is "private" => address,
                "module-path" => address with { Module = Words(value) },
                "pin-source" => address with { PinSource = Words(value) },
                "pin-value" => throw new CommandFault(
                    ExitCode.Usage,
                    "A PIN does not belong into a command: whoever lists processes reads it.",
                    "Leave pin-value out; you are asked for the PIN, or name --pin-file FILE."
                ),
                _ => throw Fault($"it says {name}={value}"),
            };
        }

        return (address.Token ?? address.Serial) is null ? throw Fault("it names no token")
            : address is { Object: null, Id: null } ? throw Fault("it names no object")
            : address;
    }

    private static CommandFault Fault(string why) =>
        new(
            ExitCode.Usage,
            $"The key's URI is not understood: {why}.",
            "Write pkcs11:token=LABEL;object=LABEL, with serial= or id= where labels are not "
                + "enough, and after a ? module-path= and pin-source= (RFC 7512)."
        );

    private static IEnumerable<(string Name, string Value)> Pairs(string text, char between) =>
        text.Split(between, StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair =>
                pair.Length == 2 ? (pair[0], pair[1]) : throw Fault($"it says {pair[0]}")
            );

    private static string Words(string value) => Uri.UnescapeDataString(value);

    private static byte[] Bytes(string value)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(value[i..(i + 1)]));
                continue;
            }

            bytes.Add(
                i + 2 < value.Length
                && byte.TryParse(
                    value.AsSpan(i + 1, 2),
                    System.Globalization.NumberStyles.AllowHexSpecifier,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out var one
                )
                    ? one
                    : throw Fault("its id is not percent-encoded")
            );
            i += 2;
        }

        return [.. bytes];
    }
}
