using Concord.Acts.Network;
using Concord.Ledger;

namespace Concord.Cli.Refile;

/// <summary>A statement that was kept, and what the old log says of it.</summary>
/// <param name="Stem">The path that it has in common with what lies beside it.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Receipt">Its receipt.</param>
/// <param name="Index">Its index in the old log; beyond every log where that is not known.</param>
/// <param name="Fault">Why it was not logged there; null: it was.</param>
internal sealed record KeptAct(
    string Stem,
    Statement Statement,
    byte[] Receipt,
    long Index,
    string? Fault
)
{
    /// <summary>What it is called for people.</summary>
    public string Name => Path.GetFileName(Stem);

    /// <summary>Who said it: the part of the issuer after <c>#</c>.</summary>
    public string Speaker => Statement.Issuer[(Statement.Issuer.LastIndexOf('#') + 1)..];

    /// <summary>The statements of the old log in a folder; those of other logs are left.</summary>
    public static IEnumerable<KeptAct> In(string folder, OldLog old, Predecessor last)
    {
        var tree = old.Tree(last);
        foreach (var file in Directory.EnumerateFiles(folder, "*" + ReceiptFiles.Statement))
        {
            if (
                file.EndsWith(ReceiptFiles.Receipt, StringComparison.Ordinal)
                || !Statement.TryParse(File.ReadAllBytes(file), out var statement, out _)
                || !statement.Issuer.StartsWith(last.Origin + "#", StringComparison.Ordinal)
            )
            {
                continue;
            }

            var stem = file[..^ReceiptFiles.Statement.Length];
            if (!File.Exists(stem + ReceiptFiles.Receipt))
            {
                yield return new(
                    stem,
                    statement,
                    [],
                    long.MaxValue,
                    $"{Path.GetFileName(stem)}{ReceiptFiles.Receipt} is not beside it: nothing "
                        + "says that it was logged"
                );
                continue;
            }

            var bytes = File.ReadAllBytes(stem + ReceiptFiles.Receipt);
            var fault = old.FaultOf(last, tree, statement, bytes, out var receipt);
            yield return new(stem, statement, bytes, receipt?.Index ?? long.MaxValue, fault);
        }
    }
}
