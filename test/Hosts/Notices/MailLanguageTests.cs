using System.Text.RegularExpressions;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Hosts.Api;
using Concord.Ledger;
using Concord.Rooms;
using Microsoft.Data.Sqlite;
using Xunit;
using static Concord.Hosts.Notices.Telling;

namespace Concord.Hosts.Notices;

/// <summary>Mail is in the language in which its address was said.</summary>
public sealed partial class MailLanguageTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_is_in_the_language_that_was_said_with_its_address()
    {
        await using var mail = MailSink.Start();
        await using var server = await StartAsync(mail);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        await AddAsync(server, party, own, ("email", "bureau@tern.example", "fr"));
        var asked = Assert.Single(await mail.AwaitAsync(1));
        Assert.Equal("Confirmez votre adresse", asked.Subject);
        Assert.Equal("fr", asked.Body!.Headers["Content-Language"]);
        Assert.Contains("La partie Tern Labs demande à être informée", asked.TextBody, Ordinal);
        Assert.DoesNotMatch(English(), asked.TextBody);
        await ConfirmAsync(server, asked.TextBody!, "/fr/notices/");

        var model = await FileAsync(server, party, own, "Tern 1");
        var told = (await mail.AwaitAsync(2))[1];
        Assert.Equal("Tern Labs : un acte a été inscrit au journal", told.Subject);
        Assert.Contains("Tern Labs a enregistré Tern 1.", told.TextBody, Ordinal);
        Assert.Contains($"/fr/acts/{new ActId(model)}", told.TextBody, Ordinal);
        Assert.Matches(French(), told.TextBody);
        Assert.DoesNotMatch(English(), told.TextBody);
        Assert.Contains("/fr/notices/stop/", told.Headers["List-Unsubscribe"], Ordinal);

        using var click = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var stop = told.Headers["List-Unsubscribe"]!.Trim('<', '>');
        using var ended = await server.Client.PostAsync(stop, click, Cancel);
        Assert.True(ended.IsSuccessStatusCode);
        Assert.Empty(server.Authority.Notices.Store.Channels($"{party}"));
    }

    [Fact]
    public async Task A_time_that_comes_and_passes_is_told_in_arabic_with_names_kept_apart()
    {
        await using var mail = MailSink.Start();
        await using var server = await StartAsync(mail);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        await AddAsync(server, party, own, ("email", "desk@tern.example", "ar"));
        await ConfirmAsync(server, (await mail.AwaitAsync(1))[0].TextBody!, "/ar/notices/");
        var model = new ModelId(await FileAsync(server, party, own, "Tern 1"));
        await AskAsync(server, party, model, TimeSpan.FromSeconds(3));

        var all = await Awaited.Async(
            () => string.Join('\n', mail.Taken.Skip(1).Select(one => one.TextBody)),
            text => text.Contains("انقضى في", Ordinal)
        );
        Assert.Contains("\u2068Tern Labs\u2069 سجّل \u2068Tern 1\u2069.", all, Ordinal);
        Assert.Contains("تطرح عليك الهيئة سؤالًا بسرية", all, Ordinal);
        Assert.Contains("ينبغي الإجابة عن السؤال", all, Ordinal);
        Assert.DoesNotMatch(English(), all);
        Assert.All(mail.Taken, one => Assert.Equal("ar", one.Body!.Headers["Content-Language"]));
    }

    [Fact]
    public async Task A_webhook_is_told_in_english_and_says_so_and_other_languages_are_refused()
    {
        await using var hook = await HookSink.StartAsync();
        await using var server = await StartAsync();
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        using var own = key;
        await AddAsync(server, party, own, ("webhook", hook.Url, "fr"));
        var asked = (await Awaited.Async(() => hook.All, all => all.Count > 0))[0].Data;
        Assert.Equal("en", Text(asked, "lang"));
        Assert.True(server.Authority.Notices.Confirm(Text(asked, "channel"), Text(asked, "code")));
        await FileAsync(server, party, own, "Tern 1");
        await Awaited.Async(() => hook.Notices, all => all.Count > 0);
        Assert.Equal("Tern Labs registered Tern 1", hook.Notices[0].Says);

        Assert.Null(
            server.Authority.Notices.Add(party, "webhook", hook.Url, "xx", "o", out var fault)
        );
        Assert.Equal("lang: one of en, fr, ar", fault);
    }

    [Fact]
    public async Task An_address_that_an_older_build_kept_is_told_in_english()
    {
        var folder = SandboxServer.NewFolder();
        var file = Path.Combine(folder, "notices.db");
        using (var old = new Stores.NoticeStore(file))
        {
            Assert.Empty(old.Languages());
        }

        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                ALTER TABLE channels DROP COLUMN language;
                ALTER TABLE notices DROP COLUMN others;
                ALTER TABLE deadlines DROP COLUMN others;
                INSERT INTO channels VALUES ('c', 'P-0000-0000', 'email', 'a@b.example', '', 't',
                  NULL, 0, '2026-01-01T00:00:00Z', 0, NULL, NULL);
                INSERT INTO notices VALUES (1, 'P-0000-0000', 'k', 'act', '', 'It was.', '/');
                """;
            await command.ExecuteNonQueryAsync(Cancel);
        }

        using var store = new Stores.NoticeStore(file);
        Assert.Equal("en", store.Channel("c")!.Language);
        Assert.Equal("", Assert.Single(store.NoticesAfter("P-0000-0000", 0, 9)).Others);
        Directory.Delete(folder, recursive: true);
    }

    private static Task AddAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        (string Kind, string To, string Lang) channel
    ) =>
        PostAsync(
            server,
            party,
            key,
            "",
            ("kind", channel.Kind),
            ("to", channel.To),
            ("lang", channel.Lang)
        );

    private static async Task ConfirmAsync(SandboxServer server, string text, string page)
    {
        var address = Address().Match(text).Value.Trim();
        Assert.StartsWith(page, address, Ordinal);
        using var form = new FormUrlEncodedContent([new("code", Code().Match(text).Value)]);
        using var answer = await server.Client.PostAsync(address, form, Cancel);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.All(server.Authority.Notices.Store.Languages(), one => Assert.NotEqual("en", one));
    }

    [GeneratedRegex("[0-9A-Z]{5}-[0-9A-Z]{5}", RegexOptions.NonBacktracking)]
    private static partial Regex Code();

    [GeneratedRegex(@"/(?:fr|ar)/notices/[0-9a-f]+\s", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"\d{1,2} (?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
            + @"|décembre) \d{4}",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex French();

    [GeneratedRegex(
        @"\b(?:the|which|this|its|was|has|are|of|or|with|from|not|your|registered)\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex English();
}
