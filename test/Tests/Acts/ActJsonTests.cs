using System.Text;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Acts;

public sealed class ActJsonTests
{
    public static TheoryData<string> Names => [.. ActTable.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_act_that_is_written_is_read_back_the_same(string name)
    {
        var act = ExampleActs.All[name];
        var bytes = ActBytes.Write(act);
        var contentType = ActBytes.ContentTypeOf(ActTable.Of(act));

        Assert.True(
            ActBytes.TryParse(contentType, bytes, out var type, out var read, out var fault),
            fault?.ToString()
        );
        Assert.Equal(name, type.Name);
        Assert.Equal(bytes, ActBytes.Write(read));
        Assert.Equal(bytes, ActBytes.Write(ActBytes.Rebuild(contentType, bytes).Act));
    }

    [Theory]
    [InlineData("network/site/1")]
    [InlineData("registry/register-model/1")]
    [InlineData("registry/transfer/1")]
    public void A_sealed_part_that_is_written_is_read_back_the_same(string name)
    {
        var bytes = ActJson.Write(ExampleActs.Parts[name]);
        var type = ActTable.Of(ExampleActs.All[name]);

        Assert.True(ActJson.TryParsePart(type, bytes, out var part, out _));
        Assert.Equal(bytes, ActJson.Write(part));
    }

    [Fact]
    public void A_list_that_is_left_out_is_empty()
    {
        var bytes = ActJson.Write(ExampleActs.All["registry/report-model/1"]);

        Assert.True(ActJson.TryParse(bytes, out var act, out _));
        var report = Assert.IsType<ReportModel>(act);
        Assert.Empty(report.Attachments);
        Assert.Empty(report.Facts);
    }

    [Fact]
    public void The_member_act_may_stand_anywhere()
    {
        var act = """{"time":"2026-03-01T12:00:00Z","act":"network/tick/1"}""";

        Assert.True(ActJson.TryParse(Encoding.UTF8.GetBytes(act), out _, out _));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_filing_is_opened_and_read_back_from_the_log(string name)
    {
        var act = ExampleActs.All[name];
        using var signer = CoseGiven.Signer();
        var part = ExampleActs.Parts.GetValueOrDefault(name);
        IReadOnlyList<ReadOnlyMemory<byte>> attachments = [];
        if (act.Attachments.Count > 0)
        {
            var file = "0123456789abcdef and the file"u8.ToArray();
            attachments = [file];
            act = act with { Attachments = [act.Attachments[0] with { Digest = Digest.Of(file) }] };
        }

        var received = Drafting.Compose(act, CoseGiven.Issuer, signer, part, attachments);

        Assert.True(
            Opening.TryOpen(received, _ => signer.PublicKey, out var signed, out var fault),
            fault?.ToString()
        );
        var logged = ActReader.Read(
            5,
            received.Statement,
            digest =>
                signed
                    .Contents.Where(c => c.Digest == digest)
                    .Select(c => (ReadOnlyMemory<byte>?)c.Bytes)
                    .FirstOrDefault()
        );
        Assert.Equal(name, logged.Type.Name);
        Assert.Equal(signed.ActDigest, logged.ActDigest);
        Assert.Equal(signed.Statement.Id, logged.StatementId);
        Assert.Equal(ActBytes.Write(act), ActBytes.Write(logged.Act));
        Assert.Equal(part is null, logged.SealedPart is null);
    }
}
