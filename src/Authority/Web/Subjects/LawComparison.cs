using Concord.Authority.Web.Languages;
using Concord.Authority.Web.Tables;
using Concord.Rooms.Network;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Subjects;

/// <summary>
/// Two rulebooks point by point. What has the same id in both is laid side by side, in the order of
/// the first; what one has alone follows.
/// </summary>
public sealed class LawComparison
{
    private readonly AdoptedRulebook _a;
    private readonly AdoptedRulebook _b;

    /// <summary>Compares them.</summary>
    public LawComparison(AdoptedRulebook a, AdoptedRulebook b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (_a, _b) = (a, b);
        Frame = new(Speech.Say("The law as a whole"), Rows(Whole(a), Whole(b)));
        Duties = Parts(
            a.Book.Duties.Select(duty => (duty.Id, duty.Title, Of(a.Book, duty))),
            b.Book.Duties.Select(duty => (duty.Id, duty.Title, Of(b.Book, duty)))
        );
        Definitions = Parts(Terms(a.Book), Terms(b.Book));
        Profiles = Parts(Counted(a.Book), Counted(b.Book));
    }

    /// <summary>Title, days, question, thresholds.</summary>
    public ComparedPart Frame { get; }

    /// <summary>The duties.</summary>
    public IReadOnlyList<ComparedPart> Duties { get; }

    /// <summary>The definitions.</summary>
    public IReadOnlyList<ComparedPart> Definitions { get; }

    /// <summary>What counts as training compute.</summary>
    public IReadOnlyList<ComparedPart> Profiles { get; }

    /// <summary>All points.</summary>
    public IEnumerable<ComparedRow> All =>
        Duties.Concat(Definitions).Concat(Profiles).Prepend(Frame).SelectMany(part => part.Rows);

    /// <summary>How a point compares, in a word.</summary>
    public string Say(ComparedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.IsSame ? Speech.Say("Same")
            : row.A is null ? Speech.Plainly($"Only {Name(_b)}")
            : row.B is null ? Speech.Plainly($"Only {Name(_a)}")
            : Speech.Say("Differs");
    }

    /// <summary>How one of the two is called beside the other.</summary>
    public string Name(AdoptedRulebook adopted)
    {
        ArgumentNullException.ThrowIfNull(adopted);
        return string.Equals(_a.Book.Id, _b.Book.Id, StringComparison.Ordinal)
            ? Speech.Plainly($"edition {adopted.Book.Edition}")
            : adopted.Book.Short;
    }

    private static IEnumerable<Fact> Whole(AdoptedRulebook adopted)
    {
        var book = adopted.Book;
        yield return new(Speech.Say("Title"), Markup.Words(book.Title));
        yield return new(Speech.Say("Whose law"), Markup.Words(book.Jurisdiction));
        yield return new(Speech.Say("Edition"), Markup.Words(book.Edition));
        yield return new(Speech.Say("In force"), Markup.Words(DutyFacts.Since(book.InForce)));
        yield return new(
            Speech.Say("Applied here from"),
            Markup.Words(Times.Long(adopted.AppliesFrom))
        );
        yield return new(Speech.Say("Law followed to"), Markup.Words(Times.Long(book.AsOf)));
        foreach (var one in book.SuspendedBy)
        {
            yield return new(
                Speech.Say("Suspended"),
                Markup.Words($"{one.What} ({DutyFacts.Since(one.During)})")
            );
        }

        if (book.Headline is { } headline)
        {
            yield return new(Speech.Say("Its question to a model"), Prose.Of(headline.Question));
            yield return new(
                Speech.Say("It assumes"),
                Markup.Words(headline.AssumeWords ?? "nothing")
            );
        }

        if (Thresholds.Of(book) is { Count: > 0 } thresholds)
        {
            yield return new(
                Speech.Say("Thresholds of its question, FLOP"),
                Prose.List([.. thresholds.Select(one => new Markup().Figure(one.At))])
            );
        }
    }

    private static List<Fact> Of(Rulebook book, Duty duty) =>
        [
            new(Speech.Say("What is to be done"), Prose.Of(duty.Title)),
            new(Speech.Say("Written in"), Markup.Words(book.Cite(duty.Cite))),
            new(
                Speech.Say("In force"),
                Markup.Words(DutyFacts.Since(duty.InForce ?? book.InForce))
            ),
            .. new DutyFacts(book, $"/laws/{book.Id}").Of(duty),
        ];

    private static IEnumerable<(string, string, List<Fact>)> Terms(Rulebook book) =>
        book.Definitions.Values.Select(term =>
            (
                term.Id,
                term.Title,
                new List<Fact>
                {
                    new(Speech.Say("Term"), Prose.Of(term.Title)),
                    new(Speech.Say("Written in"), Markup.Words(book.Cite(term.Cite))),
                    new(
                        Speech.Say("It is one when"),
                        new DutyFacts(book, $"/laws/{book.Id}").Tree(term.Condition)
                    ),
                }
            )
        );

    private static IEnumerable<(string, string, List<Fact>)> Counted(Rulebook book) =>
        book.Profiles.Values.Select(profile =>
            (
                profile.Id,
                profile.Title,
                (List<Fact>)
                    [
                        new(Speech.Say("Written in"), Markup.Words(book.Cite(profile.Cite))),
                        .. CountingProfile
                            .KnownItems.Where(profile.Items.ContainsKey)
                            .Select(item => new Fact(
                                Prose.Capital(Prose.Plain(item)),
                                Markup.Words(LawWords.Say(profile.Items[item]))
                            )),
                        new(
                            Speech.Say("How it is computed"),
                            profile.Method is { } how ? Prose.Of(how) : null
                        ),
                        new(
                            Speech.Say("How exact"),
                            profile.Tolerance is { } far ? Prose.Of(far) : null
                        ),
                    ]
            )
        );

    private static List<ComparedPart> Parts(
        IEnumerable<(string Id, string Title, List<Fact> Facts)> a,
        IEnumerable<(string Id, string Title, List<Fact> Facts)> b
    )
    {
        var first = a.ToList();
        var second = b.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var parts = new List<ComparedPart>();
        foreach (var (id, title, facts) in first)
        {
            parts.Add(new(title, Rows(facts, second.Remove(id, out var other) ? other.Facts : [])));
        }

        return
        [
            .. parts,
            .. second.Values.Select(one => new ComparedPart(one.Title, Rows([], one.Facts))),
        ];
    }

    // What a law says several times under one name is one point.
    private static List<ComparedRow> Rows(IEnumerable<Fact> a, IEnumerable<Fact> b)
    {
        var (first, second) = (Cells(a), Cells(b));
        return
        [
            .. first
                .Keys.Concat(second.Keys.Where(name => !first.ContainsKey(name)))
                .Select(name => new ComparedRow(
                    name,
                    first.GetValueOrDefault(name),
                    second.GetValueOrDefault(name)
                )),
        ];
    }

    private static OrderedDictionary<string, Markup> Cells(IEnumerable<Fact> facts)
    {
        var cells = new OrderedDictionary<string, Markup>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            if (fact.Value is null)
            {
                continue;
            }

            var cell = new Markup().Open("div").Add(fact.Value);
            if (fact.Range is { IsEmpty: false } range)
            {
                cell.Open("span", ("class", "c-interval")).Add(range).Close();
            }

            cell.Close();
            cells[fact.Name] = cells.TryGetValue(fact.Name, out var before)
                ? new Markup().Add(before).Add(cell)
                : cell;
        }

        return cells;
    }
}
