using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts;

/// <summary>
/// A signed request to read what is not public: a statement whose payload names the address, the
/// time and the reason. It travels in the header <c>Authorization</c>; <c>specs/reading.md</c>.
/// </summary>
/// <param name="Read">Path and query as asked for.</param>
/// <param name="At">When it was signed, by the reader's clock.</param>
/// <param name="Why">Why it is read; it is recorded with the reading.</param>
public sealed record ReadRequest(string Read, Instant At, string? Why)
{
    /// <summary>
    /// The content type of the payload: no act has it, so none can be taken for one.
    /// </summary>
    public const string ContentType = "application/concord-read+json";

    /// <summary>The claim sub.</summary>
    public const string Subject = "read";

    /// <summary>The scheme of the header <c>Authorization</c> (RFC 9110 §11.4).</summary>
    public const string Scheme = "Concord";

    /// <summary>The longest reason in characters.</summary>
    public const int WhyMax = 300;

    /// <summary>Signs the request.</summary>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="signer">The reader's key.</param>
    /// <returns>The value of the header <c>Authorization</c>.</returns>
    public string Sign(string issuer, StatementSigner signer)
    {
        var payload = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["read"] = Read,
            ["at"] = At.ToString(),
        };
        if (Why is not null)
        {
            payload["why"] = Why;
        }

        var statement = signer.Sign(
            new(issuer, Subject, ContentType),
            JsonSerializer.SerializeToUtf8Bytes(payload),
            envelope: false
        );
        return $"{Scheme} {Base64Url.EncodeToString(statement)}";
    }

    /// <summary>Reads the statement out of the header <c>Authorization</c>, unverified.</summary>
    public static bool TryParse(
        string? header,
        [NotNullWhen(true)] out Statement? statement,
        [NotNullWhen(true)] out ReadRequest? request
    )
    {
        (statement, request) = (null, null);
        if (
            header is null
            || !header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase)
            || !Base64Url.IsValid(header.AsSpan(Scheme.Length + 1), out _)
            || !Statement.TryParse(
                Base64Url.DecodeFromChars(header.AsSpan(Scheme.Length + 1)),
                out var parsed,
                out _
            )
            || parsed.IsEnvelope
            || parsed.ContentType is not ContentType
            || parsed.Subject is not Subject
        )
        {
            return false;
        }

        statement = parsed;
        request = PayloadOf(parsed);
        return request is not null;
    }

    private static ReadRequest? PayloadOf(Statement statement)
    {
        try
        {
            using var json = JsonDocument.Parse(
                statement.Payload,
                new() { MaxDepth = 2, AllowDuplicateProperties = false }
            );
            string? Text(string name) =>
                json.RootElement.TryGetProperty(name, out var member) ? member.GetString() : null;
            var isKnown = json
                .RootElement.EnumerateObject()
                .All(member => member.Name is "read" or "at" or "why");
            return
                isKnown
                && Text("read") is { } read
                && Instant.TryParse(Text("at"), out var at)
                && Text("why") is var why
                && why is null or { Length: > 0 and <= WhyMax }
                ? new(read, at, why)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
