using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Hosts.Api;
using Concord.Ledger;

namespace Concord.Hosts.Recovery;

/// <summary>
/// A sandbox as <c>up</c> leaves it after its first start, with a party: every trial begins with a
/// copy of it, which is then the only one.
/// </summary>
internal sealed class FoundedFolder : IDisposable
{
    private readonly string _path;

    private FoundedFolder(string path, PartyId party, StatementSigner key, NoteVerifier log) =>
        (_path, Party, Key, Log) = (path, party, key, log);

    public PartyId Party { get; }

    public StatementSigner Key { get; }

    public NoteVerifier Log { get; }

    public static async Task<FoundedFolder> CreateAsync()
    {
        var path = SandboxServer.NewFolder();
        var server = await SandboxServer.StartAsync(path);
        var (party, key) = await server.AdmitAsync("Tern Labs", PartyRole.Developer);
        await Sandbox.FurnishAsync(
            server.Authority,
            new Progress<FurnishingStep>(),
            CancellationToken.None
        );
        server.Authority.File.Write(server.Authority.Folder);
        var log = NoteVerifier.TryParse(
            server.Authority.File.VerifierKey,
            out var verifier,
            out var fault
        )
            ? verifier
            : throw new InvalidDataException(fault);
        await server.StopAsync();
        return new(path, party, key, log);
    }

    /// <summary>Puts it at a path, as if it had always been there.</summary>
    public void CopyTo(string path)
    {
        Filed.Copy(_path, path);
        PlaceMark.Write(new(path));
    }

    public void Dispose()
    {
        Key.Dispose();
        Directory.Delete(_path, recursive: true);
    }
}
