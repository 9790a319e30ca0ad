namespace Concord.Rooms.Rulebooks;

/// <summary>What can be checked only when the whole rulebook is read.</summary>
internal static class RulebookCheck
{
    // An explanation spells every definition out; this bounds what a page must show.
    private const int MaxNodes = 2000;
    private const int InProgress = -1;

    public static void Run(
        Rulebook book,
        IEnumerable<(string Kind, string Key, string Path)> times,
        IEnumerable<(string Kind, string Key, string Path)> conditions,
        List<RulebookFault> faults
    )
    {
        foreach (var (kind, key, path) in times.Concat(conditions))
        {
            var known = kind switch
            {
                "calendar" => book.Calendars.ContainsKey(key),
                "zone" => book.Zones.ContainsKey(key),
                "definition" => book.Definitions.ContainsKey(key),
                "profile" => book.Profiles.ContainsKey(key),
                _ => book.FindDuty(key) is not null
                    || string.Equals(key, book.Id, StringComparison.Ordinal),
            };
            if (!known)
            {
                faults.Add(new(path, $"names the {kind} '{key}', which this rulebook lacks"));
            }
        }

        if (book.ZoneKey is { } zone && !book.Zones.ContainsKey(zone))
        {
            faults.Add(new("$.zone", $"names the zone '{zone}', which this rulebook lacks"));
        }

        if (book.Headline is { } headline && !book.Definitions.ContainsKey(headline.Definition))
        {
            faults.Add(
                new("$.headline.definition", $"'{headline.Definition}' is not a definition here")
            );
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < book.Duties.Count; i++)
        {
            if (!ids.Add(book.Duties[i].Id))
            {
                faults.Add(new($"$.duties[{i}].id", "stands twice"));
            }
        }

        if (book.Duties.Count > 0 && book.Headline is null)
        {
            faults.Add(new("$.headline", "is missing: a rulebook with duties has one"));
        }

        if (book.Duties.Count == 0 && book.Readings is null)
        {
            faults.Add(new("$.duties", "must list at least one duty"));
        }

        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var definition in book.Definitions.Values)
        {
            Size(book, new Condition.Defined(definition.Id), sizes, faults);
        }

        for (var i = 0; i < book.Duties.Count; i++)
        {
            if (Size(book, book.Duties[i].Condition, sizes, faults) > MaxNodes)
            {
                faults.Add(
                    new($"$.duties[{i}].condition", $"spells out to more than {MaxNodes} nodes")
                );
            }
        }
    }

    /// <summary>How many nodes a condition has when its definitions are spelled out.</summary>
    private static int Size(
        Rulebook book,
        Condition condition,
        Dictionary<string, int> sizes,
        List<RulebookFault> faults
    )
    {
        switch (condition)
        {
            case Condition.Defined defined:
                return OfDefinition(book, defined.Id, sizes, faults);
            case Condition.All all:
                return Sum(all.Parts);
            case Condition.Any any:
                return Sum(any.Parts);
            case Condition.Not not:
                return 1 + Size(book, not.Part, sizes, faults);
            case Condition.Shown shown:
                return 1 + Size(book, shown.Part, sizes, faults);
            case Condition.UnlessShown unless:
                return 1 + Size(book, unless.Part, sizes, faults);
            case Condition.Presumed presumed:
                return 2 + Size(book, presumed.Part, sizes, faults);
            default:
                return 1;
        }

        int Sum(IReadOnlyList<Condition> parts)
        {
            var sum = 1;
            foreach (var part in parts)
            {
                sum = Math.Min(MaxNodes + 1, sum + Size(book, part, sizes, faults));
            }

            return sum;
        }
    }

    private static int OfDefinition(
        Rulebook book,
        string id,
        Dictionary<string, int> sizes,
        List<RulebookFault> faults
    )
    {
        if (!book.Definitions.TryGetValue(id, out var definition))
        {
            return 1;
        }

        if (sizes.TryGetValue(id, out var known))
        {
            if (known == InProgress)
            {
                faults.Add(new($"$.definitions.{id}", "is defined by itself"));
                sizes[id] = 1;
            }

            return Math.Max(1, known);
        }

        sizes[id] = InProgress;
        var size = 1 + Size(book, definition.Condition, sizes, faults);
        if (size > MaxNodes)
        {
            faults.Add(new($"$.definitions.{id}", $"spells out to more than {MaxNodes} nodes"));
        }

        return sizes[id] = Math.Min(size, MaxNodes + 1);
    }
}
