using System.Net;
using System.Text.Json;

namespace Concord.Cli;

/// <summary>Reads problem documents (RFC 9457) as an authority gives them.</summary>
internal static class ProblemReading
{
    private static readonly string[] s_details = ["rule", "source", "where", "fault"];

    /// <summary>The fault that a problem document tells of.</summary>
    public static CommandFault FaultOf(HttpStatusCode status, JsonElement problem)
    {
        var title = Text(problem, "title") ?? $"The authority answers {(int)status}";
        var detail = Text(problem, "detail");
        var details = new List<(string, string)>();
        if (detail is not null)
        {
            details.Add(("found", detail));
        }

        details.AddRange(
            from name in s_details
            let text = Text(problem, name)
            where text is not null
            select (name, text)
        );
        if (
            problem.ValueKind == JsonValueKind.Object
            && problem.TryGetProperty("facts", out var facts)
            && facts.ValueKind == JsonValueKind.Object
        )
        {
            details.AddRange(facts.EnumerateObject().Select(fact => (fact.Name, $"{fact.Value}")));
        }

        if (Text(problem, "type") is { } type)
        {
            details.Add(("problem", type));
        }

        return new(CodeOf(status), title + ".", Text(problem, "remedy"))
        {
            Details = details,
            SignedRefusal = Bytes(problem, "refusal"),
            SignedArrival = Bytes(problem, "arrival"),
        };
    }

    private static ExitCode CodeOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.UnprocessableEntity => ExitCode.Refused,
            HttpStatusCode.NotFound => ExitCode.None,
            HttpStatusCode.TooManyRequests => ExitCode.Unavailable,
            >= HttpStatusCode.InternalServerError => ExitCode.Unavailable,
            _ => ExitCode.NotSo,
        };

    private static byte[]? Bytes(JsonElement problem, string name) =>
        Text(problem, name) is not null
        && problem.GetProperty(name).TryGetBytesFromBase64(out var bytes)
            ? bytes
            : null;

    private static string? Text(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
