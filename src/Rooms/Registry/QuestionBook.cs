using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>What parties were asked on cases, and what they answered.</summary>
/// <param name="All">The questions, by the index of their acts.</param>
/// <param name="Answers">The question that an answer is to, by the index of the answer.</param>
/// <param name="ByCase">The questions on a case, newest first.</param>
/// <param name="ByParty">The questions to a party, newest first.</param>
public sealed record QuestionBook(
    Map<long, QuestionRecord> All,
    Map<long, long> Answers,
    Map<SubjectId, Chain<long>> ByCase,
    Map<PartyId, Chain<long>> ByParty
)
{
    /// <summary>Before the first question.</summary>
    public static readonly QuestionBook None = new(
        Map<long, QuestionRecord>.Empty,
        Map<long, long>.Empty,
        Map<SubjectId, Chain<long>>.Empty,
        Map<PartyId, Chain<long>>.Empty
    );

    internal QuestionBook In(Edit? edit) =>
        new(All.In(edit), Answers.In(edit), ByCase.In(edit), ByParty.In(edit));

    internal QuestionBook Ask(AskQuestion act, long index, Instant at) =>
        new(
            All.Set(index, new(new(index), act, at, act.Due)),
            Answers,
            ByCase.Set(act.Case, new(index, ByCase.Find(act.Case))),
            ByParty.Set(act.To, new(index, ByParty.Find(act.To)))
        );

    internal QuestionBook Answer(AnswerQuestion act, Reply reply)
    {
        var question = All[act.Question.Index];
        return this with
        {
            All = All.Set(
                question.Id.Index,
                question with
                {
                    Answers = new(reply, question.Answers),
                }
            ),
            Answers = Answers.Set(reply.Index, question.Id.Index),
        };
    }

    // The time runs for the party, which could not answer while nobody took its answer.
    internal QuestionBook Toll(OutageRecord outage)
    {
        var all = All;
        foreach (var question in All.Values.ToList())
        {
            var due = outage.Toll(question.At, question.Due);
            all =
                due == question.Due ? all : all.Set(question.Id.Index, question with { Due = due });
        }

        return this with
        {
            All = all,
        };
    }
}
