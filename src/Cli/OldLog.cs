using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Authority.Recovery;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Stores;

namespace Concord.Cli;

/// <summary>
/// What is left of a log that another one succeeds: a mirror, or a data folder without keys or
/// database. Its genesis names how far the log went; what goes on after that is not the log's.
/// </summary>
internal sealed class OldLog
{
    private readonly DataFolder _folder;
    private readonly AuthorityFile _file;

    private OldLog(DataFolder folder, AuthorityFile file) => (_folder, _file) = (folder, file);

    /// <summary>The keys that signed it, each with its trees.</summary>
    public LogKeys Keys => LogRecovery.KeysOf(_file, _folder.AuthorityFile);

    /// <summary>Opens what is left.</summary>
    /// <exception cref="CommandFault">It does not say which log it was.</exception>
    public static OldLog Open(string path)
    {
        var folder = new DataFolder(path);
        return folder.IsFounded
            ? new(folder, AuthorityFile.Read(folder))
            : throw new CommandFault(
                ExitCode.Usage,
                $"{path} does not say which log it was: there is no authority.json.",
                "Name a mirror of the log, or what is left of its data folder."
            );
    }

    /// <summary>Its last checkpoint, as a genesis names it.</summary>
    /// <param name="file">The signed note; null: what the folder kept as witnessed.</param>
    /// <param name="isUnwitnessed">Whether the word of the log's key is enough.</param>
    /// <exception cref="CommandFault">It is not the log's, or not witnessed.</exception>
    public Predecessor Last(string? file, bool isUnwitnessed)
    {
        var note = file is not null
            ? File.ReadAllText(file)
            : WitnessedFile.Read(_folder.Witnessed)
                ?? throw new CommandFault(
                    ExitCode.Usage,
                    $"{_folder.Path} kept no witnessed checkpoint.",
                    "Name one with --last CHECKPOINT, as it was read at "
                        + "URL/log/witnessed/checkpoint or at a witness."
                );
        if (!Checkpoint.TryOpen(note, Keys, out var checkpoint, out var fault))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"The checkpoint is not one of {_file.Origin}: {fault}",
                "Name the last one that its witnesses cosigned."
            );
        }

        var policy = WitnessPolicy.Read(_folder);
        if (
            !isUnwitnessed
            && (policy is not { AsksForWitnesses: true } || !policy.Accepts(note, out _, out fault))
        )
        {
            throw new CommandFault(
                ExitCode.NotSo,
                "The checkpoint is not witnessed: whoever has the log's key could have made it."
                    + (fault is null ? "" : $" {fault}"),
                $"Put the policy of its witnesses into {_folder.WitnessPolicy} and name a "
                    + "checkpoint that they cosigned; only where there never were any: "
                    + "--unwitnessed."
            );
        }

        return new()
        {
            Origin = checkpoint.Origin,
            Size = checkpoint.Size,
            Root = checkpoint.Root,
            VerifierKey = Keys
                .Verifiers.Last(key => Checkpoint.TryOpen(note, key, out _, out _))
                .ToString(),
        };
    }

    /// <summary>
    /// The tree up to the last checkpoint, out of the public face; null where it is not there or
    /// another's.
    /// </summary>
    public MerkleTree? Tree(Predecessor last)
    {
        var tree = new MerkleTree();
        if (!Checkpoint.TryOpen(KnownCheckpoint.NoteIn(_folder.Log), Keys, out var held, out _))
        {
            return null;
        }

        try
        {
            // It may have gone on after what the witnesses saw, and has the bundles of then.
            var entries = LogBundles.Read(new FileTiles(_folder.Log), 0, held.Size);
            foreach (var entry in entries.TakeWhile(_ => tree.Size < last.Size))
            {
                tree.Append(MerkleTree.LeafHash(entry.Span));
            }
        }
        catch (Exception e) when (e is InvalidDataException or DirectoryNotFoundException)
        {
            return null;
        }

        return tree.Size == last.Size && tree.Root(last.Size) == last.Root ? tree : null;
    }

    /// <summary>A document that is public of it; null: it is not here.</summary>
    public ReadOnlyMemory<byte>? Document(Digest digest) =>
        new MirrorFolder(_folder.Path).Contents.Read(digest);

    /// <summary>The party for which a key was admitted or added there; null: nothing says so.
    /// </summary>
    public string? PartyOf(PublicKey key)
    {
        var id = key.Id;
        foreach (var (index, entry) in Entries().Index())
        {
            var party = (entry.Span.IndexOf("network/"u8) < 0 ? null : ActIn(entry)) switch
            {
                AdmitParty act when act.Keys.Any(one => one.Key.Id == id) => new PartyId(index),
                AddKey act when act.Key.Key.Id == id => act.Party,
                RecoverKeys act when act.Key.Key.Id == id => act.Party,
                _ => (PartyId?)null,
            };
            if (party is { } found)
            {
                return found.ToString();
            }
        }

        return null;
    }

    /// <summary>
    /// Who had signed the same joint act first; null: nobody before, or nothing says so.
    /// </summary>
    /// <param name="statement">The statement.</param>
    /// <param name="index">Its index.</param>
    public string? ProposerOf(Statement statement, long index)
    {
        if (ActIn(statement.Bytes) is not JointAct)
        {
            return null;
        }

        foreach (var entry in Entries().Take((int)Math.Min(index, int.MaxValue)))
        {
            if (
                entry.Span.IndexOf(statement.Payload.Span) >= 0
                && Statement.TryParse(entry, out var earlier, out _)
                && earlier.Payload.Span.SequenceEqual(statement.Payload.Span)
            )
            {
                return earlier.Issuer[(earlier.Issuer.LastIndexOf('#') + 1)..];
            }
        }

        return null;
    }

    // What is left of it, as far as it goes.
    private IEnumerable<ReadOnlyMemory<byte>> Entries()
    {
        if (!Checkpoint.TryOpen(KnownCheckpoint.NoteIn(_folder.Log), Keys, out var held, out _))
        {
            yield break;
        }

        using var entries = LogBundles
            .Read(new FileTiles(_folder.Log), 0, held.Size)
            .GetEnumerator();
        while (MoveNext(entries))
        {
            yield return entries.Current;
        }
    }

    private static bool MoveNext(IEnumerator<ReadOnlyMemory<byte>> entries)
    {
        try
        {
            return entries.MoveNext();
        }
        catch (Exception e) when (e is InvalidDataException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static Act? ActIn(ReadOnlyMemory<byte> entry) =>
        Statement.TryParse(entry, out var statement, out _)
        && !statement.IsEnvelope
        && ActBytes.TryParse(statement.ContentType, statement.Payload, out _, out var act, out _)
            ? act
            : null;

    /// <summary>
    /// Why a kept statement was not logged there; null: it was, and the receipt says where.
    /// </summary>
    /// <param name="last">The last checkpoint.</param>
    /// <param name="tree">The tree up to there; null where it is not at hand: the receipt's key is
    /// then all that speaks for it.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="bytes">The receipt.</param>
    /// <param name="receipt">What it says.</param>
    public string? FaultOf(
        Predecessor last,
        MerkleTree? tree,
        Statement statement,
        byte[] bytes,
        out Receipt? receipt
    )
    {
        if (!Receipt.TryParse(bytes, out receipt, out var fault))
        {
            return fault.Detail;
        }

        var kid = receipt.Key;
        var key = _file.ReceiptKeys.FirstOrDefault(one => one.Read().Id == kid);
        return !string.Equals(receipt.Issuer, last.Origin, StringComparison.Ordinal)
                ? $"the receipt is of the log {receipt.Issuer}"
            : receipt.TreeSize > last.Size
                ? $"the receipt is of a tree of {receipt.TreeSize} entries, and the log ended at "
                    + $"{last.Size}: whoever signed it had its keys, and not the log"
            : tree is not null
                ? receipt.Index < tree.Size
                    && tree.Leaf(receipt.Index) == MerkleTree.LeafHash(statement.Bytes.Span)
                        ? null
                    : $"entry {receipt.Index} of the log is another statement"
            : key is null || !key.IsNamedAt(receipt.TreeSize)
                ? $"its receipt key {kid} is not known here, and no mirror of the log is at hand"
            : !receipt.Verify(key.Read(), statement.Bytes.Span, out _, out fault) ? fault.Detail
            : null;
    }
}
