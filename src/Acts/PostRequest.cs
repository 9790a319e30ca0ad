using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Acts;

/// <summary>
/// A signed request to do something that is no act: a statement whose payload names the address,
/// the time, and what is said. It is the body of the request; <c>specs/reading.md</c>.
/// </summary>
/// <param name="Post">The path as it is posted to.</param>
/// <param name="At">When it was signed, by the sender's clock.</param>
/// <param name="Said">The members of what is said, each a text.</param>
public sealed record PostRequest(string Post, Instant At, IReadOnlyDictionary<string, string> Said)
{
    /// <summary>
    /// The content type of the payload: no act has it, so none can be taken for one.
    /// </summary>
    public const string ContentType = "application/concord-post+json";

    /// <summary>The claim sub.</summary>
    public const string Subject = "post";

    /// <summary>The most bytes of a request.</summary>
    public const int BytesMax = 8 << 10;

    /// <summary>Signs the request.</summary>
    /// <param name="issuer">The issuer, <c>{origin}#{speaker}</c>.</param>
    /// <param name="signer">The sender's key.</param>
    /// <returns>The body of the request, <c>application/cose</c>.</returns>
    public ReadOnlyMemory<byte> Sign(string issuer, StatementSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        using var payload = new MemoryStream();
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("post", Post);
            json.WriteString("at", At.ToString());
            json.WriteStartObject("said");
            foreach (var (name, value) in Said)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return signer.Sign(new(issuer, Subject, ContentType), payload.ToArray(), envelope: false);
    }

    /// <summary>Reads the statement out of a body, unverified.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out Statement? statement,
        [NotNullWhen(true)] out PostRequest? request
    )
    {
        (statement, request) = (null, null);
        if (
            !Statement.TryParse(body, out var parsed, out _)
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

    private static PostRequest? PayloadOf(Statement statement)
    {
        try
        {
            using var json = JsonDocument.Parse(
                statement.Payload,
                new() { MaxDepth = 3, AllowDuplicateProperties = false }
            );
            var root = json.RootElement;
            var isKnown = root.EnumerateObject()
                .All(member => member.Name is "post" or "at" or "said");
            var said = root.GetProperty("said")
                .EnumerateObject()
                .ToDictionary(
                    member => member.Name,
                    member => member.Value.GetString()!,
                    StringComparer.Ordinal
                );
            return
                isKnown
                && root.GetProperty("post").GetString() is { } post
                && Instant.TryParse(root.GetProperty("at").GetString(), out var at)
                && said.Values.All(value => value is not null)
                ? new(post, at, said)
                : null;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
