using Concord.Acts;
using Concord.Acts.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A party answers what the authority asked it; the act is sealed.</summary>
public sealed class AnswerJourney : Journey
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.question", "question"),
        ("$.answer", "answer"),
    ];

    /// <inheritdoc/>
    public override string Name => "answer";

    /// <inheritdoc/>
    public override string Title => Say("Answer a question");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "The authority has asked you a question on a model or release. Your answer is "
                + "sealed: you "
                + "and the authorities read it, and nobody else learns that you were asked. "
                + "Whether there "
                + "is such a question is said when you have signed: until then nobody knows who "
                + "asks."
        );

    /// <inheritdoc/>
    public override string Command => "concord answer QUESTION --answer~TEXT --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override bool IsSealed => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields => ["question", "answer"];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["question"];

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk) =>
        new Markup()
            .Add(
                answers.Fields.Text(
                    "question",
                    Say("Question"),
                    Say("Its id, such as A-0000-07WX, from the question that you were sent"),
                    answers["question"]
                )
            )
            .Add(
                answers.Fields.Area(
                    "answer",
                    Say("Your answer"),
                    Say(
                        "At most 16,000 characters. Line breaks become spaces: an act has its "
                            + "texts on "
                            + "one line."
                    ),
                    answers.Whole("answer")
                )
            );

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var act = new AnswerQuestion
        {
            Salt = desk.Salt,
            Question = answers.Id<ActId>(
                "question",
                Say("Write the id of the question, such as A-0000-07WX")
            ),
            Answer = answers.Needed("answer", Say("Write your answer")),
        };
        return answers.IsWrong
            ? null
            : new(
                act,
                Plainly($"answers the question {act.Question}"),
                Plainly($"answer {act.Question}")
            )
            {
                AsksLaw = false,
            };
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) => Places.FieldOf(s_places, path);
}
