using Concord.Stores;

namespace Concord.Authority;

/// <summary>
/// Who read what is not public, when and why; the parties whose it is see it (DESIGN §3). A reading
/// that cannot be recorded does not take place.
/// </summary>
public sealed class ReadingRecord
{
    private readonly AnswerStore _answers;

    internal ReadingRecord(AnswerStore answers) => _answers = answers;

    /// <summary>Records a reading, before what is read goes out.</summary>
    /// <param name="index">The log index of the act.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="day">The day of the last tick, under whose root it will be.</param>
    public void Add(long index, Reading reading, DateOnly day) =>
        _answers.Keep(index, reading, day);

    /// <summary>The readings of what hangs on an entry, newest first.</summary>
    public IReadOnlyList<KeptReading> Of(long index, int count) =>
        _answers.ReadingsOf(index, count);
}
