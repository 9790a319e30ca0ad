using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;

namespace Concord.Cli.Verbs;

/// <summary><c>concord deploy</c>: declares where a release runs; the act is sealed.</summary>
internal static class DeployVerb
{
    private static readonly Argument<ReleaseId?> s_release = Values.IdArgument<ReleaseId>(
        "RELEASE",
        "What runs, R-…"
    );

    private static readonly Option<SiteId?> s_site = Values.Id<SiteId>("--site", "Where it runs");

    private static readonly Option<string?> s_service = Values.Text(
        "--service",
        "ADDRESS",
        "Or the address or name of the service"
    );

    private static readonly Option<string?> s_country = Values.Text(
        "--country",
        "CC",
        "The country of the place (ISO 3166-1 alpha-2)"
    );

    private static readonly Option<string?> s_purpose = Values.Text(
        "--purpose",
        "TEXT",
        "What it is for"
    );

    private static readonly Option<int> s_users = new("--users-magnitude")
    {
        HelpName = "N",
        Description = "The order of magnitude of its users: 3 means thousands",
    };

    private static readonly Option<DateOnly?> s_from = Values.Day(
        "--from",
        "From which day [default: the day of the authority's last tick]"
    );

    private static readonly Option<DateOnly?> s_to = Values.Day("--to", "To which day");

    public static Command Create() =>
        new Command("deploy", "Declare where a release runs (the public sees counts alone)")
            .With(s_release, s_site, s_service, s_country, s_purpose, s_users, s_from, s_to)
            .With(Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(DeployAsync);

    private static async Task<ExitCode> DeployAsync(Session session)
    {
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        var words = session.Words;
        var act = new Deploy
        {
            Salt = Composition.NewSalt(),
            Release = words.GetValue(s_release)!.Value,
            Host = signatory.Party,
            Site = words.GetValue(s_site),
            Service = words.GetValue(s_service),
            Country = session.Need(s_country),
            Purpose = session.Need(s_purpose),
            UsersMagnitude = words.GetValue(s_users),
            From = words.GetValue(s_from) ?? await Clock.DayAsync(session, client),
            To = words.GetValue(s_to),
        };
        return await Filing.FileAsync(session, client, signatory, Composition.Of(act));
    }
}
