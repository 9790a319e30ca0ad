namespace Concord.Cli.Scanning;

/// <summary>What a scan found.</summary>
internal sealed record ScanReport
{
    /// <summary>The models, in the order in which they were read.</summary>
    public required IReadOnlyList<ScanRow> Rows { get; init; }

    /// <summary>What was not read.</summary>
    public required IReadOnlyList<UnreadModel> Unread { get; init; }

    /// <summary>The authority that was asked; null: none.</summary>
    public string? Authority { get; init; }

    /// <summary>
    /// With how many models of <c>--against</c> each was compared; null: with none.
    /// </summary>
    public int? References { get; init; }

    /// <summary>
    /// Models of one origin, by their places among the rows; null: they were not compared with each
    /// other.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Families { get; init; }

    /// <summary>What the command ends with: of several findings the one to act on first.</summary>
    public ExitCode Code =>
        Rows.Count == 0 ? ExitCode.Unreadable
        : Any(ScanVerdict.Barred) ? ExitCode.NotSo
        : Any(ScanVerdict.Derivative) || IsRelativeOfReference ? ExitCode.Derivative
        : Unread.Count > 0 ? ExitCode.Unreadable
        : Any(ScanVerdict.Unknown) || References is not null ? ExitCode.None
        : ExitCode.Done;

    private bool IsRelativeOfReference =>
        References is not null && Rows.Any(row => row.Nearest is not null);

    /// <summary>Compares every two of some models.</summary>
    public static (IReadOnlyList<IReadOnlyList<int>> Families, Relative?[] Nearest) CompareAll(
        IReadOnlyList<ScannedModel> models,
        CancellationToken cancel
    )
    {
        var all = models.Select(Reference.Of).ToArray();
        var relatives = all.Select(_ => new List<Relative>()).ToArray();
        var related = new List<(int, int)>();
        for (var one = 0; one < all.Length; one++)
        {
            for (var other = one + 1; other < all.Length; other++)
            {
                cancel.ThrowIfCancellationRequested();
                var pair = Relative.Of(all[one], all[other]);
                if (pair.IsRelated)
                {
                    related.Add((one, other));
                    relatives[one].Add(pair);
                    relatives[other].Add(Relative.Of(all[other], all[one]));
                }
            }
        }

        return (
            Measures.Weights.Pairs.Families.Of(all.Length, related),
            [.. relatives.Select(Relative.Nearest)]
        );
    }

    private bool Any(ScanVerdict verdict) => Rows.Any(row => row.Identified?.Verdict == verdict);
}
