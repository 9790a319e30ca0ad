using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Measures;

namespace Concord.Rooms.Registry;

/// <summary>A question that the authority put to a party; the act is sealed.</summary>
/// <param name="Id">The id of its act.</param>
/// <param name="Act">What was asked.</param>
/// <param name="At">When.</param>
/// <param name="Due">Until when an answer is due, outages counted in.</param>
/// <param name="Answers">The answers, newest first; null: none yet.</param>
public sealed record QuestionRecord(
    ActId Id,
    AskQuestion Act,
    Instant At,
    Instant Due,
    Chain<Reply>? Answers = null
)
{
    /// <summary>The answers, in the order in which they came.</summary>
    public IEnumerable<Reply> Replies => (Answers ?? Enumerable.Empty<Reply>()).Reverse();

    /// <summary>
    /// Whether no answer came in time: a fold at a tick, which nobody can withhold.
    /// </summary>
    public bool IsLate(Instant at) => Due <= (Replies.FirstOrDefault()?.At ?? at);
}
