using System.Globalization;

namespace Concord.Ledger;

/// <summary>What a witness answers to <c>add-checkpoint</c> (C2SP tlog-witness).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">
/// The signature line with its line feed (200), the size cosigned last (409), or nothing.
/// </param>
/// <param name="Next">What is stored before a 200 is sent; null with every other status.</param>
/// <param name="Reason">Why it was not cosigned, for the log of the witness; never sent.</param>
public sealed record WitnessAnswer(
    int Status,
    string Body,
    CosignedHead? Next = null,
    string? Reason = null
)
{
    /// <summary>The media type of the size in a 409.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>
    /// Whether the request is evidence that a log, or somebody in its name, misbehaves.
    /// </summary>
    public bool IsEvidence => Status is 403 or 422;

    internal static WitnessAnswer Malformed(string reason) => new(400, "", Reason: reason);

    internal static WitnessAnswer UnknownOrigin(string origin) =>
        new(404, "", Reason: $"The origin {origin} is not witnessed here.");

    internal static WitnessAnswer NotSigned(string reason) => new(403, "", Reason: reason);

    internal static WitnessAnswer Elsewhere(long size) =>
        new(
            409,
            size.ToString(CultureInfo.InvariantCulture) + "\n",
            Reason: $"The size cosigned last is {size}."
        );

    internal static WitnessAnswer Inconsistent(string reason) => new(422, "", Reason: reason);
}
