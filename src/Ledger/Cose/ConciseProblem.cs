namespace Concord.Ledger;

/// <summary>A concise problem details object (RFC 9290), the errors of SCRAPI.</summary>
/// <param name="Title">What is wrong, the same words for every occurrence.</param>
/// <param name="Detail">What was found in this case, and what to do.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record ConciseProblem(string Title, string Detail, int Status)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/concise-problem-details+cbor";

    /// <summary>
    /// The custom entry (RFC 9290 §3.2) in which an arrival stands: a name of ours, for ever.
    /// </summary>
    public const string ArrivalEntry = "urn:uuid:ea4978a5-a77b-4290-a10b-44f41cf1541d";

    /// <summary>The signed slip that a filing came in, a COSE_Sign1; null: there is none.</summary>
    public ReadOnlyMemory<byte>? Arrival { get; init; }

    /// <summary>
    /// {-1: title, -2: detail, -4: response code} in deterministic CBOR, and where there is a slip
    /// of arrival <c>{"arrival": slip}</c> under <see cref="ArrivalEntry"/>.
    /// </summary>
    public byte[] ToCbor()
    {
        var cbor = new CborOutput()
            .Map(Arrival is null ? 3 : 4)
            .Integer(-1)
            .Text(Title)
            .Integer(-2)
            .Text(Detail)
            .Integer(-4)
            .Integer(Status);
        return Arrival is { } slip
            ? cbor.Text(ArrivalEntry).Map(1).Text("arrival").Bytes(slip.Span).ToArray()
            : cbor.ToArray();
    }
}
