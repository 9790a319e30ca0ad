namespace Concord.Hosts.Crash;

/// <summary>What a disk refuses.</summary>
/// <param name="File">The file.</param>
/// <param name="Call">The call of the kernel.</param>
/// <param name="Error">The error's name.</param>
/// <param name="IsLasting">Whether again and again, and not the first time alone.</param>
/// <param name="Attached">
/// The bytes of a file to file with, so that the call is made soon; 0: none is needed.
/// </param>
internal sealed record Refusal(string File, string Call, string Error, bool IsLasting, int Attached)
{
    private static readonly string[] s_errors = ["EIO", "ENOSPC", "EROFS"];

    private static readonly (string File, string Call)[] s_effects =
    [
        ("authority.db-wal", "pwrite64"),
        ("authority.db-wal", "fsync"),
        ("log/.unfinished", "openat"),
        ("log/.unfinished", "pwrite64"),
        ("log/.unfinished", "rename"),
        ("answers.db-wal", "pwrite64"),
        ("authority.db", "pwrite64"),
        ("authority.db", "fsync"),
    ];

    /// <summary>How many things a commit does to the disk.</summary>
    public static int Effects => s_effects.Length;

    /// <summary>One after the other, each with every error, lasting and not.</summary>
    public static Refusal Of(string folder, int trial)
    {
        var (file, call) = s_effects[trial % s_effects.Length];
        var round = trial / s_effects.Length;
        return new(
            Path.Combine(folder, file),
            call,
            s_errors[(trial + round) % s_errors.Length],
            (trial / 2 + round) % 2 == 0,
            // A few of these, and SQLite folds its write-ahead log into the database.
            file is "authority.db"
                ? 4 << 20
                : 0
        );
    }
}
