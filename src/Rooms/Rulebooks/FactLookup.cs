using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>
/// Reads facts for one rulebook at one moment: resolves the preceding year, derives what is
/// derived,
/// and falls back where the vocabulary says so.
/// </summary>
internal sealed class FactLookup(Rulebook book, FactSheet facts, Instant at)
{
    private const string PrecedingYear = "[preceding_year]";
    private readonly Dictionary<string, FactReading> _read = new(StringComparer.Ordinal);
    private FactLookup? _known;
    private IReadOnlyDictionary<string, Known>? _supposed;

    public Instant At => at;

    public FactSheet Facts => facts;

    /// <summary>
    /// The same facts, of which some are supposed; what is computed from them stays as it is.
    /// </summary>
    public FactLookup Supposing(IReadOnlyDictionary<string, Known> supposed) =>
        new(book, facts, at) { _known = this, _supposed = supposed };

    public FactReading Read(string name)
    {
        if (_known is not null)
        {
            var known = _known.Read(name);
            return _supposed!.TryGetValue(name, out var value)
                ? known with
                {
                    Value = value,
                }
                : known;
        }

        if (!_read.TryGetValue(name, out var reading))
        {
            reading = Resolve(name);
            _read[name] = reading;
        }

        return reading;
    }

    /// <summary>The fact as the sheet would name it.</summary>
    public string NameOf(string name) =>
        name.Contains(PrecedingYear, StringComparison.Ordinal)
            ? name.Replace(
                PrecedingYear,
                $"[{book.Zone.DayOf(at).Year - 1}]",
                StringComparison.Ordinal
            )
            : name;

    private FactReading Resolve(string asked)
    {
        var name = NameOf(asked);
        if (name.Contains('*', StringComparison.Ordinal))
        {
            return AnyOf(name);
        }

        var (stem, profile, rest) = Split(name);
        return (stem, rest) switch
        {
            ("own_flop", _) when profile is not null => OwnFlop(name, profile, rest),
            ("flop", ".so_far_or_planned") when profile is not null => SpentOrPlanned(
                name,
                profile
            ),
            ("flop" or "mod_flop" or "parent_flop", _) when profile is not null => Counted(
                name,
                stem,
                profile,
                rest
            ),
            ("market", ".placed_on") when profile is not null => PlacedOn(name, profile),
            ("model_class.foundation", _) => Foundation(name),
            ("flop_known_at", _) => KnownAt(name),
            _ => facts.Read(name, at),
        };
    }

