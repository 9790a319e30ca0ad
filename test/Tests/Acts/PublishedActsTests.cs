using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using Concord.Acts;
using Concord.Ledger;
using Concord.Tests.Cose;
using Xunit;

namespace Concord.Tests.Acts;

/// <summary>
/// What <c>specs/acts</c> shows is what the program does: schemas, good examples and golden bytes
/// are written by it (<c>UPDATE_GOLDEN=1</c>) and compared with what is committed.
/// </summary>
public sealed class PublishedActsTests
{
    private static readonly JsonSerializerOptions s_pretty = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Names => [.. ActDocument.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_published_schema_is_what_concord_schema_prints(string name)
    {
        var document = ActDocument.Of(name);
        var texts = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Concord.Acts.xml"));
        var schema = document.IsPart
            ? ActSchema.OfPart(document.Type, texts)!
            : ActSchema.Of(document.Type, texts);

        Golden.MatchesFile($"specs/acts/{name}.schema.json", schema);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_published_example_is_the_act_of_the_golden_bytes(string name)
    {
        var document = ActDocument.Of(name);
        using var example = JsonDocument.Parse(document.Example);
        var text = JsonSerializer.Serialize(example.RootElement, s_pretty);

        Golden.MatchesFile($"specs/acts/{name}.good.json", text + "\n");
        Assert.Null(document.FaultOf(text));
    }

    [Fact]
    public void Every_act_has_the_bytes_and_ids_that_were_agreed()
    {
        var rows = ActTable.Rows.Select(Row).ToList();

        Golden.MatchesFile(
            "specs/acts/bytes.json",
            JsonSerializer.Serialize(
                new
                {
                    issuer = CoseGiven.Issuer,
                    key = "the P-256 private scalar of 32 bytes 0x01",
                    acts = rows,
                },
                s_pretty
            ) + "\n"
        );
    }

    private static object Row(ActType type)
    {
        var act = ExampleActs.All[type.Name];
        using var signer = CoseGiven.Signer();
        var part = ExampleActs.Parts.GetValueOrDefault(type.Name);
        var (unsigned, document, sealedPart) = Drafting.Prepare(
            act,
            CoseGiven.Issuer,
            signer.PublicKey,
            part
        );
        var body = ActBytes.Write(act);
        return new
        {
            act = type.Name,
            content_type = ActBytes.ContentTypeOf(type),
            form = type.Form.ToString().ToLowerInvariant(),
            body = type.IsCbor
                ? "cbor:" + Convert.ToHexStringLower(body)
                : Encoding.UTF8.GetString(body),
            body_sha256 = Digest.Of(body).ToHex(),
            sealed_part = sealedPart is { } rest ? Encoding.UTF8.GetString(rest.Span) : null,
            sealed_part_sha256 = sealedPart is { } again ? Digest.Of(again.Span).ToHex() : null,
            payload = document is null ? "body" : "SHA-256 of body",
            subject = Subjects.Of(act),
            protected_header = Convert.ToHexStringLower(unsigned.ProtectedHeader.Span),
            statement_id = unsigned.Id.ToHex(),
        };
    }
}
