using Concord.Acts;
using Concord.Ledger;
using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>
/// Before a person signs, the law can be asked; what it says admits nothing to the log.
/// </summary>
public sealed class ForeseenTests
{
    [Fact]
    public void The_law_says_before_the_signature_what_it_says_after()
    {
        var given = Given.Parties();
        var act = given.Registration("aurora", "Tern 1");
        Assert.Null(Law.Foresee(given.World, Foresee(given, act)));

        given.File("aurora", act);
        var twin = given.Registration("aurora", "TERN-1");
        Assert.Equal(given.Refusal("aurora", twin), Law.Foresee(given.World, Foresee(given, twin)));
    }

    [Fact]
    public void What_is_foreseen_is_the_statement_that_is_signed_then()
    {
        var given = Given.Parties();
        var act = given.Registration("aurora", "Tern 1");

        var foreseen = Foresee(given, act);
        var signed = given.Sign("aurora", act);

        Assert.Equal(signed.Statement.Id, foreseen.Statement.Id);
        Assert.True(foreseen.IsForeseen);
        Assert.False(signed.IsForeseen);
        Assert.False(foreseen.Statement.Verify(foreseen.Key, out _));
    }

    [Fact]
    public void What_nobody_signed_is_admitted_to_nothing()
    {
        var given = Given.Parties();
        var foreseen = Foresee(given, given.Registration("aurora", "Tern 1"));

        Assert.Throws<InvariantException>(() => Law.Judge(given.World, foreseen));
    }

    [Fact]
    public void A_passkey_s_statement_is_foreseen_too()
    {
        var given = Given.Parties();
        var point = given.Signer("aurora").PublicKey;
        var passkey = PublicKey.Webauthn(
            point.X.Span,
            point.Y.Span,
            "concord.example",
            ["https://concord.example"]
        );
        var signed = given.Sign("aurora", given.Registration("aurora", "Tern 1"));

        Assert.True(
            Opening.TryForesee(
                signed.Act,
                null,
                signed.Statement.Issuer,
                passkey,
                out var one,
                out _
            )
        );
        Assert.Equal(Statement.WebauthnAlgorithm, one.Statement.Algorithm);
        Assert.False(one.Statement.Verify(passkey, out _));
    }

    private static Signed Foresee(Given given, Act act)
    {
        var signed = given.Sign("aurora", act);
        Assert.True(
            Opening.TryForesee(
                act,
                null,
                signed.Statement.Issuer,
                signed.Key,
                out var foreseen,
                out var fault
            ),
            fault?.ToString()
        );
        return foreseen;
    }
}
