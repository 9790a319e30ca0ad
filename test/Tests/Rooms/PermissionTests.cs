using Concord.Acts;
using Concord.Acts.Network;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>Who may sign what: the whole table, and an oracle written by hand from ACTS.</summary>
public sealed class PermissionTests
{
    private static readonly string[] s_signers =
    [
        "stranger",
        "root-1",
        "officer-a-1",
        "clerk",
        "auditor",
        "reader",
        "registrar",
        "tick",
        "refusal",
        "standing",
        "aurora",
        "aurora/filer",
        "aurora/reader",
        "aurora/expired",
        "aurora/revoked",
        "borealis",
        "cirrus",
        "delta",
    ];

    [Fact]
    public void The_table_of_acts_and_signers_is_as_it_was_agreed()
    {
        var (given, acts) = ActsOfEveryType.Prepared();
        var lines = acts.SelectMany(act =>
            s_signers.Select(signer =>
                $"{act.Key, -28} {signer, -16} "
                + $"{given.Answer(signer, act.Value.Act, act.Value.Sealed)}"
            )
        );

        Golden.Matches("Rooms/permissions.golden.txt", string.Join('\n', lines) + "\n");
    }

    [Fact]
    public void Every_act_type_stands_in_the_table()
    {
        var (_, acts) = ActsOfEveryType.Prepared();

        Assert.Equal(
            ActTable.Rows.Select(row => row.Name[..^2]).Order(),
            acts.Keys.Append("network/genesis").Order()
        );
    }

