using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;

namespace Concord.Cli.Verbs;

/// <summary><c>concord transfer</c>: the seller's half of a sale, licence or gift.</summary>
internal static class TransferVerb
{
    private static readonly Argument<ReleaseId?> s_release = Values.IdArgument<ReleaseId>(
        "RELEASE",
        "What passes, R-…"
    );

    private static readonly Option<PartyId?> s_to = Values.Id<PartyId>("--to", "The buyer, P-…");

    private static readonly Option<TransferKind?> s_kind = Values.Word<TransferKind>(
        "--kind",
        "How it passes [default: sale]"
    );

    private static readonly Option<string[]> s_territory = Values.Set(
        "--territory",
        "CC",
        "Where the buyer may use it [default: everywhere]"
    );

    private static readonly Option<DateOnly?> s_effective = Values.Day(
        "--effective",
        "The day from which it passes [default: the day of the authority's last tick]"
    );

    public static Command Create() =>
        new Command("transfer", "Sell, license or give a release on; the buyer countersigns")
            .With(s_release, s_to, s_kind, s_territory, s_effective)
            .With(Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(TransferAsync);

    private static async Task<ExitCode> TransferAsync(Session session)
    {
        var words = session.Words;
        var buyer =
            words.GetValue(s_to)
            ?? throw new CommandFault(
                ExitCode.Usage,
                "--to is missing.",
                "Name the buyer: --to P-…"
            );
        using var client = session.Connect();
        using var seller = await Signatory.OneAsync(session, client);
        if (seller.Party == buyer)
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"--to names the seller itself: the key speaks for {buyer}.",
                "Name the buyer, and sign with the seller's key."
            );
        }

        var terms = new TransferTerms
        {
            Salt = Composition.NewSalt(),
            Kind = words.GetValue(s_kind) ?? TransferKind.Sale,
            Territory = words.GetValue(s_territory) ?? [],
            Effective = words.GetValue(s_effective) ?? await Clock.DayAsync(session, client),
        };
        var joint = await Joint.OfPartiesAsync(session, client, seller.Party, buyer);
        var composition = Composition.Of(
            terms,
            digest => new Transfer
            {
                Joint = joint,
                Release = words.GetValue(s_release)!.Value,
                SealedPart = digest,
            }
        );
        return await Filing.FileAsync(session, client, seller, composition);
    }
}
