using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Concord.Ledger;

/// <summary>Reads the lines of a policy file (C2SP tlog-policy).</summary>
internal sealed class PolicyParser
{
    private const int MaxBytes = 256 << 10;
    private const int MaxOfKind = 256;
    private const string None = "none";

    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    private readonly List<NoteVerifier> _logs = [];
    private readonly List<NoteVerifier> _witnesses = [];
    private readonly Dictionary<NoteVerifier, string> _addresses = [];
    private readonly Dictionary<string, PolicyQuorum> _defined = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private bool _hasQuorum;
    private PolicyQuorum? _quorum;

    public static bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out TlogPolicy? policy,
        [NotNullWhen(false)] out string? fault
    )
    {
        policy = null;
        if (octets.Length > MaxBytes)
        {
            fault = $"The policy has {octets.Length} bytes; at most {MaxBytes} are read.";
            return false;
        }

        foreach (var octet in octets)
        {
            if (octet is not ((byte)'\t' or (byte)'\n' or (>= 0x20 and <= 0x7E) or >= 0x80))
            {
                fault = $"The policy has the control character 0x{octet:x2}.";
                return false;
            }
        }

        // One character per octet, so that nothing is normalised.
        var lines = Encoding.Latin1.GetString(octets).Split('\n');
        if (lines[^1].Length != 0)
        {
            fault = "The last line of the policy does not end in a line feed.";
            return false;
        }

        var parser = new PolicyParser();
        for (var i = 0; i < lines.Length - 1; i++)
        {
            if (parser.FaultOf(lines[i]) is { } found)
            {
                fault = $"Line {i + 1} of the policy: {found}";
                return false;
            }
        }

        if (!parser._hasQuorum)
        {
            fault = "The policy has no quorum line; `quorum none` asks for no cosignature.";
            return false;
        }

        policy = new(parser._logs, parser._witnesses, parser._addresses, parser._quorum);
        fault = null;
        return true;
    }

    private string? FaultOf(string line)
    {
        var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (items.Length == 0 || items[0].StartsWith('#'))
        {
            return null;
        }

        return items[0] switch
        {
            "log" when items.Length is 2 or 3 => AddLog(items[1]),
            "witness" when items.Length is 3 or 4 => AddWitness(
                items[1],
                items[2],
                items.ElementAtOrDefault(3)
            ),
            "group" when items.Length >= 4 => AddGroup(items[1], items[2], items[3..]),
            "quorum" when items.Length == 2 => SetQuorum(items[1]),
            _ => "not one of `log vkey [url]`, `witness name vkey [url]`, "
                + "`group name any|all|k member…`, `quorum name`.",
        };
    }

    private string? AddLog(string vkey)
    {
        if (!TryParseKey(vkey, out var key, out var fault))
        {
            return fault;
        }

        if (key.Type == NoteScheme.Cosignature)
        {
            return "a log's key is not a cosignature key (type 0x04).";
        }

        _logs.Add(key);
        return _logs.Count > MaxOfKind ? $"more than {MaxOfKind} logs."
            : _logs.SkipLast(1).Any(key.HasSameKey) ? "this log's key is listed twice."
            : null;
    }

    private string? AddWitness(string name, string vkey, string? address)
    {
        if (!TryParseKey(vkey, out var key, out var fault))
        {
            return fault;
        }

        if (key.Type != NoteScheme.Cosignature)
        {
            return "a witness's key is a cosignature key (type 0x04).";
        }

        _witnesses.Add(key);
        if (address is not null)
        {
            _addresses[key] = address;
        }

        return _witnesses.Count > MaxOfKind ? $"more than {MaxOfKind} witnesses."
            : _witnesses.SkipLast(1).Any(key.HasSameKey) ? "this witness's key is listed twice."
            : Define(name, new(key, 1, []));
    }

    private string? AddGroup(string name, string threshold, string[] names)
    {
        var members = new List<PolicyQuorum>(names.Length);
        foreach (var member in names)
        {
            if (!_defined.TryGetValue(member, out var quorum))
            {
                return $"{member} is not defined on a line above.";
            }

            if (!_members.Add(member))
            {
                return $"{member} is a member already; a name is a member once.";
            }

            members.Add(quorum);
        }

        var k = threshold switch
        {
            "any" => 1,
            "all" => members.Count,
            _ => int.TryParse(
                threshold,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : 0,
        };
        return k < 1 || k > members.Count
            ? $"the threshold is any, all or a number from 1 to {members.Count}."
            : Define(name, new(null, k, members));
    }

    private string? SetQuorum(string name)
    {
        if (_hasQuorum)
        {
            return "there is a quorum line already.";
        }

        _hasQuorum = true;
        return
            string.Equals(name, None, StringComparison.Ordinal)
            || _defined.TryGetValue(name, out _quorum)
            ? null
            : $"{name} is not defined on a line above.";
    }

    private string? Define(string name, PolicyQuorum quorum)
    {
        if (string.Equals(name, None, StringComparison.Ordinal))
        {
            return "the name `none` has its meaning already.";
        }

        if (_defined.Count >= 2 * MaxOfKind)
        {
            return $"more than {2 * MaxOfKind} witnesses and groups.";
        }

        return _defined.TryAdd(name, quorum) ? null : $"{name} is defined already.";
    }

    private static bool TryParseKey(
        string octets,
        [NotNullWhen(true)] out NoteVerifier? key,
        [NotNullWhen(false)] out string? fault
    )
    {
        key = null;
        try
        {
            var text = s_utf8.GetString(Encoding.Latin1.GetBytes(octets));
            return NoteVerifier.TryParse(text, out key, out fault);
        }
        catch (DecoderFallbackException)
        {
            fault = "the key's name is not UTF-8.";
            return false;
        }
    }
}
