using Concord.Acts;
using Concord.Authority;
using Concord.Authority.Foundation;
using Concord.Bench.Ledger;
using Concord.Ledger;
using Concord.Rooms;

namespace Concord.Bench.Admission;

/// <summary>
/// <c>steps</c>: where the time of an act goes. Each step of the intake alone, on one thread, over
/// the same acts.
/// </summary>
internal static class StepsBench
{
    public static async Task<int> RunAsync(string[] args)
    {
        var words = Words.Read(args, "steps [--models N] [--acts N]", "models", "acts");
        if (words is null)
        {
            return 64;
        }

        using var scratch = new Scratch();
        var folder = new DataFolder(scratch.Folder("authority"));
        await Sandbox.CreateAsync(folder, TimeProvider.System, CancellationToken.None);
        var options = new RunningOptions
        {
            Limits = new() { SignerPerSecond = 1e9, SignerBurst = 1e9 },
        };
        await using var running = await RunningAuthority.OpenAsync(folder, options, default);
        await Sandbox.FurnishAsync(running, new Progress<FurnishingStep>(), CancellationToken.None);
        var corpus = await Corpus.FoundAsync(running, parties: 40);
        var models = words["models"] ?? 10_000;
        await IntakeBench.FileAllAsync(running, corpus.Models(models));
        await IntakeBench.FileAllAsync(running, corpus.Releases(models / 10));
        var acts = corpus.Mixed(words["acts"] ?? 10_000).Acts;
        foreach (var line in Figure.Table([.. Of(running, acts), .. Of(running, acts)]))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    private static List<Figure> Of(RunningAuthority running, Received[] acts)
    {
        using var signer = StatementSigner.Create();
        var receipts = new ReceiptSigner(signer, running.File.Origin);
        var snapshot = running.Intake.Current;
        var world = snapshot.World;
        var statements = new Statement[acts.Length];
        var signed = new Signed[acts.Length];
        var admitted = new AdmittedAct[acts.Length];
        var folded = world;
        var tree = TreeOf(1_000_003);
        var root = receipts.SignRoot(tree.Size, tree.Root(tree.Size));
        var note = snapshot.Head.Note;
        return
        [
            Step(
                "statement through the gate",
                i => Statement.TryParse(acts[i].Statement, out statements[i]!, out _)
            ),
            Step(
                "ES256",
                i => statements[i].Verify(world.Network.KeyOf(statements[i].Key)!, out _)
            ),
            Step(
                "opened: gate, JSON, form, ES256",
                i => Opening.TryOpen(acts[i], world.Network.KeyOf, out signed[i]!, out _)
            ),
            Step(
                "judged",
                i =>
                {
                    var verdict = Law.Judge(world, signed[i]);
                    admitted[i] = ((Verdict.Admitted)verdict).Act;
                    return true;
                }
            ),
            Step(
                "folded",
                i =>
                {
                    folded = folded.Fold(admitted[i].At(folded.Size));
                    return true;
                }
            ),
            Step(
                "COSE receipt at a signed root",
                i => root.Receipt(i, tree.InclusionProof(i, root.Size)).Length > 0
            ),
            Step(
                "tlog-proof",
                i => new TlogProof(i, tree.InclusionProof(i, root.Size), note).ToString().Length > 0
            ),
        ];

        static MerkleTree TreeOf(int size)
        {
            var made = new MerkleTree();
            for (var i = 0; i < size; i++)
            {
                made.Append(MerkleTree.EmptyRoot);
            }

            return made;
        }

        Figure Step(string what, Func<int, bool> run)
        {
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var meter = new Meter();
            for (var i = 0; i < acts.Length; i++)
            {
                if (!run(i))
                {
                    throw new InvalidOperationException($"{what}: act {i}");
                }
            }

            var each = meter.CpuSeconds / acts.Length * 1e6;
            var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / acts.Length;
            return new(what, $"{each:N1} µs, {bytes:N0} B");
        }
    }
}
