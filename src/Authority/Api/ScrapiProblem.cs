using Concord.Ledger;

namespace Concord.Authority.Api;

/// <summary>
/// A problem in the words of SCRAPI: below its addresses every error is a concise problem details
/// object (RFC 9290), wherever in the server it arose.
/// </summary>
internal static class ScrapiProblem
{
    /// <summary>The address of the registration of statements.</summary>
    public const string Entries = "/entries";

    /// <summary>The address of the receipt keys.</summary>
    public const string Keys = "/.well-known/scitt-keys";

    /// <summary>The fault of an id that cannot be one.</summary>
    public const string InvalidLocator = "invalid-locator";

    /// <summary>Whether a request is one of SCRAPI.</summary>
    public static bool IsAskedBy(HttpRequest request) =>
        request.Path.StartsWithSegments(Entries, StringComparison.Ordinal)
        || request.Path.StartsWithSegments(Keys, StringComparison.Ordinal);

    /// <summary>The problem as SCRAPI says it.</summary>
    public static ConciseProblem Of(Problem problem, HttpRequest request) =>
        new(
            TitleOf(problem, request),
            DetailOf(problem),
            IsOfTheStatement(problem.Type) ? StatusCodes.Status400BadRequest : problem.Type.Status
        )
        {
            Arrival = problem.SignedArrival,
        };

    // The draft has one status for all that is wrong with a statement, and a title for some of it.
    private static bool IsOfTheStatement(ProblemType type) =>
        type.Status == StatusCodes.Status422UnprocessableEntity
        || type == Problems.BadStatement
        || type == Problems.UnknownKey
        || type == Problems.BadAct
        || type == Problems.BadDocuments;

    private static string TitleOf(Problem problem, HttpRequest request) =>
        problem.Fault is "alg-not-allowed" or "alg-not-of-key" ? "Bad Signature Algorithm"
        : problem.Fault is "payload-missing" ? "Payload Missing"
        : problem.Fault is "untagged" or "malformed-cbor" ? "Malformed request"
        : problem.Fault is InvalidLocator ? "Invalid locator"
        : IsOfTheStatement(problem.Type) ? "Rejected"
        : problem.Type == Problems.TooManyRequests ? "Too Many Requests"
        : problem.Type != Problems.NotFound ? problem.Type.Title
        : request.Path.StartsWithSegments(Keys, StringComparison.Ordinal) ? "No such key"
        : "Not Found";

    private static string DetailOf(Problem problem)
    {
        var where = problem.Where is { } place ? $" ({place})" : "";
        var rule = problem.Rule is { } text ? $" Rule: {text} [{problem.Source}]" : "";
        var logged = problem.Logged is null ? " Whether it was logged is not known." : "";
        return $"{problem.Type.Code}: {problem.Detail}{where}.{rule}{logged} "
            + (problem.Remedy ?? problem.Type.Remedy);
    }
}
