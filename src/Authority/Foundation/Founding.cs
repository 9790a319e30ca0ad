using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms.Network;

namespace Concord.Authority.Foundation;

/// <summary>
/// Founds an authority: makes the keys, has t roots sign genesis, and commits it with the first
/// tick.
/// </summary>
public static class Founding
{
    private static readonly (string Class, int Seconds)[] s_lifetimes =
    [
        ("red-line", 30),
        ("ordinary", 600),
        ("life-safety", 14_400),
    ];

    /// <summary>
    /// Founds a real authority. The keys of roots and officers go to the folders that the plan
    /// names,
    /// never into the data folder; the server starts without them.
    /// </summary>
    /// <param name="folder">The data folder, which must not hold an authority.</param>
    /// <param name="plan">What it is founded with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ArgumentException">A key folder lies within the data folder.</exception>
    /// <exception cref="IOException">Something is there already.</exception>
    public static async Task<AuthorityFile> InitAsync(
        DataFolder folder,
        FoundingPlan plan,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        foreach (var keys in (string[])[plan.RootKeys, plan.OfficerKeys])
        {
            var path = Path.GetFullPath(keys) + Path.DirectorySeparatorChar;
            if (
                !plan.Sandbox
                && path.StartsWith(
                    folder.Path + Path.DirectorySeparatorChar,
                    StringComparison.Ordinal
                )
            )
            {
                throw new ArgumentException(
                    $"The keys of roots and officers do not belong into the data folder: {keys}. "
                        + "Name folders that their holders take with them.",
                    nameof(plan)
                );
            }
        }

        if (folder.IsFounded)
        {
            throw new IOException(
                $"{folder.Path} holds an authority already. Start it with `concord up`, or name an "
                    + "empty folder."
            );
        }

        // Nothing is cleared away here: it may be a log whose authority.json was lost.
        if (Directory.Exists(folder.Log) || Directory.Exists(folder.Keys))
        {
            throw new IOException(
                $"{folder.Path} holds keys or a log, but no authority.json: a founding broke off "
                    + "before its end, or that file was lost. If nothing was ever filed here, "
                    + "empty the folder and found again; else put authority.json back."
            );
        }

        folder.Create();
        var file = MakeKeys(folder, plan, time, out var genesis);
        var options = new RunningOptions { Time = time };
        await using (var running = await RunningAuthority.OpenAsync(folder, file, options, cancel))
        {
            await running.Intake.FoundAsync(genesis, cancel);
        }

        // Written last: a folder without it was not founded.
        file.Write(folder);
        return file;
    }

    private static AuthorityFile MakeKeys(
        DataFolder folder,
        FoundingPlan plan,
        TimeProvider time,
        out IReadOnlyList<Received> genesis
    )
    {
        var server = new KeyFolder(folder.Keys);
        var rootKeys = new KeyFolder(plan.RootKeys);
        var officerKeys = new KeyFolder(plan.OfficerKeys);
        using var log = server.CreateLog(plan.Origin);
        var authority = Enum.GetValues<KeyPurpose>()
            .Select(purpose => new AuthorityKey
            {
                Purpose = purpose,
                Key = Public(server, KeyFolder.FileOf(purpose)),
            })
            .ToList();
        var institutions = plan
            .Institutions.Select(one => new Institution
            {
                Name = one.Name,
                Title = one.Title,
                Officers =
                [
                    .. Enumerable
                        .Range(1, plan.OfficersEach)
                        .Select(n => new NamedKey
                        {
                            Name = SandboxKeys.OfficerName(n),
                            Key = Known(plan, officerKeys, SandboxKeys.Officer(one.Name, n)),
                        }),
                ],
            })
            .ToList();
        var roots = Enumerable
            .Range(1, plan.Roots)
            .Select(n => new NamedKey
            {
                Name = SandboxKeys.Root(n),
                Key = Known(plan, rootKeys, SandboxKeys.Root(n)),
            })
            .ToList();
        var act = GenesisOf(
            plan,
            Instant.From(time.GetUtcNow()),
            roots,
            institutions,
            authority,
            log
        );
        genesis =
        [
            .. roots
                .Take(plan.RootsNeeded)
                .Select(root =>
                {
                    using var key = rootKeys.Read(root.Name);
                    return Drafting.Compose(
                        act,
                        $"{plan.Origin}#{new Speaker.Root(root.Name)}",
                        key
                    );
                }),
        ];
        return new()
        {
            Origin = plan.Origin,
            VerifierKey = log.Verifier.ToString(),
            Sandbox = plan.Sandbox,
            Name = plan.Authority.Name,
            Predecessor = plan is { Predecessor: { } last, PredecessorKeys: { } keys }
                ? new(last.Origin, last.Size, [.. keys.Keys.Select(PublishedLogKey.Of)])
                : null,
        };
    }

    private static Genesis GenesisOf(
        FoundingPlan plan,
        Instant now,
        List<NamedKey> roots,
        List<Institution> institutions,
        List<AuthorityKey> authority,
        NoteSigner log
    ) =>
        new()
        {
            Authority = plan.Authority,
            Origin = plan.Origin,
            Sandbox = plan.Sandbox,
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = plan.RootsNeeded,
                Epoch = 0,
            },
            Roots = new() { T = plan.RootsNeeded, Keys = roots },
            FoundedAt = now,
            Predecessor = plan.Predecessor,
            KeySet = new()
            {
                Epoch = 1,
                Institutions = institutions,
                Permitters = [],
                AuthorityKeys = authority,
                LogKeys = [log.Verifier.ToString()],
                Thresholds = new()
                {
                    K = plan.InstitutionsNeeded,
                    KStop = plan.InstitutionsNeeded,
                    KLift = institutions.Count - plan.InstitutionsNeeded + 1,
                    Q = 0,
                    N = 0,
                    HeadAgeMaxSeconds = 14_400,
                    Lifetimes =
                    [
                        .. s_lifetimes.Select(one => new Lifetime
                        {
                            Class = one.Class,
                            Seconds = one.Seconds,
                        }),
                    ],
                },
            },
        };

    // The persons of the old log sign for the new one; none of its server's keys goes on.
    private static PublicKey Known(FoundingPlan plan, KeyFolder folder, string name)
    {
        if (plan.Predecessor is null || !folder.Has(name))
        {
            return Public(folder, name);
        }

        using var key = folder.Read(name);
        return key.PublicKey;
    }

    private static PublicKey Public(KeyFolder folder, string name)
    {
        using var key = folder.Create(name);
        return key.PublicKey;
    }
}
