using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Cli;

/// <summary>Reads FACT=VALUE and [PROFILE=]FLOP[..FLOP] as people write them.</summary>
internal static class Facts
{
    private const string Range = "..";

    /// <summary>An option that takes facts, repeated for several.</summary>
    public static Option<string[]> Option(string name, string description) =>
        new(name)
        {
            HelpName = "FACT=VALUE",
            Description = description,
            AllowMultipleArgumentsPerToken = false,
            Arity = ArgumentArity.ZeroOrMore,
        };

    /// <summary>Reads facts.</summary>
    /// <exception cref="CommandFault">A word is none.</exception>
    public static IReadOnlyList<DeclaredFact> Read(string[]? words) =>
        [.. (words ?? []).Select(Read)];

    /// <summary>Reads one fact.</summary>
    /// <exception cref="CommandFault">The word is none.</exception>
    public static DeclaredFact Read(string word)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new() { Fact = word[..at], Value = Value(word[..at], word[(at + 1)..]) }
            : throw new CommandFault(
                ExitCode.Usage,
                $"'{word}' is not a fact with its value.",
                "Write it as FACT=VALUE, for example market[EU]=true or revenue.usd=1e9..2e9."
            );
    }

    /// <summary>Reads a figure of compute under a counting profile.</summary>
    /// <exception cref="CommandFault">The word is none.</exception>
    public static ComputeClaim ReadCompute(string word, string option)
    {
        var at = word.IndexOf('=', StringComparison.Ordinal);
        var (low, high) = Interval(word[(at + 1)..], option);
        return at > 0
            ? new()
            {
                Profile = word[..at],
                State = ComputeState.SoFar,
                Low = low,
                High = high,
            }
            : throw new CommandFault(
                ExitCode.Usage,
                $"{option}: '{word}' does not say how it was counted.",
                $"Name a counting profile of a rulebook: {option} PROFILE={word}, where PROFILE is "
                    + string.Join(", ", Profiles.All)
            );
    }

    private static FactValue Value(string fact, string word)
    {
        if (Vocabulary.Find(fact) is not { } row)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"'{fact}' is not a fact that a rulebook asks about.",
                "The facts and who may state them are in specs/rulebook.md."
            );
        }

        return row.Kind switch
        {
            FactKind.Truth when word is "yes" or "true" => new FactValue.Truth(true),
            FactKind.Truth when word is "no" or "false" => new FactValue.Truth(false),
            FactKind.Number => Number(word),
            FactKind.Words => new FactValue.Words([
                .. word.Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal),
            ]),
            _ => new FactValue.Text(word),
        };
    }

    private static FactValue.Interval Number(string word)
    {
        var (low, high) = Interval(word, word);
        return new(low?.Count, high?.Count);
    }

    /// <summary>Reads FLOP[..FLOP].</summary>
    /// <exception cref="CommandFault">The word is none.</exception>
    public static (Flop? Low, Flop? High) Interval(string word, string option)
    {
        var at = word.IndexOf(Range, StringComparison.Ordinal);
        return at < 0 ? (Bound(word), Bound(word)) : (Bound(word[..at]), Bound(word[(at + 2)..]));

        Flop? Bound(string text) =>
            text.Length == 0 ? null
            : Flop.TryParse(text, out var flop) ? flop
            : throw new CommandFault(
                ExitCode.Usage,
                $"{option}: '{text}' is not a whole number like 3.8e25.",
                "Write a figure or an interval: 3.8e25, 1e25..4e25, 1e25.. or ..4e25."
            );
    }
}
