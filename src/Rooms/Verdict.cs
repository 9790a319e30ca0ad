using Concord.Acts;

namespace Concord.Rooms;

/// <summary>What the law says to an act: admitted, known already, or refused.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>The act may enter the log.</summary>
    /// <param name="Act">The act, as only the law can make it.</param>
    public sealed record Admitted(AdmittedAct Act) : Verdict;

    /// <summary>The same issuer said the same before: the first receipt stands.</summary>
    /// <param name="Index">The log index of the first.</param>
    public sealed record Duplicate(long Index) : Verdict;

    /// <summary>The act may not enter the log.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Verdict;
}

/// <summary>An act that the law has admitted. Only <see cref="Law"/> makes one.</summary>
public sealed record AdmittedAct
{
    internal AdmittedAct(Signed signed) =>
        Signed = signed.IsForeseen
            ? throw new InvariantException("what nobody signed is admitted to nothing")
            : signed;

    /// <summary>The act and who said it.</summary>
    public Signed Signed { get; }

    /// <summary>The act as it will stand in the log.</summary>
    /// <param name="index">Its log index.</param>
    public Logged At(long index) => Entry(Signed, index);

    internal static Logged Entry(Signed signed, long index) =>
        new(
            index,
            signed.Statement.Id,
            signed.Key.Id,
            signed.Statement.Issuer,
            signed.Type,
            signed.Act,
            signed.ActDigest,
            signed.SealedPart
        );
}
