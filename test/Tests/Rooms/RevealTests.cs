using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// A party makes public what it stated in confidence, and nothing takes that back.
/// </summary>
public sealed class RevealTests
{
    private static readonly RegistrationDetails s_details = new()
    {
        Salt = "AAAAAAAAAAAAAAAAAAAAAA",
        WeightsCustody = "Two vaults.",
    };

    [Fact]
    public void What_was_sealed_is_revealed_by_who_filed_it_once_and_byte_for_byte()
    {
        var (given, tern) = Registered();
        var opening = given.Revelation(new(tern.Index), ActJson.Write(s_details));

        Assert.Equal("not-found", given.Answer("borealis", opening));
        Assert.Equal("not-permitted", given.Answer("officer-a-1", opening));
        var changed = ActJson.Write(s_details with { WeightsCustody = "Three vaults." });
        Assert.Equal(
            "not-the-opening",
            given.Answer("aurora", given.Revelation(new(tern.Index), changed))
        );
        var index = given.File("aurora", opening);

        Assert.Equal(new ActId(index), given.World.Registry.Models[tern].RevealedBy);
        Assert.Equal(
            "already-public",
            given.Answer("aurora", opening with { Reason = "Once more." })
        );
    }

    [Fact]
    public void Whoever_holds_the_log_alone_reads_it_from_the_revealing_entry_on()
    {
        var (given, tern) = Registered();
        var before = given.World;
        var outside = Outside(given);
        given.File("aurora", given.Revelation(new(tern.Index), ActJson.Write(s_details)));
        var after = Outside(given);

        Assert.Null(outside.Registry.Models[tern].Details);
        Assert.Null(before.Registry.Models[tern].DetailsFor(Audience.Public));
        Assert.Equal("Two vaults.", after.Registry.Models[tern].Details?.WeightsCustody);
        Assert.NotNull(given.World.Registry.Models[tern].DetailsFor(Audience.Public));
        Assert.Equal(Digests(given.World, Audience.Public), Digests(after, Audience.Public));
    }

    [Fact]
    public void Then_the_public_digest_of_the_registry_changes_and_the_full_one_does_not()
    {
        var (given, tern) = Registered();
        var log = given.Log.ToList();
        var opening = given.Revelation(new(tern.Index), ActJson.Write(s_details));
        given.File("aurora", opening);
        // The same log, but for the entry, which reveals another model's content that is not there.
        var elsewhere = World.Empty.FoldAll([
            .. log,
            given.Log[^1] with
            {
                Act = opening with { Target = new(0) },
            },
        ]);

        Assert.NotEqual(
            Digests(given.World, Audience.Public)[1],
            Digests(elsewhere, Audience.Public)[1]
        );
        Assert.Equal(Digests(given.World, Audience.Full)[1], Digests(elsewhere, Audience.Full)[1]);
    }

    [Fact]
    public void A_revealed_deployment_stands_in_the_public_digest()
    {
        var (given, tern) = Registered();
        var release = given.Publish("aurora", tern, "tern");
        var deploy = new Deploy
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Release = release,
            Host = given.Party("cirrus"),
            Service = "api.example",
            Country = "FR",
            Purpose = "Translation",
            UsersMagnitude = 3,
            From = given.Now.Day,
        };
        var index = given.File("cirrus", deploy);
        var opening = given.Revelation(new(index), ActJson.Write(deploy));

        Assert.Equal("not-found", given.Answer("aurora", opening));
        var log = given.Log.ToList();
        given.File("cirrus", opening);
        var elsewhere = World.Empty.FoldAll([
            .. log,
            given.Log[^1] with
            {
                Act = opening with { Target = new(0) },
            },
        ]);

