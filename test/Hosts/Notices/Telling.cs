using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Authority.Notices;
using Concord.Hosts.Api;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Notices;

/// <summary>A server that tells parties often, and what a party does to be told.</summary>
internal static class Telling
{
    /// <summary>How often such a server looks.</summary>
    public static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<SandboxServer> StartAsync(
        MailSink? mail = null,
        string? path = null,
        NoticeOptions? options = null
    ) =>
        SandboxServer.StartAsync(
            path,
            new RunningOptions
            {
                Notices =
                    options
                    ?? new()
                    {
                        Mail = mail?.Server,
                        AllowsPrivate = true,
                        Every = Often,
                        DueEvery = Often,
                        MailEvery = TimeSpan.Zero,
                        FirstRetry = Often,
                        LastRetry = 5 * Often,
                    },
            }
        );

    public static async Task<string> SubscribeAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        HookSink hook
    )
    {
        var added = await PostAsync(server, party, key, "", ("kind", "webhook"), ("to", hook.Url));
        await Awaited.Async(() => hook.All, all => all.Count > 0);
        await PostAsync(
            server,
            party,
            key,
            "/confirm",
            ("channel", Text(added, "channel")),
            ("code", Text(hook.All[0].Data, "code"))
        );
        return Text(added, "secret");
    }

    public static async Task<JsonElement> PostAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        string path,
        params (string Name, string Value)[] said
    )
    {
        var address = $"/parties/{party}/notices{path}";
        var request = new PostRequest(
            address,
            server.Authority.Now,
            said.ToDictionary(one => one.Name, one => one.Value)
        );
        using var content = new ReadOnlyMemoryContent(
            request.Sign($"{server.Origin}#{party}", key)
        );
        content.Headers.ContentType = new("application/cose");
        using var answer = await server.Client.PostAsync(address, content, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return SandboxServer.Json(text);
    }

    public static async Task<int> StatusAsync(
        SandboxServer server,
        ReadOnlyMemory<byte> signed,
        string path
    )
    {
        using var content = new ReadOnlyMemoryContent(signed);
        content.Headers.ContentType = new("application/cose");
        using var answer = await server.Client.PostAsync(path, content, Cancel);
        return (int)answer.StatusCode;
    }

    public static async Task<string> FormAsync(SandboxServer server, string channel, string code)
    {
        using var form = new FormUrlEncodedContent([new("code", code)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/notices/{channel}")
        {
            Content = form,
        };
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await server.Client.SendAsync(request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    public static async Task<long> FileAsync(
        SandboxServer server,
        PartyId party,
        StatementSigner key,
        string name
    )
    {
        var filed = await server.FileAsync(server.Sign(party, key, Given.Model(party, name)));
        return filed.GetProperty("index").GetInt64();
    }

    public static async Task AskAsync(SandboxServer server, PartyId to, ModelId model, TimeSpan due)
    {
        using var registrar = server.Authority.Keys.Read(KeyFolder.Registrar);
        await server.FileAsync(
            Drafting.Compose(
                new AskQuestion
                {
                    Salt = Given.Salt,
                    Case = SubjectId.Of(model),
                    To = to,
                    Question = "Who holds the weights?",
                    Due = server.Authority.Now + due,
                },
                $"{server.Origin}#authority",
                registrar
            )
        );
    }

    public static byte[] Bytes(string file)
    {
        using var stream = new FileStream(
            file,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
