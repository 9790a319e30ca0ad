using System.Net;
using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Notices;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Xunit;
using static Concord.Hosts.Notices.Telling;

namespace Concord.Hosts.Notices;

/// <summary>
/// Parties are told of what concerns them, where somebody confirmed that they read: by mail through
/// a real server, and by a webhook that is one.
/// </summary>
public sealed partial class NoticeTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_mail_only_who_gave_the_code_back_is_told_and_a_button_ends_it()
    {
        await using var mail = MailSink.Start();
        await using var server = await StartAsync(mail);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var channel = Text(
            await PostAsync(server, party, own, "", ("kind", "email"), ("to", "desk@tern.example")),
            "channel"
        );
        var asked = Assert.Single(await mail.AwaitAsync(1));
        await FileAsync(server, party, own, "Tern 0");
        await Task.Delay(10 * Often, Cancel);
        Assert.Single(mail.Taken);

        Assert.Equal("desk@tern.example", asked.To.ToString());
        Assert.Contains("auto-generated", asked.Headers["Auto-Submitted"], Ordinal);
        var code = Code().Match(asked.TextBody!).Value;
        Assert.DoesNotContain("Tern 0", asked.TextBody, Ordinal);
        Assert.Contains("not the code", await FormAsync(server, channel, "AAAAA-AAAAA"), Ordinal);
        Assert.Contains(
            "Notices are sent",
            await FormAsync(server, channel, $" {code.ToLowerInvariant()}"),
            Ordinal
        );

        var model = await FileAsync(server, party, own, "Tern 1");
        var told = (await mail.AwaitAsync(2))[1];
        Assert.Contains("Tern Labs registered Tern 1.", told.TextBody, Ordinal);
        Assert.Contains($"/acts/{new ActId(model)}", told.TextBody, Ordinal);
        Assert.DoesNotContain("Tern 0", told.TextBody, Ordinal);
        Assert.EndsWith("@authority.example", told.MessageId, Ordinal);

        var stop = Stop().Match(told.Headers["List-Unsubscribe"]!).Value;
        Assert.Equal("List-Unsubscribe=One-Click", told.Headers["List-Unsubscribe-Post"]);
        using (var looked = await server.Client.GetAsync(stop, Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
            Assert.Single(server.Authority.Notices.Store.Channels($"{party}"));
        }

        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var ended = await server.Client.PostAsync(stop, click, Cancel);
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        await FileAsync(server, party, own, "Tern 2");
        await Task.Delay(10 * Often, Cancel);
        Assert.Equal(2, mail.Taken.Count);
        Assert.DoesNotContain(
            "tern.example",
            System.Text.Encoding.Latin1.GetString(Bytes(server.Authority.Folder.Notices)),
            Ordinal
        );
    }

    [Fact]
    public async Task What_a_mail_server_does_not_take_now_it_is_sent_again()
    {
        await using var mail = MailSink.Start();
        await using var server = await StartAsync(mail);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        mail.IsOpen = false;
        await PostAsync(server, party, own, "", ("kind", "email"), ("to", "desk@tern.example"));
        await Awaited.Async(
            () => server.Authority.Notices.Store.Channels($"{party}")[0],
            one => one.FailingSince is not null
        );
        var failed = server.Authority.Notices.Store.Channels($"{party}")[0].Problem;
        Assert.Equal("the mail server answered 451", failed);
        mail.IsOpen = true;

        Assert.Single(await mail.AwaitAsync(1));
        await Awaited.Async(
            () => server.Authority.Notices.Store.Channels($"{party}")[0],
            one => one.FailingSince is null
        );
    }

    [Fact]
    public async Task Of_a_question_it_is_told_that_there_is_one_and_when_its_time_comes_and_passes()
    {
        await using var hook = await HookSink.StartAsync();
        await using var server = await StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var (other, others) = await server.AdmitAsync("Heron Labs", PartyRole.Developer);
        using var theirs = others;
        await using var elsewhere = await HookSink.StartAsync();
        await SubscribeAsync(server, party, own, hook);
        await SubscribeAsync(server, other, theirs, elsewhere);
        var model = new ModelId(await FileAsync(server, party, own, "Tern 1"));
        await AskAsync(server, party, model, TimeSpan.FromSeconds(4));

        var told = await Awaited.Async(
            () => hook.Notices,
            all => all.Any(one => one.Kind is "deadline-passed")
        );
        Assert.Single(told, one => one.Kind is "question");
        Assert.Single(told, one => one.Kind is "deadline-near");
        Assert.Single(told, one => one.Kind is "deadline-passed");
        Assert.DoesNotContain(hook.All, one => one.Body.Contains("weights", Ordinal));
        Assert.DoesNotContain(
            hook.All,
            one => one.Body.Contains($"{model}", Ordinal) && one.Body.Contains("question", Ordinal)
        );
        Assert.Empty(elsewhere.Notices);
    }

    [Fact]
    public async Task A_decision_on_its_model_and_a_signature_that_is_waited_for_are_told()
    {
        await using var hook = await HookSink.StartAsync();
        await using var server = await StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var (seller, sellers) = await server.AdmitAsync("Heron Labs", PartyRole.Developer);
        using var theirs = sellers;
        await SubscribeAsync(server, party, own, hook);
        var model = new ModelId(await FileAsync(server, party, own, "Tern 1"));
        foreach (var (institution, number, name) in SandboxKeys.Deciding.Take(2))
        {
            using var officer = server.Authority.Keys.Read(name);
            var speaker = new Rooms.Network.Speaker.Officer(
                institution,
                SandboxKeys.OfficerName(number)
            );
            var suspend = new Suspend
            {
                Joint = new()
                {
                    Kind = JointKind.Officers,
                    K = 2,
                    Epoch = 1,
                },
                Target = SubjectId.Of(model),
                Reason = "The weights lay open",
            };
            await server.Authority.FileAsync(speaker, suspend, officer, Cancel);
        }

        var sold = new ModelId(await FileAsync(server, seller, theirs, "Heron 1"));
        var day = server.Authority.Intake.Current.World.At.Day;
        var released = await server.FileAsync(
            server.Sign(seller, theirs, Given.Release(sold, day))
        );
        var terms = new TransferTerms
        {
            Salt = Given.Salt,
            Kind = TransferKind.Licence,
            Effective = day,
        };
        var transfer = new Transfer
        {
            Joint = new()
            {
                Kind = JointKind.Parties,
                K = 2,
                Epoch = 1,
                Parties = [seller, party],
            },
            Release = new(released.GetProperty("index").GetInt64()),
            SealedPart = default,
        };
        await server.FileAsync(server.Sign(seller, theirs, transfer, terms));

        var told = await Awaited.Async(
            () => hook.Notices,
            all => all.Any(one => one.Kind is "countersign")
        );
        Assert.Contains("suspend Tern 1", told.Single(one => one.Kind is "decision").Says, Ordinal);
        Assert.Contains(
            "pass weights on",
            told.Single(one => one.Kind is "countersign").Says,
            Ordinal
        );
    }

    [Fact]
    public async Task A_key_of_the_party_that_files_says_where_and_nobody_else_learns_of_it()
    {
        await using var hook = await HookSink.StartAsync();
        await using var server = await StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var (other, others) = await server.AdmitAsync("Heron Labs", PartyRole.Developer);
        using var theirs = others;
        var path = $"/parties/{party}/notices";
        var said = new Dictionary<string, string> { ["kind"] = "webhook", ["to"] = hook.Url };
        var request = new PostRequest(path, server.Authority.Now, said);
        Assert.Equal(
            404,
            await StatusAsync(server, request.Sign($"{server.Origin}#{other}", theirs), path)
        );
        Assert.Equal(
            401,
            await StatusAsync(server, request.Sign($"{server.Origin}#{party}", theirs), path)
        );
        foreach (
            var bad in (Dictionary<string, string>[])
                [
                    new() { ["kind"] = "webhook" },
                    new() { ["kind"] = "pigeon", ["to"] = "loft" },
                    new() { ["kind"] = "email", ["to"] = "desk@tern.example" },
                    new() { ["kind"] = "webhook", ["to"] = "ftp://tern.example/hook" },
                    new() { ["kind"] = "webhook", ["to"] = "https://user:word@tern.example/" },
                ]
        )
        {
            var wrong = (request with { Said = bad }).Sign($"{server.Origin}#{party}", own);
            Assert.Equal(400, await StatusAsync(server, wrong, path));
        }

        var channel = Text(
            await PostAsync(server, party, own, "", ("kind", "webhook"), ("to", hook.Url)),
            "channel"
        );
        for (var i = 0; i < 5; i++)
        {
            await FormAsync(server, channel, "AAAAA-AAAAA");
        }

        Assert.Empty(server.Authority.Notices.Store.Channels($"{party}"));
        for (var i = 0; i < NoticeDesk.ChannelsMost - 1; i++)
        {
            await PostAsync(server, party, own, "", ("kind", "webhook"), ("to", $"{hook.Url}?{i}"));
        }

        var more = (
            request with
            {
                Said = new Dictionary<string, string>
                {
                    ["kind"] = "webhook",
                    ["to"] = $"{hook.Url}?x",
                },
            }
        );
        Assert.Equal(
            400,
            await StatusAsync(server, more.Sign($"{server.Origin}#{party}", own), path)
        );
        using var read = await server.ReadAsAsync($"{other}", theirs, path);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.True(
            OperatingSystem.IsWindows()
                || File.GetUnixFileMode(server.Authority.Folder.Notices)
                    is (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
    }

    [Fact]
    public async Task No_webhook_leads_the_server_behind_its_own_walls()
    {
        using var inside = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var port = ((IPEndPoint)inside.LocalEndpoint).Port;
        await using var server = await StartAsync(options: new() { Every = Often });
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var path = $"/parties/{party}/notices";
        foreach (
            var to in (string[])
                [
                    "http://tern.example/",
                    $"https://127.0.0.1:{port}/",
                    "https://[::1]/",
                    "https://169.254.169.254/latest",
                    "https://0x7f000001/",
                ]
        )
        {
            var said = new Dictionary<string, string> { ["kind"] = "webhook", ["to"] = to };
            var request = new PostRequest(path, server.Authority.Now, said);
            Assert.Equal(
                400,
                await StatusAsync(server, request.Sign($"{server.Origin}#{party}", own), path)
            );
        }

        // A name is looked at when it is connected to, whatever it led to before.
        await PostAsync(
            server,
            party,
            own,
            "",
            ("kind", "webhook"),
            ("to", $"https://localhost:{port}/")
        );
        var failing = await Awaited.Async(
            () => server.Authority.Notices.Store.Channels($"{party}")[0],
            one => one.Problem is not null
        );
        Assert.Equal("its address is not public", failing.Problem);
        Assert.False(inside.Pending());
    }

    [Fact]
    public async Task The_command_line_adds_confirms_lists_and_removes()
    {
        await using var hook = await HookSink.StartAsync();
        await using var server = await StartAsync();
        var (_, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        var work = Directory.CreateTempSubdirectory("concord-notices-").FullName;
        await File.WriteAllTextAsync(Path.Combine(work, "tern.pem"), own.ToPem(), Cancel);
        string[] how = ["--key", "tern.pem", "--authority", server.Client.BaseAddress!.ToString()];
        var added = await ConcordProgram.RunAsync(
            work,
            ["notices", "add", "--webhook", hook.Url, "--json", .. how]
        );
        var channel = Text(added.Done().Json, "channel");
        Assert.StartsWith("whsec_", Text(added.Json, "secret"), Ordinal);
        await Awaited.Async(() => hook.All, all => all.Count > 0);
        var code = Text(hook.All[0].Data, "code");

        var wrong = await ConcordProgram.RunAsync(
            work,
            ["notices", "confirm", channel, "--code", "AAAAA-AAAAA", .. how]
        );
        Assert.Equal(1, wrong.Code);
        var right = await ConcordProgram.RunAsync(
            work,
            ["notices", "confirm", channel, "--code", code, .. how]
        );
        Assert.Contains("on", right.Done().Output, Ordinal);
        var listed = await ConcordProgram.RunAsync(work, ["notices", "list", .. how]);
        Assert.Contains(channel, listed.Done().Output, Ordinal);
        var removed = await ConcordProgram.RunAsync(work, ["notices", "remove", channel, .. how]);
        Assert.Contains("removed", removed.Done().Output, Ordinal);
        Directory.Delete(work, recursive: true);
    }

    [Fact]
    public void A_password_that_others_may_read_is_not_taken()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = new DataFolder(SandboxServer.NewFolder());
        var file = Path.Combine(folder.Path, "mail-password");
        File.WriteAllText(file, "word\n");
        File.WriteAllText(
            folder.Mail,
            """
            { "smtp": "smtps://user@mail.example:465", "from": "register@example.org",
              "password_file": "mail-password" }
            """
        );
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var open = Assert.Throws<InvalidDataException>(() =>
            MailServer.Read(folder, null, null, null)
        );
        Assert.DoesNotContain("word\n", open.Message, Ordinal);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        var server = MailServer.Read(folder, null, null, null)!;
        Assert.Equal(("user", "word", 465), (server.User, server.Password, server.Port));
        Assert.Throws<InvalidDataException>(() =>
            MailServer.Read(folder, "smtps://user:word@mail.example", "a@b.example", file)
        );
        Directory.Delete(folder.Path, recursive: true);
    }

    [GeneratedRegex("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")]
    private static partial Regex Code();

    [GeneratedRegex("/notices/stop/[0-9a-f]+")]
    private static partial Regex Stop();
}
