namespace Concord.Stores;

/// <summary>A refusal as it was given out.</summary>
/// <param name="Number">Its place in the order in which refusals were given out, from 1.</param>
/// <param name="Party">The party, or other speaker, to whom it was given.</param>
/// <param name="StatementId">The id of the refused statement, 64 hexadecimal digits.</param>
/// <param name="Act">The wire name of the act.</param>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Tick">The tick at which the act was judged.</param>
/// <param name="Signed">The COSE_Sign1 over the refusal.</param>
public sealed record KeptRefusal(
    long Number,
    string Party,
    string StatementId,
    string Act,
    string Code,
    string Tick,
    ReadOnlyMemory<byte> Signed
)
{
    /// <summary>The day under whose root it is or will be; null: it has no leaf.</summary>
    public DateOnly? Day { get; init; }
}
