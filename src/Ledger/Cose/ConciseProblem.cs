namespace Concord.Ledger;

/// <summary>A concise problem details object (RFC 9290), the errors of SCRAPI.</summary>
/// <param name="Title">What is wrong, the same words for every occurrence.</param>
/// <param name="Detail">What was found in this case, and what to do.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ConciseProblem(string Title, string Detail, int Status)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/concise-problem-details+cbor";

    /// <summary>{-1: title, -2: detail, -4: response code} in deterministic CBOR.</summary>
    public byte[] ToCbor() =>
        new CborOutput()
            .Map(3)
            .Integer(-1)
            .Text(Title)
            .Integer(-2)
            .Text(Detail)
            .Integer(-4)
            .Integer(Status)
            .ToArray();
}
