using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;
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

        RefuseUsed(folder);
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

    /// <summary>
    /// Makes the server's keys and writes the genesis that roots sign elsewhere; nothing is founded
    /// yet.
    /// </summary>
    /// <param name="folder">The data folder, which must hold nothing.</param>
    /// <param name="draft">What it is founded with.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">Something is there already.</exception>
    public static Genesis Draft(DataFolder folder, FoundingDraft draft, TimeProvider time)
    {
        RefuseUsed(folder);
        folder.Create();
        var server = new KeyFolder(folder.Keys);
        using var log = server.CreateLog(draft.Origin);
        return GenesisOf(draft, Instant.From(time.GetUtcNow()), KeysOf(server), log);
    }

    /// <summary>Founds the log of a genesis that roots have signed elsewhere.</summary>
    /// <param name="folder">The data folder in which it was drafted.</param>
    /// <param name="signatures">The statements of t roots.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="InvalidDataException">They are not what founds a log; nothing is written.
    /// </exception>
    /// <exception cref="IOException">It is founded already.</exception>
    public static async Task<AuthorityFile> FoundAsync(
        DataFolder folder,
        IReadOnlyList<Received> signatures,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        if (folder.IsFounded || Directory.Exists(folder.Log))
        {
            throw new IOException($"{folder.Path} holds a log already.");
        }

        var genesis = Judge(signatures);
        using var log = new KeyFolder(folder.Keys).ReadLog(genesis.Origin);
        if (!genesis.KeySet.LogKeys.Contains(log.Verifier.ToString(), StringComparer.Ordinal))
        {
            throw new InvalidDataException(
                $"The genesis names another log key than the one in {folder.Keys}: it was drafted "
                    + "in another folder."
            );
        }

        var file = new AuthorityFile
        {
            Origin = genesis.Origin,
            VerifierKey = log.Verifier.ToString(),
            Sandbox = genesis.Sandbox,
            Name = genesis.Authority.Name,
        };
        var options = new RunningOptions { Time = time };
        await using (var running = await RunningAuthority.OpenAsync(folder, file, options, cancel))
        {
            await running.Intake.FoundAsync([.. signatures.Take(genesis.Roots.T)], cancel);
        }

        file.Write(folder);
        return file;
    }

    // All of it before anything is written: a folder in which a founding broke off is of no use.
    private static Genesis Judge(IReadOnlyList<Received> signatures)
    {
        var world = World.Empty;
        foreach (var one in signatures.TakeWhile(_ => !world.Network.IsFounded))
        {
            if (!Opening.TryOpen(one, _ => null, out var signed, out var fault))
            {
                throw new InvalidDataException($"A signature is none: {fault.Detail}");
            }

            world = Law.Judge(world, signed) switch
            {
                Verdict.Admitted admitted => world.Fold(admitted.Act.At(world.Size)),
                Verdict.Refused { Refusal: var refusal } => throw new InvalidDataException(
                    $"{refusal.Rule} {refusal.Detail}"
                ),
                _ => throw new InvalidDataException("One root's signature stands there twice."),
            };
        }

        return world.Network.Genesis
            ?? throw new InvalidDataException(
                $"{signatures.Count} signatures do not found a log: as many roots sign as it says."
            );
    }

    private static void RefuseUsed(DataFolder folder)
    {
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
        var authority = KeysOf(server);
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
        var draft = new FoundingDraft
        {
            Origin = plan.Origin,
            Authority = plan.Authority,
            Sandbox = plan.Sandbox,
            Predecessor = plan.Predecessor,
            Roots = new() { T = plan.RootsNeeded, Keys = roots },
            Institutions = institutions,
            InstitutionsNeeded = plan.InstitutionsNeeded,
        };
        var act = GenesisOf(draft, Instant.From(time.GetUtcNow()), authority, log);
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
            Web = plan.Web,
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
        FoundingDraft draft,
        Instant now,
        List<AuthorityKey> authority,
        NoteSigner log
    ) =>
        new()
        {
            Authority = draft.Authority,
            Origin = draft.Origin,
            Sandbox = draft.Sandbox,
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = draft.Roots.T,
                Epoch = 0,
            },
            Roots = draft.Roots,
            FoundedAt = now,
            Predecessor = draft.Predecessor,
            KeySet = new()
            {
                Epoch = 1,
                Institutions = draft.Institutions,
                Permitters = [],
                AuthorityKeys = authority,
                LogKeys = [log.Verifier.ToString()],
                Thresholds = new()
                {
                    K = draft.InstitutionsNeeded,
                    KStop = draft.InstitutionsNeeded,
                    KLift = draft.Institutions.Count - draft.InstitutionsNeeded + 1,
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

    private static List<AuthorityKey> KeysOf(KeyFolder server) =>
        [
            .. Enum.GetValues<KeyPurpose>()
                .Select(purpose => new AuthorityKey
                {
                    Purpose = purpose,
                    Key = Public(server, KeyFolder.FileOf(purpose)),
                }),
        ];

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
