using System.Diagnostics.CodeAnalysis;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Authority.Api;

/// <summary>
/// Questions to parties and their answers, each for the party asked and for officers. To everybody
/// else there are none, whether there are or not.
/// </summary>
public static class CasesApi
{
    private const int QuestionsMax = 100;
    private const string Document = "case";

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet("/cases/{id}", (HttpContext context, string id) => Case(context, authority, id))
            .Describe("case", "The questions on a model or release, with their answers.");
        routes
            .MapGet("/questions", (HttpContext context) => All(context, authority))
            .Describe("questions", "The questions to a party, or to all, newest first.");
    }

    /// <summary>Questions with their answers, newest first, at most 100.</summary>
    /// <param name="Tick">The tick at which they are open or overdue.</param>
    /// <param name="Questions">The questions.</param>
    public sealed record QuestionsDocument(string Tick, IReadOnlyList<QuestionLine> Questions);

    /// <summary>A question.</summary>
    /// <param name="Id">The id of its act.</param>
    /// <param name="Case">The model or release that is asked about.</param>
    /// <param name="To">Who is asked.</param>
    /// <param name="Asked">When.</param>
    /// <param name="Due">Until when an answer is due, outages counted in.</param>
    /// <param name="State">open, overdue, answered or answered-late.</param>
    /// <param name="Question">What is asked.</param>
    /// <param name="Answers">The answers, in the order in which they came.</param>
    public sealed record QuestionLine(
        string Id,
        string Case,
        string To,
        string Asked,
        string Due,
        string State,
        string Question,
        IReadOnlyList<AnswerLine> Answers
    );

    /// <summary>An answer.</summary>
    /// <param name="Id">The id of its act.</param>
    /// <param name="At">When it was filed.</param>
    /// <param name="Late">Whether it came after it was due.</param>
    /// <param name="Answer">What is answered.</param>
    public sealed record AnswerLine(string Id, string At, bool Late, string Answer);

    private static void Describe(this RouteHandlerBuilder route, string name, string summary) =>
        route
            .WithName(name)
            .WithTags("Documents")
            .WithSummary(summary)
            .WithDescription(
                "Read by a signed request (specs/reading.md) of the party asked or of an officer, "
                    + "who says why; the reading is recorded with each question and answer."
            )
            .Produces<QuestionsDocument>()
            .ProducesProblem(401)
            .ProducesProblem(404);

    private static IResult Case(HttpContext context, RunningAuthority authority, string id)
    {
        if (!TryKnow(context, authority, out var reader, out var refused))
        {
            return refused;
        }

        var book = authority.Intake.Current.World.Registry.Questions;
        var found = SubjectId.TryParse(id, out var subject)
            ? (book.ByCase.Find(subject) ?? Enumerable.Empty<long>()).Select(one => book.All[one])
            : [];
        var mine = found
            .Where(one => reader.IsOfAuthority || reader.Speaker == new Speaker.Party(one.Act.To))
            .ToList();
        return mine.Count == 0
            ? context.Fail(DocumentsApi.NotHere)
            : Show(context, authority, reader, mine);
    }

    private static IResult All(HttpContext context, RunningAuthority authority)
    {
        if (!TryKnow(context, authority, out var reader, out var refused))
        {
            return refused;
        }

        var book = authority.Intake.Current.World.Registry.Questions;
        return reader switch
        {
            { IsOfAuthority: true } => Show(
                context,
                authority,
                reader,
                book.All.Values.OrderByDescending(one => one.Id.Index)
            ),
            { Speaker: Speaker.Party party } => Show(
                context,
                authority,
                reader,
                (book.ByParty.Find(party.Id) ?? Enumerable.Empty<long>()).Select(one =>
                    book.All[one]
                )
            ),
            _ => context.Fail(DocumentsApi.NotHere),
        };
    }

    // Whoever does not say who they are is told what is told of what does not exist.
    private static bool TryKnow(
        HttpContext context,
        RunningAuthority authority,
        [NotNullWhen(true)] out Reader? reader,
        [NotNullWhen(false)] out IResult? refused
    )
    {
        (reader, refused) = (null, null);
        if (context.Request.Headers.Authorization.Count == 0)
        {
            refused = context.Fail(DocumentsApi.NotHere);
            return false;
        }

        if (!Reader.TryKnow(context, authority, out reader, out var problem))
        {
            refused = context.Fail(problem);
            return false;
        }

        if (reader is { IsOfAuthority: true, Why: null })
        {
            refused = context.Fail(DocumentsApi.NoReason);
            return false;
        }

        return true;
    }

    private static IResult Show(
        HttpContext context,
        RunningAuthority authority,
        Reader reader,
        IEnumerable<QuestionRecord> questions
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new QuestionsDocument(
                authority.Intake.Current.World.At.ToString(),
                Read(authority, reader, questions)
            ),
            ApiJson.Options
        );
    }

    /// <summary>The questions to a party, newest first, of which the reading is recorded.
    /// </summary>
    internal static IReadOnlyList<QuestionLine> OfParty(
        RunningAuthority authority,
        Reader reader,
        PartyId party
    )
    {
        var book = authority.Intake.Current.World.Registry.Questions;
        var found = book.ByParty.Find(party) ?? Enumerable.Empty<long>();
        return Read(authority, reader, found.Select(one => book.All[one]));
    }

    private static IReadOnlyList<QuestionLine> Read(
        RunningAuthority authority,
        Reader reader,
        IEnumerable<QuestionRecord> questions
    )
    {
        var world = authority.Intake.Current.World;
        var shown = questions.Take(QuestionsMax).ToList();
        foreach (var question in shown)
        {
            Record(question.Id.Index);

            // A party reads its own answers, of which it is the filer.
            foreach (var reply in reader.IsOfAuthority ? question.Replies : [])
            {
                Record(reply.Index);
            }
        }

        return [.. shown.Select(one => Line(authority, one, world.At))];

        void Record(long index) =>
            authority.Readings.Add(
                index,
                new(Document, reader.Speaker.ToString()!, reader.Why, authority.Now.ToString()),
                world.At.Day
            );
    }

    private static QuestionLine Line(
        RunningAuthority authority,
        QuestionRecord question,
        Instant at
    ) =>
        new(
            question.Id.ToString(),
            question.Act.Case.ToString(),
            question.Act.To.ToString(),
            question.At.ToString(),
            question.Due.ToString(),
            (question.Answers is null, question.IsLate(at)) switch
            {
                (true, false) => "open",
                (true, true) => "overdue",
                (false, false) => "answered",
                (false, true) => "answered-late",
            },
            question.Act.Question,
            [
                .. question.Replies.Select(reply => new AnswerLine(
                    new ActId(reply.Index).ToString(),
                    reply.At.ToString(),
                    question.Due <= reply.At,
                    (authority.Contents.Act(reply.Index).Act as AnswerQuestion)?.Answer ?? ""
                )),
            ]
        );
}
