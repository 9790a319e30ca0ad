using System.Buffers.Text;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Hosts.Cli;
using Concord.Ledger;
using Xunit;

namespace Concord.Hosts.Recovery;

/// <summary>What becomes public after a mirror has passed its act comes to it, too.</summary>
public sealed class RevealedMirrorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mirror_brings_what_is_revealed_after_it_passed_the_act(bool fromServer)
    {
        await using var server = await SandboxServer.StartAsync();
        var work = SandboxServer.NewFolder();
        var (party, key) = await server.AdmitAsync(
            "Tern Labs",
            PartyRole.Developer,
            PartyRole.Host
        );
        var (kept, letter) = (Letter(), Letter());
        var (shown, hidden, terms) = (
            Given.File("terms.pdf", Visibility.Public),
            Given.File("prices.pdf", Visibility.Parties),
            Given.File("names.pdf", Visibility.Parties)
        );
        var model = await FileAsync(Given.Model(party, "Tern 1"), kept, letter);
        var release = new ReleaseId(
            await FileAsync(Given.Release(new(model), server.Authority.Intake.Current.World.At.Day))
        );
        var deployment = Given.Deployment(release, party) with
        {
            Attachments = [terms.Entry, shown.Entry, hidden.Entry],
        };
        var deployed = await FileAsync(deployment, terms, shown, hidden);
        var source = fromServer ? server.Client.BaseAddress!.ToString() : server.Path;

        var before = await MirrorAsync();
        await RevealAsync(model, null, letter.Entry.Digest);
        await RevealAsync(deployed, null, hidden.Entry.Digest);
        var attached = await MirrorAsync();
        await RevealAsync(deployed, ActJson.Write(deployment), null);
        var opened = await MirrorAsync();

        Assert.Empty(before);
        Assert.Equal(Names(letter, hidden), attached);
        Assert.Equal(Names(letter, hidden, shown), opened);
        (await ConcordProgram.RunAsync(work, "fsck", "--data", "mirror")).Done();
        (await ConcordProgram.RunAsync(work, "mirror", "mirror", "--data", "second")).Done();
        Assert.Equal(opened, Held("second"));
        Directory.Delete(work, recursive: true);

        static (Attachment Entry, ReadOnlyMemory<byte> Bytes) Letter() =>
            Given.File("letter.pdf", Visibility.Authorities);

        async Task<long> FileAsync(
            Act act,
            params (Attachment Entry, ReadOnlyMemory<byte> Bytes)[] files
        )
        {
            var whole = act with { Attachments = [.. files.Select(file => file.Entry)] };
            var answer = await server.FileAsync(
                Drafting.Compose(
                    whole,
                    $"{server.Origin}#{party}",
                    key,
                    null,
                    [.. files.Select(file => file.Bytes)]
                )
            );
            return answer.GetProperty("index").GetInt64();
        }

        Task<JsonElement> RevealAsync(long target, byte[]? document, Digest? attachment) =>
            server.FileAsync(
                server.Sign(
                    party,
                    key,
                    new Reveal
                    {
                        Target = new(target),
                        Document = document is null ? null : Base64Url.EncodeToString(document),
                        Attachment = attachment,
                        Reason = "The model is out.",
                    }
                )
            );

        async Task<List<string>> MirrorAsync()
        {
            (await ConcordProgram.RunAsync(work, "mirror", source, "--data", "mirror")).Done();
            return Held("mirror");
        }

        List<string> Held(string mirror) =>
            Directory.Exists(Path.Combine(work, mirror, "contents"))
                ?
                [
                    .. Directory
                        .EnumerateFiles(Path.Combine(work, mirror, "contents"))
                        .Select(Path.GetFileName)
                        .Select(name => name!)
                        .Order(StringComparer.Ordinal),
                ]
                : [];
    }

    private static List<string> Names(
        params (Attachment Entry, ReadOnlyMemory<byte> Bytes)[] files
    ) => [.. files.Select(file => file.Entry.Digest.ToHex()).Order(StringComparer.Ordinal)];
}