        Assert.NotEqual(
            Digests(given.World, Audience.Public)[1],
            Digests(elsewhere, Audience.Public)[1]
        );
        Assert.Equal(Digests(given.World, Audience.Full)[1], Digests(elsewhere, Audience.Full)[1]);
    }

    [Fact]
    public void Then_the_public_reading_of_the_law_counts_it_and_says_since_when()
    {
        var given = Given.Parties();
        var act = given.Registration("aurora");
        var details = s_details with { TrainingCompute = act.TrainingCompute };
        var tern = new ModelId(given.File("aurora", act with { TrainingCompute = [] }, details));
        Assert.DoesNotContain(Facts(given, tern), IsCompute);

        var index = given.File("aurora", given.Revelation(new(tern.Index), ActJson.Write(details)));
        var stated = Assert.Single(Facts(given, tern), IsCompute);
        Assert.Contains($"{new ActId(index)}", stated.Source.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_two_have_sealed_is_for_neither_alone_to_show()
    {
        var (given, tern) = Registered();
        var release = given.Publish("aurora", tern, "tern");
        var terms = new TransferTerms
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            Kind = TransferKind.Sale,
            Effective = given.Now.Day,
        };
        var transfer = new Transfer
        {
            Joint = given.Joint(JointKind.Parties, 2, given.Party("aurora"), given.Party("cirrus")),
            Release = release,
            SealedPart = Digest.Of(ActJson.Write(terms)),
        };
        var index = given.FileJointly("aurora", "cirrus", transfer, terms);
        var opening = given.Revelation(new(index), ActJson.Write(terms));

        Assert.Equal("not-found", given.Answer("aurora", opening));
        Assert.Equal("not-found", given.Answer("cirrus", opening));
    }

    [Fact]
    public void A_party_shows_its_answer_and_the_authority_not_what_it_asked()
    {
        var (given, tern) = Registered();
        var ask = given.Question(SubjectId.Of(tern), "aurora");
        var question = given.File("registrar", ask);
        var reply = given.Reply(question);
        var answer = given.File("aurora", reply);

        Assert.Equal(
            "not-permitted",
            given.Answer("registrar", given.Revelation(new(question), ActJson.Write(ask)))
        );
        Assert.Equal(
            "not-found",
            given.Answer("aurora", given.Revelation(new(question), ActJson.Write(ask)))
        );
        Assert.Equal(
            "admitted",
            given.Answer("aurora", given.Revelation(new(answer), ActJson.Write(reply)))
        );
    }

    [Fact]
    public void An_attachment_is_shown_by_its_digest_unless_it_is_erased()
    {
        var given = Given.Parties();
        var letter = given.File("a letter", Visibility.Authorities);
        var other = given.File("another letter", Visibility.Authorities);
        var tern = given.Register(
            "aurora",
            given.Registration("aurora") with
            {
                Attachments = [letter, other],
            }
        );
        var reveal = new Reveal
        {
            Target = new(tern.Index),
            Attachment = letter.Digest,
            Reason = "Its writer agrees.",
        };
        given.File(
            "registrar",
            new Erase
            {
                Target = new(tern.Index),
                Attachment = other.Digest,
                Reason = "Its writer asked for it.",
            }
        );

        Assert.Equal("not-found", given.Answer("borealis", reveal));
        Assert.Equal(
            "not-found",
            given.Answer("aurora", reveal with { Attachment = Digest.Of("none"u8) })
        );
        Assert.Equal(
            "erased-before",
            given.Answer("aurora", reveal with { Attachment = other.Digest })
        );
        var index = given.File("aurora", reveal);
        Assert.Equal(new ActId(index), given.World.Network.Documents.RevealedBy(letter.Digest));
    }

    private static (Given Given, ModelId Tern) Registered()
    {
        var given = Given.Parties();
        return (given, new(given.File("aurora", given.Registration("aurora"), s_details)));
    }

    private static bool IsCompute(Stated stated) =>
        stated.Fact.StartsWith("flop[", StringComparison.Ordinal);

    private static IReadOnlyList<Stated> Facts(Given given, ModelId model) =>
        FactSheets.Of(given.World, model, Audience.Public).Statements;

    private static World Outside(Given given) =>
        World.Empty.FoldAll(given.Log.Select(entry => entry with { SealedPart = null }));

    private static List<Digest> Digests(World world, Audience audience) =>
        [.. ViewDigests.Of(world, audience).Select(view => view.Digest)];
}
