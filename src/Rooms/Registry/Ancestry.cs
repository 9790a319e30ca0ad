using Concord.Acts;
using Concord.Measures;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// What the law must know of a model's originals. Successive modifications by one maker add up; a
/// light derivative passes its root on, so that whoever modifies it is measured against the root
/// (the default rulebook's reading <c>chain</c>). Parents are judged before what was made from them
/// and each once, whichever model is asked for: a chain or a lattice costs no more than its models.
/// </summary>
internal sealed class Ancestry(World world)
{
    private const int StepsMax = 1_000;
    private readonly Readings? _readings = FactSheets.ReadingsOf(world);
    private readonly Dictionary<ModelId, Made?> _made = [];
    private readonly Dictionary<ModelId, ParentJudgement> _judged = [];
    private readonly HashSet<ModelId> _circled = [];
    private readonly Dictionary<ModelId, Line> _lines = [];

    /// <summary>Compute as the authority reads it.</summary>
    public Computes Computes() => new(world, _readings);

    /// <summary>The facts that follow from what a model was made from.</summary>
    public IReadOnlyList<Stated> Of(Model model)
    {
        if (MadeOf(model) is not { Parents.Count: > 0 } made)
        {
            return [];
        }

        foreach (var circle in ParentsFirst.Of(model, ParentsOf, _judged.ContainsKey))
        {
            // Within a circle of reports a model is judged by its own facts.
            var isCircle = circle.Count > 1 || ParentsOf(circle[0]).Any(p => p.Id == circle[0].Id);
            foreach (var one in circle.Where(one => isCircle || one.Id != model.Id))
            {
                _judged.TryAdd(one.Id, Judgement(one, isCircle ? [] : Facts(one)));
                _ = isCircle && _circled.Add(one.Id);
            }
        }

        return Facts(model, made);
    }

    private IReadOnlyList<Stated> Facts(Model model) =>
        MadeOf(model) is { Parents.Count: > 0 } made ? Facts(model, made) : [];

    private List<Stated> Facts(Model model, Made made)
    {
        var line = LineOf(model, made);
        var computes = Computes();
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

        var ranges = line.Originals.Select(one => computes.Of(one).Range).ToList();
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

        facts.AddRange(ParentClasses.Rows.Select((_, row) => Class(row, made)).OfType<Stated>());
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

    private Line LineOf(Model model, Made made)
    {
        if (_lines.TryGetValue(model.Id, out var known))
        {
            return known;
        }

        return _lines[model.Id] =
            MakersOwnParent(model, made) is { } parent
            && !_circled.Contains(parent.Id)
            && _lines.TryGetValue(parent.Id, out var before)
                ? before with
                {
                    Modification = before.Modification + made.Compute.Range,
                    Steps = before.Steps + 1,
                }
                : Follow(model, made);
    }

    // The one parent, where it is a modification by the same party: its line goes on.
    private Model? MakersOwnParent(Model model, Made made) =>
        made.Parents is [var parent]
        && model.Developer is { } developer
        && parent.Developer == developer
        && MadeOf(parent) is { IsModification: true }
            ? parent
            : null;

    private Line Follow(Model model, Made made)
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
                seen.Count <= StepsMax && MadeOf(parent) is { } up && up.IsModification ? up : null;
            var isOwn = from is not null && Made.SameMaker(world, model, parent);
            if (from is null || !isOwn && !IsLight(parent))
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

    private bool IsLight(Model parent) => _judged[parent.Id].IsLight;

    private Stated? Class(int row, Made made)
    {
        var (rulebook, _, fact) = ParentClasses.Rows[row];
        var answer = Answer.No;
        foreach (var parent in made.Parents)
        {
            var judged = _judged[parent.Id];
            if (judged.Own[row] is not { } own)
            {
                return null;
            }

            answer = answer.Or(own).Or(judged.PassedOn[row]);
        }

        return new(
            fact,
            new Known.Truth(answer),
            made.Source with
            {
                Words =
                    "the parent's facts, judged by "
                    + world.Network.RulebookOn(rulebook, world.At.Day)!.Book.Short,
            }
        );
    }

    private ParentJudgement Judgement(Model parent, IReadOnlyList<Stated> made)
    {
        var sheet = FactSheet.Of(
            FactSheets.Own(world, parent, Audience.Public, Computes()).Concat(made)
        );
        var isModification = MadeOf(parent) is { IsModification: true };
        return new(
            // Not shown to stand on its own under a rulebook that knows such modifications.
            ParentClasses.Standalone.All(row =>
                Judge(row.Rulebook, row.Definition, sheet) is not Answer.Yes
            ),
            [.. ParentClasses.Rows.Select(row => Judge(row.Rulebook, row.Definition, sheet))],
            // What a parent is not by itself, it may pass on from its own original.
            [
                .. ParentClasses.Rows.Select(row =>
                    isModification && sheet.Read(row.Fact, world.At).Value is Known.Truth passed
                        ? passed.Value
                        : Answer.No
                ),
            ]
        );
    }

    private Answer? Judge(string rulebook, string definition, FactSheet sheet) =>
        world.Network.RulebookOn(rulebook, world.At.Day)?.Book is { } book
        && book.Definitions.ContainsKey(definition)
            ? Evaluation.Definition(book, definition, sheet, world.At)
            : null;

    private IReadOnlyList<Model> ParentsOf(Model model) => MadeOf(model)?.Parents ?? [];

    private Made? MadeOf(Model model)
    {
        if (!_made.TryGetValue(model.Id, out var made))
        {
            _made[model.Id] = made = Made.Of(world, model, _readings);
        }

        return made;
    }

    /// <summary>What the law says of a parent, as what was made from it needs it.</summary>
    /// <param name="IsLight">Whether it passes its root on.</param>
    /// <param name="Own">Its classes by itself, a row each; null: the rulebook is not
    /// adopted.</param>
    /// <param name="PassedOn">Its classes from its own original.</param>
    private sealed record ParentJudgement(
        bool IsLight,
        IReadOnlyList<Answer?> Own,
        IReadOnlyList<Answer> PassedOn
    );
}