    [Theory]
    [InlineData("network/key-set", "root-1", "admitted")]
    [InlineData("network/key-set", "officer-a-1", "not-permitted")]
    [InlineData("network/key-set", "registrar", "not-permitted")]
    [InlineData("network/tick", "tick", "admitted")]
    [InlineData("network/tick", "registrar", "not-permitted")]
    [InlineData("network/tick", "officer-a-1", "not-permitted")]
    [InlineData("network/resume-clock", "officer-a-1", "admitted")]
    [InlineData("network/resume-clock", "tick", "not-permitted")]
    [InlineData("network/resume-clock", "root-1", "not-permitted")]
    [InlineData("network/recover-keys", "officer-a-1", "admitted")]
    [InlineData("network/recover-keys", "borealis", "not-permitted")]
    [InlineData("network/recover-keys", "registrar", "not-permitted")]
    [InlineData("network/appeal", "aurora", "admitted")]
    [InlineData("network/appeal", "aurora/filer", "admitted")]
    [InlineData("network/appeal", "borealis", "not-your-party")]
    [InlineData("network/appeal", "officer-a-1", "not-permitted")]
    [InlineData("network/appeal", "registrar", "not-permitted")]
    [InlineData("network/decide-appeal", "officer-a-1", "admitted")]
    [InlineData("network/decide-appeal", "officer-c-2", "admitted")]
    [InlineData("network/decide-appeal", "officer-b-1", "involved")]
    [InlineData("network/decide-appeal", "officer-b-2", "involved")]
    [InlineData("network/decide-appeal", "aurora", "not-permitted")]
    [InlineData("network/decide-appeal", "registrar", "not-permitted")]
    [InlineData("network/decide-appeal", "root-1", "not-permitted")]
    [InlineData("network/reveal", "aurora", "admitted")]
    [InlineData("network/reveal", "aurora/filer", "key-role-missing")]
    [InlineData("network/reveal", "aurora/reader", "key-role-missing")]
    [InlineData("network/reveal", "borealis", "not-found")]
    [InlineData("network/reveal", "officer-a-1", "not-permitted")]
    [InlineData("network/reveal", "registrar", "not-permitted")]
    [InlineData("registry/ask", "registrar", "admitted")]
    [InlineData("registry/ask", "officer-a-1", "admitted")]
    [InlineData("registry/ask", "clerk", "admitted")]
    [InlineData("registry/ask", "auditor", "not-permitted")]
    [InlineData("registry/ask", "reader", "not-permitted")]
    [InlineData("network/admit-party", "clerk", "admitted")]
    [InlineData("network/admit-party", "auditor", "not-permitted")]
    [InlineData("network/appoint", "officer-a-1", "admitted")]
    [InlineData("network/appoint", "officer-b-1", "not-permitted")]
    [InlineData("network/appoint", "clerk", "not-permitted")]
    [InlineData("network/appoint", "registrar", "not-permitted")]
    [InlineData("network/appoint", "root-1", "not-permitted")]
    [InlineData("network/void", "clerk", "not-permitted")]
    [InlineData("registry/suspend", "auditor", "not-permitted")]
    [InlineData("registry/ask", "root-1", "not-permitted")]
    [InlineData("registry/ask", "aurora", "not-permitted")]
    [InlineData("registry/ask", "tick", "not-permitted")]
    [InlineData("registry/answer", "aurora", "admitted")]
    [InlineData("registry/answer", "aurora/filer", "admitted")]
    [InlineData("registry/answer", "borealis", "not-found")]
    [InlineData("registry/answer", "registrar", "not-permitted")]
    [InlineData("registry/answer", "officer-a-1", "not-permitted")]
    [InlineData("network/outage", "officer-a-1", "admitted")]
    [InlineData("network/outage", "tick", "not-permitted")]
    [InlineData("network/outage", "aurora", "not-permitted")]
    [InlineData("network/admit-party", "registrar", "admitted")]
    [InlineData("network/admit-party", "officer-a-1", "not-permitted")]
    [InlineData("network/admit-party", "aurora", "not-permitted")]
    [InlineData("network/admit-party", "stranger", "unknown-key")]
    [InlineData("network/add-key", "aurora", "admitted")]
    [InlineData("network/add-key", "aurora/filer", "key-role-missing")]
    [InlineData("network/add-key", "borealis", "not-your-party")]
    [InlineData("network/add-key", "registrar", "not-permitted")]
    [InlineData("network/invite", "aurora", "admitted")]
    [InlineData("network/invite", "aurora/filer", "key-role-missing")]
    [InlineData("network/invite", "aurora/reader", "key-role-missing")]
    [InlineData("network/invite", "aurora/revoked", "key-revoked")]
    [InlineData("network/invite", "borealis", "not-your-party")]
    [InlineData("network/invite", "officer-a-1", "not-permitted")]
    [InlineData("network/invite", "registrar", "not-permitted")]
    [InlineData("network/invite", "root-1", "not-permitted")]
    [InlineData("network/invite", "stranger", "unknown-key")]
    [InlineData("network/delegate", "aurora", "admitted")]
    [InlineData("network/delegate", "aurora/filer", "key-role-missing")]
    [InlineData("network/delegate", "borealis", "not-your-party")]
    [InlineData("network/delegate", "officer-a-1", "not-permitted")]
    [InlineData("network/delegate", "registrar", "not-permitted")]
    [InlineData("network/delegate", "root-1", "not-permitted")]
    [InlineData("network/revoke-key", "aurora", "admitted")]
    [InlineData("network/revoke-key", "borealis", "not-permitted")]
    [InlineData("network/grant-role", "aurora", "admitted")]
    [InlineData("network/grant-role", "aurora/reader", "key-role-missing")]
    [InlineData("network/site", "cirrus", "admitted")]
    [InlineData("network/site", "aurora", "not-your-party")]
    [InlineData("network/adopt-rulebook", "officer-a-1", "admitted")]
    [InlineData("network/adopt-rulebook", "registrar", "not-permitted")]
    [InlineData("network/void", "officer-a-1", "admitted")]
    [InlineData("network/void", "registrar", "not-permitted")]
    [InlineData("network/void", "root-1", "not-permitted")]
    [InlineData("network/void", "aurora", "not-permitted")]
    [InlineData("network/confirm", "aurora", "admitted")]
    [InlineData("network/confirm", "aurora/filer", "key-role-missing")]
    [InlineData("network/confirm", "borealis", "not-found")]
    [InlineData("network/confirm", "officer-a-1", "not-found")]
    [InlineData("network/confirm", "registrar", "not-found")]
    [InlineData("network/confirm", "root-1", "not-permitted")]
    [InlineData("network/confirm", "tick", "not-permitted")]
    [InlineData("network/erase", "registrar", "admitted")]
    [InlineData("network/erase", "aurora", "not-permitted")]
    [InlineData("network/erase", "officer-a-1", "not-permitted")]
    [InlineData("network/erase", "root-1", "not-permitted")]
    [InlineData("network/read-root", "registrar", "admitted")]
    [InlineData("network/read-root", "tick", "not-permitted")]
    [InlineData("network/read-root", "officer-a-1", "not-permitted")]
    [InlineData("network/refusal-root", "registrar", "admitted")]
    [InlineData("network/refusal-root", "refusal", "not-permitted")]
    [InlineData("network/refusal-root", "aurora", "not-permitted")]
    [InlineData("registry/register-model", "aurora", "admitted")]
    [InlineData("registry/register-model", "aurora/filer", "admitted")]
    [InlineData("registry/register-model", "aurora/reader", "key-role-missing")]
    [InlineData("registry/register-model", "aurora/expired", "key-expired")]
    [InlineData("registry/register-model", "aurora/revoked", "key-revoked")]
    [InlineData("registry/register-model", "borealis", "not-your-party")]
    [InlineData("registry/register-model", "registrar", "not-permitted")]
    [InlineData("registry/report-model", "registrar", "admitted")]
    [InlineData("registry/report-model", "delta", "admitted")]
    [InlineData("registry/report-model", "aurora", "not-permitted")]
    [InlineData("registry/amend", "aurora", "admitted")]
    [InlineData("registry/amend", "borealis", "not-permitted")]
    [InlineData("registry/amend", "registrar", "not-permitted")]
    [InlineData("registry/withdraw", "aurora", "admitted")]
    [InlineData("registry/withdraw", "delta", "not-permitted")]
    [InlineData("registry/release", "aurora", "admitted")]
    [InlineData("registry/release", "borealis", "not-your-party")]
    [InlineData("registry/derive", "borealis", "admitted")]
    [InlineData("registry/derive", "aurora", "not-your-party")]
    [InlineData("registry/deploy", "cirrus", "admitted")]
    [InlineData("registry/deploy", "aurora", "not-your-party")]
    [InlineData("registry/transfer", "aurora", "admitted")]
    [InlineData("registry/transfer", "cirrus", "not-your-turn")]
    [InlineData("registry/certify", "officer-a-1", "admitted")]
    [InlineData("registry/certify", "registrar", "not-permitted")]
    [InlineData("registry/suspend", "officer-a-1", "admitted")]
    [InlineData("registry/suspend", "aurora", "not-permitted")]
    [InlineData("registry/restore", "officer-a-1", "admitted")]
    [InlineData("registry/expire", "officer-a-1", "admitted")]
    [InlineData("registry/expire", "delta", "not-permitted")]
    [InlineData("registry/correct", "aurora", "admitted")]
    [InlineData("registry/correct", "registrar", "not-permitted")]
    [InlineData("registry/restore", "registrar", "not-permitted")]
    [InlineData("registry/certify", "aurora", "not-permitted")]
    [InlineData("registry/deploy", "registrar", "not-permitted")]
    [InlineData("registry/report-model", "officer-a-1", "not-permitted")]
    [InlineData("network/grant-role", "borealis", "not-your-party")]
    [InlineData("network/tick", "root-1", "not-permitted")]
    [InlineData("lineage/fingerprint", "aurora", "admitted")]
    [InlineData("lineage/fingerprint", "aurora/filer", "admitted")]
    [InlineData("lineage/fingerprint", "borealis", "not-your-party")]
    [InlineData("lineage/fingerprint", "registrar", "not-permitted")]
    [InlineData("lineage/evidence", "delta", "admitted")]
    [InlineData("lineage/evidence", "aurora", "not-your-party")]
    [InlineData("lineage/evidence", "officer-a-1", "not-permitted")]
    [InlineData("lineage/found-copy", "cirrus", "admitted")]
    [InlineData("lineage/found-copy", "aurora/reader", "key-role-missing")]
    [InlineData("lineage/found-copy", "stranger", "unknown-key")]
    [InlineData("lineage/dispute", "aurora", "admitted")]
    [InlineData("lineage/dispute", "cirrus", "not-your-party")]
    [InlineData("lineage/dispute", "registrar", "not-permitted")]
    [InlineData("network/key-set", "aurora", "not-permitted")]
    [InlineData("network/adopt-rulebook", "root-1", "not-permitted")]
    public void An_act_is_signed_by_whom_its_row_names(string act, string signer, string expected)
    {
        var (given, acts) = ActsOfEveryType.Prepared();

        Assert.Equal(expected, given.Answer(signer, acts[act].Act, acts[act].Sealed));
    }