    private static (string Stem, string? Parameter, string Tail) Split(string name)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        var close = name.IndexOf(']', StringComparison.Ordinal);
        return open < 0 || close < open
            ? (name, null, "")
            : (name[..open], name[(open + 1)..close], name[(close + 1)..]);
    }

    /// <summary>A figure under a profile, or under one that serves it.</summary>
    private FactReading Counted(string name, string stem, string profile, string rest)
    {
        var own = facts.Read(name, at);
        if (!own.IsUnknown || !book.Profiles.TryGetValue(profile, out var counting))
        {
            return own;
        }

        var any = facts.Read($"{stem}[{FactSheet.AnyProfile}]{rest}", at);
        if (!any.IsUnknown)
        {
            return any with
            {
                Fact = name,
                Notes =
                [
                    .. any.Notes,
                    $"The source names no counting profile; its figure serves {profile} too.",
                ],
            };
        }

        foreach (var other in counting.ReadsAlso)
        {
            var read = facts.Read($"{stem}[{other}]{rest}", at);
            if (!read.IsUnknown)
            {
                return read with
                {
                    Fact = name,
                    Notes = [.. read.Notes, $"Stated as {other}; read here as {profile}."],
                };
            }
        }

        return Bounded(own, counting, stem, rest);
    }

    private FactReading Bounded(FactReading own, CountingProfile counting, string stem, string rest)
    {
        UInt128? low = null;
        UInt128? high = null;
        var read = new List<Stated>();
        var notes = new List<string>();
        foreach (var other in counting.AtLeastAs.Concat(counting.AtMostAs))
        {
            var reading = facts.Read($"{stem}[{other}]{rest}", at);
            if (reading.Value is not Known.Number number || number.IsUnknown)
            {
                continue;
            }

            var isLower = counting.AtLeastAs.Contains(other, StringComparer.Ordinal);
            low = isLower ? number.Range.Low ?? low : low;
            high = isLower ? high : number.Range.High ?? high;
            read.AddRange(reading.Read);
            notes.Add($"Stated as {other}, which bounds {counting.Id} on one side.");
        }

        return low is null && high is null
            ? own
            : own with
            {
                Value = Known.Of(new NumberRange(low, high)),
                Read = read,
                Notes = notes,
            };
    }

    private FactReading SpentOrPlanned(string name, string profile)
    {
        var spent = Read($"flop[{profile}].so_far");
        var planned = Read($"flop[{profile}].planned");
        return (spent.Value, planned.Value) switch
        {
            (Known.Number { IsUnknown: false } a, Known.Number { IsUnknown: false } b) => Both(
                name,
                spent,
                planned,
                NumberRange.Larger(a.Range, b.Range)
            ),
            (Known.Number { IsUnknown: false }, _) => spent with { Fact = name },
            _ => planned with { Fact = name },
        };
    }

    private static FactReading Both(
        string name,
        FactReading spent,
        FactReading planned,
        NumberRange range
    ) =>
        new(
            name,
            Known.Of(range),
            [.. spent.Read, .. planned.Read],
            [.. spent.Other, .. planned.Other],
            spent.IsContradicted || planned.IsContradicted,
            [.. spent.Notes.Union(planned.Notes, StringComparer.Ordinal)]
        );

    private FactReading OwnFlop(string name, string profile, string rest)
    {
        if (!CountsParents(profile) && IsModificationOfAnothers())
        {
            var own = Read($"mod_flop[{profile}]");
            return own with
            {
                Fact = name,
                Notes =
                [
                    .. own.Notes,
                    "Another's model was modified: the modifier's own compute is counted, and the "
                        + "original's enters only through the share.",
                ],
            };
        }

        var whole = Read($"flop[{profile}]{rest}") with { Fact = name };
        return whole.IsUnknown && CountsParents(profile) && IsMerge()
            ? SumOfParents(whole, profile)
            : whole;
    }

    /// <summary>
    /// Merged weights bring the compute of their own training along. A stated total has it already.
    /// </summary>
    private FactReading SumOfParents(FactReading whole, string profile)
    {
        var parents = Read($"parent_flop[{profile}]");
        var merging = Read($"mod_flop[{profile}]");
        if (parents.Value is not Known.Number { Range: var sum } || sum.IsUnknown)
        {
            return whole;
        }

        var added = merging.Value is Known.Number { Range: var range }
            ? range
            : NumberRange.Unknown;
        return whole with
        {
            Value = Known.Of(
                new NumberRange(
                    (sum.Low ?? UInt128.Zero) + (added.Low ?? UInt128.Zero),
                    sum.High + added.High
                )
            ),
            Read = [.. parents.Read, .. merging.Read],
            Notes =
            [
                .. parents.Notes.Union(merging.Notes, StringComparer.Ordinal),
                "No total is stated: the parents' compute and that of merging are added.",
            ],
        };
    }

    private bool CountsParents(string profile)
    {
        if (!book.Profiles.TryGetValue(profile, out var counting))
        {
            return false;
        }

        return IsMerge() ? counting.MergeByAnother : counting.DerivativeByAnother;
    }

    private bool IsMerge() =>
        facts.Read("relation", at).Value is Known.Word { Possible: ["merge"] };

    private bool IsModificationOfAnothers() =>
        facts.Read("relation", at).Value is Known.Word { IsUnknown: false } relation
        // A student model's compute is its own; the teacher's never counts.
        && !relation.Possible.Any(word => word is "none" or "distillation")
        && facts.Read("actor_is_provider_of_parent", at).Value is Known.Truth { Value: Answer.No }
        && facts.Read("on_behalf_of_parent", at).Value is not Known.Truth { Value: Answer.Yes };

    private FactReading PlacedOn(string name, string state)
    {
        var stated = facts.Read(name, at);
        if (!stated.IsUnknown)
        {
            return stated;
        }

        var market = facts.Read($"market[{state}]", at);
        return
            market.Value is Known.Word { Possible: ["placed"] }
            && market.Read[0].Source.Since is { } since
            ? market with
            {
                Fact = name,
                Value = Known.Of(since),
            }
            : stated;
    }

    private FactReading Foundation(string name)
    {
        var stated = facts.Read(name, at);
        if (!stated.IsUnknown)
        {
            return stated;
        }

        var answer = Answer.Yes;
        var read = new List<Stated>();
        foreach (var mark in (ReadOnlySpan<string>)["broad_data", "general_output", "adaptable"])
        {
            var reading = facts.Read($"model_class.{mark}", at);
            answer = answer.And(
                reading.Value is Known.Truth truth ? truth.Value : Answer.Undetermined
            );
            read.AddRange(reading.Read);
        }

        return read.Count == 0
            ? stated
            : stated with
            {
                Value = new Known.Truth(answer),
                Read = read,
            };
    }

    private FactReading KnownAt(string name)
    {
        var stated = facts.Read(name, at);
        if (!stated.IsUnknown)
        {
            return stated;
        }

        Stated? first = null;
        foreach (var figure in facts.Statements)
        {
            if (
                figure.Fact.StartsWith("flop[", StringComparison.Ordinal)
                && figure.Source.KnownAt is { } known
                && (first?.Source.KnownAt is not { } earliest || known < earliest)
            )
            {
                first = figure;
            }
        }

        return first?.Source.KnownAt is { } moment
            ? new(
                name,
                Known.Of(moment),
                [first],
                [],
                false,
                ["Read from the statement of the figure."]
            )
            : stated;
    }

    /// <summary>Any of the facts whose name fits a pattern with one star.</summary>
    private FactReading AnyOf(string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        var (head, tail) = (pattern[..star], pattern[(star + 1)..]);
        var answer = Answer.No;
        var read = new List<Stated>();
        foreach (
            var name in facts
                .Statements.Select(s => s.Fact)
                .Distinct(StringComparer.Ordinal)
                .Where(n =>
                    n.Length >= head.Length + tail.Length
                    && n.StartsWith(head, StringComparison.Ordinal)
                    && n.EndsWith(tail, StringComparison.Ordinal)
                )
        )
        {
            var reading = facts.Read(name, at);
            if (reading.Value is Known.Truth truth)
            {
                answer = answer.Or(truth.Value);
                read.AddRange(reading.Read);
            }
        }

        return read.Count == 0
            ? FactReading.Unstated(pattern)
            : new(pattern, new Known.Truth(answer), read, [], false, []);
    }
}
