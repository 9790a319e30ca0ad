using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Api;

/// <summary>Attachments that are sent for a party before their act, in parts.</summary>
public sealed class UploadTests
{
    private static readonly (Attachment Entry, ReadOnlyMemory<byte> Bytes) s_file = Given.File(
        "report.pdf",
        Visibility.Authorities
    );

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_sent_in_parts_is_filed_with_the_act_that_names_it()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var place = await BeginAsync(server, party);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(server, place, 0, 10));
        Assert.Equal(10, await OffsetAsync(server, place));
        Assert.Equal(place, await BeginAsync(server, party, HttpStatusCode.OK));

        using (var early = await FileAsync(server, party, key))
        {
            var problem = SandboxServer.Json(await early.Content.ReadAsStringAsync(Cancel));
            Assert.Equal("/problems/bad-documents", problem.GetProperty("type").GetString());
        }

        Assert.Equal(
            HttpStatusCode.Conflict,
            await SendAsync(server, place, 9, s_file.Bytes.Length)
        );
        await SendAsync(server, place, 10, s_file.Bytes.Length);
        using var filed = await FileAsync(server, party, key);
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        Assert.Equal(
            s_file.Bytes.ToArray(),
            server.Authority.Contents.Content(s_file.Entry.Digest)!.Value.ToArray()
        );

        // Whoever did not get the answer files again and gets the first receipt.
        using var again = await FileAsync(server, party, key);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task What_was_sent_for_a_party_hangs_on_no_act_of_another()
    {
        await using var server = await SandboxServer.StartAsync();
        var (tern, ternKey) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var (gull, gullKey) = await server.AdmitAsync("Gull Works", PartyRole.Developer);
        var place = await BeginAsync(server, tern);
        await SendAsync(server, place, 0, s_file.Bytes.Length);

        using (var stolen = await FileAsync(server, gull, gullKey))
        {
            Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);
        }

        // Nor does it help to say that it is the other who files.
        using (var forged = await FileAsync(server, tern, gullKey))
        {
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        }

        using var filed = await FileAsync(server, tern, ternKey);
        Assert.Equal(HttpStatusCode.Created, filed.StatusCode);
        using var late = await FileAsync(server, gull, gullKey);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Fact]
    public async Task What_is_no_upload_is_told_why()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, _) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        foreach (
            var (path, digest, length, status) in ((string, string, string, HttpStatusCode)[])
                [
                    (
                        $"/parties/{party}/uploads",
                        "sha-256=:AAAA:",
                        "20",
                        HttpStatusCode.BadRequest
                    ),
                    ($"/parties/{party}/uploads", "md5=:AAAA:", "20", HttpStatusCode.BadRequest),
                    ($"/parties/{party}/uploads", Repr, "-1", HttpStatusCode.BadRequest),
                    ($"/parties/{party}/uploads", Repr, "16", HttpStatusCode.RequestEntityTooLarge),
                    (
                        $"/parties/{party}/uploads",
                        Repr,
                        "8388609",
                        HttpStatusCode.RequestEntityTooLarge
                    ),
                    ("/parties/P-0000-0000/uploads", Repr, "20", HttpStatusCode.NotFound),
                ]
        )
        {
            using var begin = Beginning(path, digest, length);
            using var answer = await server.Client.SendAsync(begin, Cancel);
            Assert.Equal(status, answer.StatusCode);
        }

        var place = await BeginAsync(server, party);
        using var other = Beginning($"/parties/{party}/uploads", Repr, "999");
        using var conflict = await server.Client.SendAsync(other, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        using (var deleted = await server.Client.DeleteAsync(place, Cancel))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, await SendAsync(server, place, 0, 5));
        using var misspelt = await server.Client.PostAsync(
            "/acts?upload=true",
            new ByteArrayContent([]),
            Cancel
        );
        Assert.Equal(HttpStatusCode.BadRequest, misspelt.StatusCode);
    }

    [Fact]
    public async Task One_address_sends_so_much_in_a_while()
    {
        await using var server = await SandboxServer.StartAsync();
        var (party, _) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var sent = 0;
        while (true)
        {
            var digest = $"sha-256=:{Convert.ToBase64String(Digest.Of([(byte)sent]).ToArray())}:";
            using var begin = Beginning($"/parties/{party}/uploads", digest, $"{8 << 20}");
            using var answer = await server.Client.SendAsync(begin, Cancel);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                break;
            }

            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            sent++;
        }

        Assert.Equal(UploadDesk.Burst * UploadDesk.UnitBytes / (8 << 20), sent);
    }

    [Fact]
    public async Task What_nobody_files_goes_after_seven_days()
    {
        var path = SandboxServer.NewFolder();
        var server = await SandboxServer.StartAsync(path);
        var (party, _) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        var place = await BeginAsync(server, party);
        foreach (var (days, isThere) in ((int, bool)[])[(6, true), (8, false)])
        {
            await server.StopAsync();
            var later = new ShiftedTime(TimeSpan.FromDays(days));
            server = await SandboxServer.StartAsync(path, new() { Time = later });
            Assert.Equal(isThere, await OffsetAsync(server, place) is not null);
        }

        await server.DisposeAsync();
    }

    private static string Repr =>
        $"sha-256=:{Convert.ToBase64String(s_file.Entry.Digest.ToArray())}:";

    private static HttpRequestMessage Beginning(string path, string digest, string length)
    {
        var begin = new HttpRequestMessage(HttpMethod.Post, path);
        begin.Headers.TryAddWithoutValidation("Repr-Digest", digest);
        begin.Headers.TryAddWithoutValidation("Upload-Length", length);
        return begin;
    }

    private static async Task<string> BeginAsync(
        SandboxServer server,
        PartyId party,
        HttpStatusCode status = HttpStatusCode.Created
    )
    {
        using var begin = Beginning(
            $"/parties/{party}/uploads",
            Repr,
            s_file.Bytes.Length.ToString(CultureInfo.InvariantCulture)
        );
        using var answer = await server.Client.SendAsync(begin, Cancel);
        Assert.Equal(status, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<HttpStatusCode> SendAsync(
        SandboxServer server,
        string place,
        int from,
        int to
    )
    {
        using var send = new HttpRequestMessage(HttpMethod.Patch, place);
        send.Headers.TryAddWithoutValidation("Upload-Offset", $"{from}");
        send.Content = new ReadOnlyMemoryContent(s_file.Bytes[from..to]);
        send.Content.Headers.ContentType = new MediaTypeHeaderValue(
            "application/offset+octet-stream"
        );
        using var answer = await server.Client.SendAsync(send, Cancel);
        return answer.StatusCode;
    }

    private static async Task<long?> OffsetAsync(SandboxServer server, string place)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Head, place);
        using var answer = await server.Client.SendAsync(ask, Cancel);
        return answer.IsSuccessStatusCode
            ? long.Parse(
                answer.Headers.GetValues("Upload-Offset").Single(),
                CultureInfo.InvariantCulture
            )
            : null;
    }

    private static async Task<HttpResponseMessage> FileAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key
    )
    {
        var act = Given.Model(party, "Tern 1") with { Attachments = [s_file.Entry] };
        var content = new ReadOnlyMemoryContent(server.Sign(party, key, act).Statement);
        content.Headers.ContentType = new("application/cose");
        return await server.Client.PostAsync("/acts?uploads=true", content, Cancel);
    }
}
