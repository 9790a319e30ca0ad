using Concord.Acts;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// What the law must know of a model's originals. Successive modifications by one maker add up; a
/// light derivative passes its root on, so that whoever modifies it is measured against the root
/// (the default rulebook's reading <c>chain</c>). Each model is judged once, and a line is followed
/// so far and no further: a lattice of merges costs no more than its models.
/// </summary>
internal sealed class Ancestry(World world)
{
    private const int DepthMax = 64;
    private const int StepsMax = 1_000;
    private readonly Readings? _readings = FactSheets.ReadingsOf(world);
    private readonly Dictionary<ModelId, FactSheet> _sheets = [];
    private Computes? _computes;

    /// <summary>Compute as the authority reads it.</summary>
    public Computes Computes => _computes ??= new(world, _readings);

    /// <summary>The facts that follow from what a model was made from.</summary>
    public IReadOnlyList<Stated> Of(Model model) => Of(model, 0);

    private IReadOnlyList<Stated> Of(Model model, int depth)
    {
        if (
            depth >= DepthMax
            || Made.Of(world, model, _readings) is not { Parents.Count: > 0 } made
        )
        {
            return [];
        }

        var line = Follow(model, made, depth);
        var facts = new List<Stated>
        {
            new("relation", made.Relation, made.Source),
            new(
                "actor_is_provider_of_parent",
                Known.Of(line.Originals.All(one => Made.SameMaker(world, model, one))),
                made.Declared is null
                    ? made.Source with
                    {
                        Note = "Read by comparing the developers that the sources name.",
                    }
                    : made.Source
            ),
        };
        if (!line.Modification.IsUnknown)
        {
            facts.Add(
                new(
                    $"mod_flop[{FactSheet.AnyProfile}]",
                    Known.Of(line.Modification),
                    made.Source with
                    {
                        Note = Note(made, line),
                    }
                )
            );
        }

        if (made.Declared?.SafeguardsRemoved is { } removed)
        {
            facts.Add(new("safeguards_removed", Known.Of(removed), made.Source));
        }

        if (made.Declared?.CapabilityRaised is { } raised)
        {
            facts.Add(new("capability_raised", Known.Of(raised), made.Source));
        }

        var ranges = line.Originals.Select(one => Computes.Of(one).Range).ToList();
        if (ranges.Count > 0 && ranges.TrueForAll(range => !range.IsUnknown))
        {
            facts.Add(
                new(
                    $"parent_flop[{FactSheet.AnyProfile}]",
                    Known.Of(ranges.Aggregate((left, right) => left + right)),
                    made.Source with
                    {
                        Note = line.IsPassedOn
                            ? "Measured against the root: a light derivative passes it on."
                            : null,
                    }
                )
            );
        }

        facts.AddRange(ParentClasses.Rows.Select(row => Class(row, made, depth)).OfType<Stated>());
        return facts;
    }

    private static string? Note(Made made, Line line)
    {
        string?[] notes =
        [
            made.Compute.Words.Length > 0 ? made.Compute.Words : null,
            line.Steps > 1 ? $"{line.Steps} modifications by one maker, added up." : null,
        ];
        var note = string.Join(" ", notes.OfType<string>());
        return note.Length > 0 ? note : null;
    }

    /// <summary>What a modification is measured against, and its compute.</summary>
    /// <param name="Originals">What it is measured against.</param>
    /// <param name="Modification">The maker's compute in it.</param>
    /// <param name="Steps">How many modifications of its maker were added up.</param>
    /// <param name="IsPassedOn">Whether a light derivative passed its root on.</param>
    private sealed record Line(
        IReadOnlyList<Model> Originals,
        FlopRange Modification,
        int Steps,
        bool IsPassedOn
    );

    private Line Follow(Model model, Made made, int depth)
    {
        var originals = new List<Model>();
        var modification = made.Compute.Range;
        var steps = 1;
        var passed = false;
        var seen = new HashSet<ModelId> { model.Id };
        var pending = new Queue<Model>(made.Parents);
        while (pending.TryDequeue(out var parent))
        {
            if (!seen.Add(parent.Id))
            {
                continue;
            }

            var from =
                seen.Count <= StepsMax
                && Made.Of(world, parent, _readings) is { } up
                && up.IsModification
                    ? up
                    : null;
            var isOwn = from is not null && Made.SameMaker(world, model, parent);
            if (from is null || !isOwn && !IsLight(parent, depth))
            {
                originals.Add(parent);
                continue;
            }

            if (isOwn)
            {
                modification += from.Compute.Range;
                steps++;
            }

            passed |= !isOwn;
            foreach (var root in from.Parents)
            {
                pending.Enqueue(root);
            }
        }

        return new(originals, modification, steps, passed);
    }

    // Not shown to stand on its own under a rulebook that knows such modifications.
    private bool IsLight(Model parent, int depth) =>
        ParentClasses.Standalone.All(row =>
            Judge(row.Rulebook, row.Definition, SheetOf(parent, depth + 1)) is not Answer.Yes
        );

    private Stated? Class(
        (string Rulebook, string Definition, string Fact) row,
        Made made,
        int depth
    )
    {
        var answer = Answer.No;
        foreach (var parent in made.Parents)
        {
            var sheet = SheetOf(parent, depth + 1);
            if (Judge(row.Rulebook, row.Definition, sheet) is not { } own)
            {
                return null;
            }

            // What a parent is not by itself, it may pass on from its own original.
            answer = answer
                .Or(own)
                .Or(
                    Made.Of(world, parent, _readings) is { IsModification: true }
                    && sheet.Read(row.Fact, world.At).Value is Known.Truth passed
                        ? passed.Value
                        : Answer.No
                );
        }

        return new(
            row.Fact,
            new Known.Truth(answer),
            made.Source with
            {
                Words =
                    "the parent's facts, judged by "
                    + world.Network.RulebookOn(row.Rulebook, world.At.Day)!.Book.Short,
            }
        );
    }

    private Answer? Judge(string rulebook, string definition, FactSheet sheet) =>
        world.Network.RulebookOn(rulebook, world.At.Day)?.Book is { } book
        && book.Definitions.ContainsKey(definition)
            ? Evaluation.Definition(book, definition, sheet, world.At)
            : null;

    // Within a circle of reports a model is judged by its own facts.
    private FactSheet SheetOf(Model model, int depth)
    {
        if (_sheets.TryGetValue(model.Id, out var known))
        {
            return known;
        }

        var own = FactSheet.Of(FactSheets.Own(world, model, Audience.Public, Computes));
        _sheets[model.Id] = own;
        return _sheets[model.Id] = FactSheet.Of(own.Statements.Concat(Of(model, depth)));
    }
}
