using System.Collections.Immutable;
using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// All that is stated about one subject (a model, a release, a deployment, a data centre) in the
/// words of the vocabulary. Immutable; nothing that is stated is ever averaged or dropped.
/// </summary>
public sealed record FactSheet
{
    /// <summary>The parameter of a figure whose source names no counting profile.</summary>
    public const string AnyProfile = "any";

    private FactSheet(ImmutableArray<Stated> statements) => Statements = statements;

    /// <summary>Nothing is stated.</summary>
    public static readonly FactSheet Empty = new([]);

    /// <summary>All statements, in the order in which they were added.</summary>
    public ImmutableArray<Stated> Statements { get; }

    /// <summary>A sheet of statements.</summary>
    public static FactSheet Of(IEnumerable<Stated> statements) => new([.. statements]);

    /// <summary>One statement more.</summary>
    public FactSheet With(Stated statement) => new(Statements.Add(statement));

    /// <summary>One statement more.</summary>
    public FactSheet With(string fact, Known value, FactSource source) =>
        With(new(fact, value, source));

    /// <summary>The assumptions on the sheet.</summary>
    public IEnumerable<Stated> Assumed => Statements.Where(s => s.Source.IsAssumption);

    /// <summary>
    /// Assumes facts: against whatever is stated when <paramref name="whatIf"/>, else only where
    /// nobody states them.
    /// </summary>
    /// <returns>The sheet, or null with the fault of the first that cannot be read.</returns>
    public FactSheet? TryAssume(
        IReadOnlyList<Assumption> assumptions,
        bool whatIf,
        out RulebookFault? fault
    )
    {
        var sheet = this;
        for (var i = 0; i < assumptions.Count; i++)
        {
            var (fact, text) = assumptions[i];
            if (!Vocabulary.TryReadText(fact, text, out var known, out var rule))
            {
                fault = new($"$[{i}]", rule);
                return null;
            }

            if (
                assumptions
                    .Take(i)
                    .Any(one => string.Equals(one.Fact, fact, StringComparison.Ordinal))
            )
            {
                fault = new(
                    $"$[{i}]",
                    $"'{fact}' is assumed twice; join values that may be by '|'"
                );
                return null;
            }

            var by = whatIf ? Asserter.WhatIf : Asserter.Assumption;
            sheet = sheet.With(fact, known, new(by, "assumed"));
        }

        fault = null;
        return sheet;
    }

    /// <summary>The sheet with what a rulebook's column assumes where nobody states it.</summary>
    public FactSheet AssumeFor(Headline headline) =>
        TryAssume(headline.Assume, whatIf: false, out _) ?? this;

    /// <summary>Reads a fact by its exact name, at a moment.</summary>
    public FactReading Read(string fact, Instant at)
    {
        var best = (Asserter)(-1);
        var count = 0;
        foreach (var stated in Statements)
        {
            if (Speaks(stated, fact, at))
            {
                count++;
                best = stated.Source.By > best ? stated.Source.By : best;
            }
        }

        if (count == 0)
        {
            return FactReading.Unstated(fact);
        }

        var read = new List<Stated>(1);
        var other = new List<Stated>(count - 1);
        foreach (var stated in Statements)
        {
            if (Speaks(stated, fact, at))
            {
                (stated.Source.By == best ? read : other).Add(stated);
            }
        }

        var value = read[0].Value;
        for (var i = 1; i < read.Count; i++)
        {
            value = Known.Either(value, read[i].Value);
        }

        return new(fact, value, read, other, Contradicted(read, other), NotesOf(read));
    }

    /// <summary>Whether anybody states the fact.</summary>
    public bool States(string fact, Instant at) =>
        Statements.Any(stated => Speaks(stated, fact, at) && !stated.Value.IsUnknown);

    private static bool Speaks(Stated stated, string fact, Instant at) =>
        string.Equals(stated.Fact, fact, StringComparison.Ordinal)
        && (stated.Source.Since is not { } since || since <= at.Day)
        && (stated.Source.Until is not { } until || until >= at.Day);

    private static bool Contradicted(List<Stated> read, List<Stated> other)
    {
        foreach (var first in read)
        {
            foreach (var second in read.Concat(other))
            {
                if (Known.Contradict(first.Value, second.Value) && !second.Source.IsAssumption)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string[] NotesOf(List<Stated> read) =>
        [.. read.Select(s => s.Source.Note).OfType<string>().Distinct(StringComparer.Ordinal)];
}
