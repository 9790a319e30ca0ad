using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class ErasureTests
{
    [Fact]
    public void An_attachment_is_erased_once_by_the_authority()
    {
        var given = Given.Parties();
        var letter = given.File("a letter");
        var act = Lettered(given, "Tern 1", letter);
        var erase = Erasure(act, letter.Digest);

        Assert.Equal("not-permitted", given.Answer("aurora", erase));
        var index = given.File("registrar", erase);

        Assert.Equal(new(index), given.World.Network.Documents.ErasedBy(letter.Digest));
        Assert.Equal(
            "already-erased",
            given.Answer("registrar", erase with { Reason = "Once more." })
        );
    }

    [Fact]
    public void Only_what_hangs_on_the_act_is_erased()
    {
        var given = Given.Parties();
        var letter = given.File("a letter");
        var act = Lettered(given, "Tern 1", letter);
        var other = given.Register("aurora", "Tern 2");

        Assert.Equal(
            "not-found",
            given.Answer("registrar", Erasure(new(other.Index), letter.Digest))
        );
        Assert.Equal("not-found", given.Answer("registrar", Erasure(act, Digest.Of("another"u8))));
        Assert.Equal(
            "not-found",
            given.Answer("registrar", Erasure(new(given.World.Size), letter.Digest))
        );
    }

    [Fact]
    public void What_is_erased_is_erased_on_every_act_and_does_not_come_back()
    {
        var given = Given.Parties();
        var letter = given.File("a letter");
        var first = Lettered(given, "Tern 1", letter);
        var second = Lettered(given, "Tern 2", letter);
        given.File("registrar", Erasure(first, letter.Digest));

        Assert.Equal("already-erased", given.Answer("registrar", Erasure(second, letter.Digest)));
        Assert.Equal(
            "erased-before",
            given.Answer(
                "aurora",
                given.Registration("aurora", "Tern 3") with
                {
                    Attachments = [letter],
                }
            )
        );
    }

    [Fact]
    public void Nobody_has_a_sealed_part_erased_by_attaching_it_elsewhere()
    {
        var given = Given.Parties();
        var details = new RegistrationDetails
        {
            Salt = "AAAAAAAAAAAAAAAAAAAAAA",
            WeightsCustody = "Two vaults.",
        };
        var bytes = ActJson.Write(details);
        given.File(
            "aurora",
            given.Registration("aurora") with
            {
                SealedPart = Digest.Of(bytes),
            },
            details
        );
        var copy = given.File(bytes);
        var act = Lettered(given, "Tern 2", copy);

        Assert.Equal("not-erasable", given.Answer("registrar", Erasure(act, copy.Digest)));
    }

    [Fact]
    public void An_erasure_changes_the_public_digest_of_the_network_and_of_nothing_else()
    {
        var given = Given.Parties();
        var letter = given.File("a letter");
        var act = Lettered(given, "Tern 1", letter);
        var log = given.Log.ToList();
        given.File("registrar", Erasure(act, letter.Digest));
        var other = given.Log[^1] with { Act = Erasure(act, Digest.Of("another"u8)) };
        var elsewhere = World.Empty.FoldAll([.. log, other]);

        var erased = ViewDigests.Of(given.World, Audience.Public);
        var changed = ViewDigests.Of(elsewhere, Audience.Public);

        Assert.NotEqual(erased[0], changed[0]);
        Assert.Equal(erased.Skip(1), changed.Skip(1));
    }

    private static ActId Lettered(Given given, string name, Attachment letter) =>
        new(
            given
                .Register(
                    "aurora",
                    given.Registration("aurora", name) with
                    {
                        Attachments = [letter],
                    }
                )
                .Index
        );

    private static Erase Erasure(ActId target, Digest attachment) =>
        new()
        {
            Target = target,
            Attachment = attachment,
            Reason = "Its writer asked for it.",
        };
}
