using Concord.Authority.Api;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>What the serial loop says to an act.</summary>
internal abstract record Ruling
{
    private Ruling() { }

    /// <summary>It is in the log.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="Root">The root at which its receipt is; null: of an earlier commit.</param>
    /// <param name="IsDuplicate">Whether another filing put it there.</param>
    /// <param name="Subject">The index by which what it made goes: of the proposal, if
    /// joint.</param>
    internal sealed record InLog(long Index, AnsweredAt? Root, bool IsDuplicate, long Subject)
        : Ruling;

    /// <summary>The law refuses it, at a world.</summary>
    internal sealed record Refused(Refusal Refusal, World World) : Ruling;

    /// <summary>It was not taken.</summary>
    internal sealed record NotTaken(Problem Problem) : Ruling;
}
