using Concord.Acts;
using Concord.Acts.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>A seller passes a release on; the buyer signs after it.</summary>
public sealed class TransferJourney : Journey
{
    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.release", "release"),
        ("$.joint.parties[0]", "release"),
        ("$.joint", "buyer"),
        ("$.sealed_part.kind", "kind"),
        ("$.sealed_part.territory", "territory"),
        ("$.sealed_part.effective", "effective"),
    ];

    /// <inheritdoc/>
    public override string Name => "transfer";

    /// <inheritdoc/>
    public override string Title => Say("Pass a release on");

    /// <inheritdoc/>
    public override string Lead =>
        Say(
            "Who holds a release sells, licenses or gives it on. That it passes is public, the "
                + "terms "
                + "are sealed. It takes effect when the buyer has signed too."
        );

    /// <inheritdoc/>
    public override string Command => "concord transfer RELEASE --to~P-… --kind~sale --key~KEY.pem";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Fields =>
        ["release", "buyer", "kind", "territory", "effective"];

    /// <inheritdoc/>
    public override bool IsPosted => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Ids => ["release"];

    /// <inheritdoc/>
    public override Markup Ask(FormAnswers answers, Desk desk)
    {
        var fields = answers.Fields;
        return new Markup()
            .Add(
                fields.Text(
                    "release",
                    Say("Release"),
                    Say("What passes, by its id, such as R-0000-07WX"),
                    answers["release"]
                )
            )
            .Add(
                fields.Text(
                    "buyer",
                    Say("To whom"),
                    Say("The id of the party, such as P-0000-07WX"),
                    answers["buyer"]
                )
            )
            .Add(
                fields.Select(
                    "kind",
                    Say("How it passes"),
                    Say("Sealed"),
                    answers["kind"],
                    ("sale", Say("Sale")),
                    ("licence", Say("Licence")),
                    ("gift", Say("Gift"))
                )
            )
            .Add(
                fields.Text(
                    "territory",
                    Say("Where it may be used"),
                    Say("Sealed. Countries by two letters, such as DE FR; left out: everywhere"),
                    answers["territory"]
                )
            )
            .Add(
                fields.Text(
                    "effective",
                    Say("From which day"),
                    Say("Sealed"),
                    answers["effective"],
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
        var buyer = answers.Id<PartyId>(
            "buyer",
            Say("Write the id of the party, such as P-0000-07WX")
        );
        var terms = new TransferTerms
        {
            Salt = desk.Salt,
            Kind = answers.Word<TransferKind>("kind"),
            Territory =
            [
                .. answers["territory"]
                    .ToUpperInvariant()
                    .Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            Effective = answers.NeededDay("effective", Say("Say from which day it passes")),
        };
        if (answers.IsWrong)
        {
            return null;
        }

        var names = new Names(desk.World, isLinked: false);
        var what = names.Release(release);
        var to = names.Party(buyer);
        return new(
            Act(desk, release, buyer),
            Plainly($"proposes to pass {what} on to {to}"),
            Plainly($"pass {what} on to {to}")
        )
        {
            Part = terms,
        };
    }

    // The digest of the terms is filled in when the statement is composed.
    private static Transfer Act(Desk desk, ReleaseId release, PartyId buyer) =>
        new()
        {
            Joint = new()
            {
                Kind = JointKind.Parties,
                K = 2,
                Epoch = desk.World.Network.KeySet!.Epoch,
                Parties = [desk.Party, buyer],
            },
            Release = release,
            SealedPart = default,
        };

    /// <inheritdoc/>
    public override string FieldOf(string path) => Places.FieldOf(s_places, path);
}
