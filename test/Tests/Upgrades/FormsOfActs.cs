using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Tests.Rooms;

namespace Concord.Tests.Upgrades;

/// <summary>
/// A log in which an act of every type is in force, and those forms of acts besides that decoders
/// and folds treat in a way of their own.
/// </summary>
internal static class FormsOfActs
{
    /// <summary>The log.</summary>
    public static Given Filed()
    {
        var given = ActsOfEveryType.Filed();
        Join(given);
        var delegated = Delegate(given);
        Reveal(given, delegated);
        Contest(given);
        return given;
    }

    // A key that adds itself, and another's invitation that is withdrawn.
    private static void Join(Given given)
    {
        var invitation = given.File("aurora", given.Invitation("aurora", "door"));
        given.FileAs("joined", given.Joining(invitation, "door", "joined"), IssuerOf(given));
        given.File("aurora", given.Invitation("aurora", "window"));
        given.File("aurora", Revocation(given, "window"));
    }

    // A party in whose name another files, until it ends that; with a file that is not public.
    private static (ModelId Model, Attachment Letter) Delegate(Given given)
    {
        var letter = given.File("a letter to the authority", Visibility.Authorities);
        var delegation = new DelegateAct
        {
            Party = given.Party("aurora"),
            To = given.Party("borealis"),
            Acts = ["registry/register-model", "registry/withdraw"],
            Until = given.Now + TimeSpan.FromDays(30),
        };
        given.File("aurora", delegation);
        var registration = given.Registration("aurora", "Tern by a delegate") with
        {
            Attachments = [letter],
        };
        var model = given.FileAs("borealis", registration, IssuerOf(given));
        given.File("aurora", delegation with { Acts = [] });
        return (new(model), letter);
    }

    // A file and a sealed act that are public from here on.
    private static void Reveal(Given given, (ModelId Model, Attachment Letter) delegated)
    {
        var reveal = new Reveal
        {
            Target = new(delegated.Model.Index),
            Attachment = delegated.Letter.Digest,
            Reason = "Its writer agrees.",
        };
        given.File("aurora", reveal);
        var deployment = (Deploy)given.Log.Last(one => one.Act is Deploy).Act with
        {
            Release = given.Publish("aurora", given.Register("aurora", "Tern 9"), "tern-9"),
            Purpose = "Research",
        };
        var index = given.File("cirrus", deployment);
        given.File("cirrus", given.Revelation(new(index), ActJson.Write(deployment)));
    }

    // A key that was in other hands, and one that ends by itself.
    private static void Contest(Given given)
    {
        var since = given.Now;
        given.AddKey("borealis", "borealis/stolen", KeyRole.Filer, since + TimeSpan.FromHours(1));
        given.Tick(TimeSpan.FromMinutes(1));
        given.File("borealis/stolen", given.Registration("borealis", "Gull of a thief"));
        given.File(
            "borealis",
            Revocation(given, "borealis/stolen") with
            {
                CompromisedSince = since,
            }
        );
        given.AddKey(
            "borealis",
            "borealis/short",
            KeyRole.Filer,
            given.Now + TimeSpan.FromHours(1)
        );
        given.Tick(TimeSpan.FromHours(2));
    }

    private static RevokeKey Revocation(Given given, string key) =>
        new() { Key = given.Key(key).Id, Reason = "It is not to be used." };

    private static string IssuerOf(Given given) => $"{Given.Origin}#{given.Party("aurora")}";
}
