using System.Buffers;
using System.Text.Json;
using Concord.Ledger;

namespace Concord.Authority.Api;

/// <summary>One occurrence of a problem.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Detail">What was found in this case.</param>
public sealed record Problem(ProblemType Type, string Detail)
{
    /// <summary>The media type (RFC 9457).</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The JSON path, header, part or parameter that it is about.</summary>
    public string? Where { get; init; }

    /// <summary>The rule, in a sentence.</summary>
    public string? Rule { get; init; }

    /// <summary>Where the rule is written.</summary>
    public string? Source { get; init; }

    /// <summary>What to do in this case; the type's remedy where it is absent.</summary>
    public string? Remedy { get; init; }

    /// <summary>The code of the fault within its kind, for programs.</summary>
    public string? Fault { get; init; }

    /// <summary>The facts that decided, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; } = [];

    /// <summary>The models that may be meant, where a name does not name one.</summary>
    public IReadOnlyList<RegistryDocuments.ModelLine> Candidates { get; init; } = [];

    /// <summary>The signed refusal, a COSE_Sign1.</summary>
    public ReadOnlyMemory<byte>? SignedRefusal { get; init; }

    /// <summary>The signed slip that the filing came in, a COSE_Sign1.</summary>
    public ReadOnlyMemory<byte>? SignedArrival { get; init; }

    /// <summary>After how long it makes sense to ask again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether anything was logged; null: not known.</summary>
    public bool? Logged { get; init; } = false;

    /// <summary>The document.</summary>
    /// <param name="instance">The id of the request.</param>
    public ReadOnlyMemory<byte> ToJson(string instance)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", Type.Path);
            json.WriteString("title", Type.Title);
            json.WriteNumber("status", Type.Status);
            json.WriteString("detail", Detail);
            json.WriteString("instance", instance);
            WriteOptional(json, "where", Where);
            WriteOptional(json, "rule", Rule);
            WriteOptional(json, "source", Source);
            json.WriteString("remedy", Remedy ?? Type.Remedy);
            WriteOptional(json, "fault", Fault);
            if (Logged is { } logged)
            {
                json.WriteBoolean("logged", logged);
            }
            else
            {
                json.WriteNull("logged");
            }

            if (Facts.Count > 0)
            {
                json.WriteStartObject("facts");
                foreach (var (name, value) in Facts)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            if (Candidates.Count > 0)
            {
                json.WritePropertyName("candidates");
                JsonSerializer.Serialize(json, Candidates, ApiJson.Options);
            }

            if (SignedRefusal is { } refusal)
            {
                json.WriteBase64String("refusal", refusal.Span);
            }

            if (SignedArrival is { } arrival)
            {
                json.WriteBase64String("arrival", arrival.Span);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Answers with it.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var (allow, challenge) = (
            context.Response.Headers.Allow,
            context.Response.Headers.WWWAuthenticate
        );
        context.Response.Clear();
        context.Response.Headers.Allow = allow;
        context.Response.Headers.WWWAuthenticate = challenge;
        context.Response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } after)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds))
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var concise = ScrapiProblem.IsAskedBy(context.Request)
            ? ScrapiProblem.Of(this, context.Request)
            : null;
        var body = concise?.ToCbor() ?? ToJson(context.TraceIdentifier);
        context.Response.StatusCode = concise?.Status ?? Type.Status;
        context.Response.ContentType = concise is null ? MediaType : ConciseProblem.MediaType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
