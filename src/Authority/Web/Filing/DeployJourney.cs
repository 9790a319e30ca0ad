using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A host declares where a release runs; the act is sealed.</summary>
public sealed class DeployJourney : Journey
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.release", "release"),
        ("$.host", "party"),
        ("$.site", "site"),
        ("$.service", "service"),
        ("$.country", "country"),
        ("$.purpose", "purpose"),
        ("$.users_magnitude", "users"),
        ("$.from", "from"),
        ("$.to", "to"),
    ];

    /// <inheritdoc/>
    public override string Name => "deploy";

    /// <inheritdoc/>
    public override string Title => Say("Declare a deployment");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "A host declares where a release runs. The act is sealed: the public sees how many "
                + "there "
                + "are in a country, and no more."
        );

    /// <inheritdoc/>
    public override string Command =>
        "concord deploy RELEASE --service~ADDRESS --country~CC --purpose~TEXT --key~KEY.pem";

    /// <inheritdoc/>
    public override bool HasAttachments => true;

    /// <inheritdoc/>
    public override bool IsSealed => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields =>
        ["release", "site", "service", "country", "purpose", "users", "from", "to"];

    private static readonly string[] s_magnitudes =
    [
        Phrase("Fewer than ten"),
        Phrase("Tens"),
        Phrase("Hundreds"),
        Phrase("Thousands"),
        Phrase("Tens of thousands"),
        Phrase("Hundreds of thousands"),
        Phrase("Millions"),
        Phrase("Tens of millions"),
        Phrase("Hundreds of millions"),
        Phrase("Thousands of millions"),
        Phrase("More"),
    ];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["release"];

    /// <inheritdoc/>
    public override PartyRole? Role => PartyRole.Host;

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk)
    {
        var fields = answers.Fields;
        return new Markup()
            .Add(
                fields.Text(
                    "release",
                    Say("Release"),
                    Say("What runs, by its id, such as R-0000-07WX"),
                    answers["release"]
                )
            )
            .Add(
                fields.Text(
                    "site",
                    Say("Premises"),
                    Say("Where it runs, by the id, such as S-0000-07WX; or else the service"),
                    answers["site"]
                )
            )
            .Add(
                fields.Text(
                    "service",
                    Say("Service"),
                    Say("Its address or name, where you name no premises"),
                    answers["service"]
                )
            )
            .Add(
                fields.Text(
                    "country",
                    Say("Country of the place"),
                    Say("Two letters, such as DE or CN (ISO 3166-1)"),
                    answers["country"]
                )
            )
            .Add(fields.Text("purpose", Say("What it is for"), null, answers["purpose"]))
            .Add(
                fields.Select(
                    "users",
                    Say("Its users"),
                    Say("The order of magnitude"),
                    answers["users"],
                    [.. s_magnitudes.Select((says, i) => ($"{i}", Say(says)))]
                )
            )
            .Add(fields.Text("from", Say("From which day"), null, answers["from"], "date"))
            .Add(
                fields.Text(
                    "to",
                    Say("To which day"),
                    Say("May be left out: open"),
                    answers["to"],
                    "date"
                )
            );
    }

    /// <inheritdoc/>
    public override Draft? Compose(FormAnswers answers, Desk desk)
    {
        var release = answers.Id<ReleaseId>(
            "release",
            Say("Write the id of the release, such as R-0000-07WX")
        );
        var act = new Deploy
        {
            Salt = desk.Salt,
            Release = release,
            Host = desk.Party,
            Site =
                answers["site"].Length == 0
                    ? null
                    : answers.Id<SiteId>(
                        "site",
                        Say("Write the id of the premises, or leave it out")
                    ),
            Service = answers.Text("service"),
            Country = answers
                .Needed("country", Say("Say in which country it runs"))
                .ToUpperInvariant(),
            Purpose = answers.Needed("purpose", Say("Say what it is for")),
            UsersMagnitude = (int)(answers.Number("users") ?? 0),
            From = answers.NeededDay("from", Say("Say from which day it runs")),
            To = answers.Day("to"),
        };
        var what = new Names(desk.World, isLinked: false).Release(release).Plain();
        return answers.IsWrong
            ? null
            : new(
                act,
                Plainly($"declares that it runs {what}"),
                Plainly($"declare where {what} runs")
            );
    }

    /// <inheritdoc/>
    public override string FieldOf(string path) => Places.FieldOf(s_places, path);
}
