using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Concord.Ledger;
using Microsoft.Data.Sqlite;
using NSec.Cryptography;

namespace Concord.Bench.Ledger;

/// <summary>
/// What this machine can do at this hour, by the platform's own code. Processor-bound rates are per
/// CPU-second with every core at work, as an authority's are under load; what waits for the disk is
/// per second.
/// </summary>
/// <param name="Cose">COSE_Sign1 decoded and verified by .NET (ES256, 900 bytes).</param>
/// <param name="Es256">ES256 verified by .NET, the key at hand.</param>
/// <param name="Ed25519">Ed25519 verified by NSec (512 bytes).</param>
/// <param name="Sha256">SHA-256 over blocks of 1 MiB, in 10^6 bytes.</param>
/// <param name="Fsync">Appends of 4 KiB to a file, each flushed to the disk.</param>
/// <param name="SqliteRows">Rows of 900 bytes in commits of 100, SQLite synchronous=FULL.</param>
internal sealed record Calibration(
    double Cose,
    double Es256,
    double Ed25519,
    double Sha256,
    double Fsync,
    double SqliteRows
)
{
    private const int StatementBytes = 900;
    private static readonly TimeSpan s_each = TimeSpan.FromSeconds(1.5);

    /// <summary>Measures everything.</summary>
    /// <param name="folder">A folder on the disk that is to be judged.</param>
    public static Calibration Measure(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var data = RandomNumberGenerator.GetBytes(1 << 20);
        var signature = key.SignData(data.AsSpan(0, 512), HashAlgorithmName.SHA256);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        using var noteKey = NSec.Cryptography.Key.Create(SignatureAlgorithm.Ed25519);
        var noted = SignatureAlgorithm.Ed25519.Sign(noteKey, data.AsSpan(0, 512));
        return new(
            CosePerCpuSecond(),
            PerCpuSecond(
                () => ECDsa.Create(parameters),
                one => one.VerifyData(data.AsSpan(0, 512), signature, HashAlgorithmName.SHA256)
            ),
            PerCpuSecond(
                () => noteKey.PublicKey,
                one => SignatureAlgorithm.Ed25519.Verify(one, data.AsSpan(0, 512), noted)
            ),
            PerCpuSecond(() => data, one => SHA256.HashData(one).Length == 32) * (1 << 20) / 1e6,
            FsyncPerSecond(Path.Combine(folder, "fsync")),
            RowsPerSecond(Path.Combine(folder, "rows.db"))
        );
    }

    /// <summary>COSE_Sign1 verifications of .NET for each CPU-second.</summary>
    public static double CosePerCpuSecond()
    {
        using var signer = StatementSigner.Create();
        var bytes = signer.Sign(
            new("bench.invalid/log#P-0000-0000", "bench", "application/concord-act+json"),
            new byte[StatementBytes - 250],
            envelope: false
        );
        return PerCpuSecond(
            signer.PublicKey.ToECDsa,
            key => CoseMessage.DecodeSign1(bytes).VerifyEmbedded(key)
        );
    }

    /// <summary>The calibration as the lines of a table.</summary>
    public IEnumerable<(string What, string Figure)> Lines() =>
        [
            (".NET COSE_Sign1 verifications", $"{Cose:N0} per CPU-second"),
            (".NET ES256 verifications", $"{Es256:N0} per CPU-second"),
            ("NSec Ed25519 verifications", $"{Ed25519:N0} per CPU-second"),
            (".NET SHA-256", $"{Sha256:N0} MB per CPU-second"),
            ("append of 4 KiB + fsync", $"{Fsync:N0} per second"),
            ("SQLite FULL, rows in commits of 100", $"{SqliteRows:N0} per second"),
        ];

    private static double PerCpuSecond<T>(Func<T> begin, Func<T, bool> verify)
    {
        long count = 0;
        using var process = Process.GetCurrentProcess();
        Run(TimeSpan.FromMilliseconds(200));
        count = 0;
        process.Refresh();
        var before = process.TotalProcessorTime;
        Run(s_each);
        process.Refresh();
        return count / (process.TotalProcessorTime - before).TotalSeconds;

        void Run(TimeSpan time)
        {
            var threads = Enumerable
                .Range(0, Environment.ProcessorCount)
                .Select(_ => new Thread(() =>
                {
                    var own = begin();
                    var clock = Stopwatch.StartNew();
                    long done = 0;
                    for (; clock.Elapsed < time; done++)
                    {
                        if (!verify(own))
                        {
                            throw new InvalidOperationException("What was signed does not verify.");
                        }
                    }

                    Interlocked.Add(ref count, done);
                    (own as IDisposable)?.Dispose();
                }))
                .ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }
    }

    private static double FsyncPerSecond(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var block = new byte[4096];
        var clock = Stopwatch.StartNew();
        var count = 0;
        for (; clock.Elapsed < s_each; count++)
        {
            RandomAccess.Write(file, block, (long)count * block.Length);
            RandomAccess.FlushToDisk(file);
        }

        return count / clock.Elapsed.TotalSeconds;
    }

    private static double RowsPerSecond(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE rows (bytes BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO rows VALUES ($bytes)";
        command.Parameters.AddWithValue("$bytes", new byte[StatementBytes]);
        command.Prepare();
        var clock = Stopwatch.StartNew();
        var count = 0;
        while (clock.Elapsed < s_each)
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            for (var i = 0; i < 100; i++, count++)
            {
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return count / clock.Elapsed.TotalSeconds;
    }
}