    [Theory]
    [InlineData("officer-a-2", "admitted")]
    [InlineData("root-1", "admitted")]
    [InlineData("officer-b-1", "not-permitted")]
    [InlineData("registrar", "not-permitted")]
    [InlineData("aurora", "not-permitted")]
    public void An_officers_key_is_revoked_by_its_institution_or_a_root(
        string signer,
        string expected
    )
    {
        var given = Given.Parties();
        var revocation = new RevokeKey { Key = given.Key("officer-a-1").Id, Reason = "Lost." };

        Assert.Equal(expected, given.Answer(signer, revocation));
    }

    [Theory]
    [InlineData(3, "root-1", "admitted")]
    [InlineData(3, "officer-a-1", "admitted")]
    [InlineData(3, "registrar", "not-permitted")]
    [InlineData(2, "root-1", "admitted")]
    [InlineData(2, "officer-a-1", "not-permitted")]
    public void Officers_sign_a_key_set_only_where_it_becomes_harder_to_stop(
        int stop,
        string signer,
        string expected
    )
    {
        var given = Given.Parties();
        var body = given.KeySet(2);
        var act = new KeySet
        {
            Joint = given.Joint(JointKind.Roots, stop == 3 ? 4 : 2),
            Previous = given.World.Network.KeySetDigest,
            Body = body with { Thresholds = body.Thresholds with { KStop = stop } },
        };

        Assert.Equal(expected, given.Answer(signer, act));
    }
}
