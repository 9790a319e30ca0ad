using System.CommandLine;
using System.Globalization;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Cli.Ceremonies;
using Concord.Ledger;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord ceremony genesis</c> and <c>key-set</c>: write what roots sign, from the public
/// halves that were carried to this machine.
/// </summary>
internal static class CeremonyDrafts
{
    private const string DefaultGenesis = "genesis.json";

    private static readonly Option<string?> s_origin = Values.Text(
        "--origin",
        "ORIGIN",
        "The log's name: a schemeless address that nobody else uses"
    );

    private static readonly Option<string?> s_authority = Values.Text(
        "--name",
        "NAME",
        "The authority's name as people know it"
    );

    private static readonly Option<string?> s_country = Values.Text(
        "--country",
        "CC",
        "ISO 3166-1 alpha-2"
    );

    private static readonly Option<FileInfo[]> s_roots = new("--root")
    {
        HelpName = "FILE",
        Description = "A root's public half; repeat it",
    };

    private static readonly Option<int> s_rootsNeeded = Number(
        "--roots-needed",
        "How many roots sign: more than half"
    );

    private static readonly Option<int> s_needed = Number(
        "--institutions-needed",
        "How many institutions decide together"
    );

    private static readonly Option<string[]> s_institutions = Values.Texts(
        "--institution",
        "NAME=TITLE",
        "An institution whose officers decide with those of others; repeat it"
    );

    private static readonly Option<string[]> s_officers = Values.Texts(
        "--officer",
        "INSTITUTION=FILE",
        "An officer's public half, and of which institution; repeat it"
    );

    private static readonly Option<string[]> s_without = Values.Texts(
        "--without",
        "KEY",
        "The thumbprint of an officer's key that is named no more; repeat it"
    );

    private static readonly Option<FileInfo?> s_to = new("--to")
    {
        HelpName = "FILE",
        Description = "Where it is written [default: genesis.json, key-set-EPOCH.json]",
    };

    public static Command Genesis() =>
        new Command("genesis", "Make the server's keys, and the genesis that roots sign elsewhere")
            .With(s_origin, s_authority, s_country, s_roots, s_rootsNeeded)
            .With(s_institutions, s_officers, s_needed, s_to)
            .Does(GenesisAsync);

    public static Command KeySet() =>
        new Command("key-set", "Write the next key set: officers come and go")
            .With(s_officers, s_without, s_to)
            .Does(KeySetAsync);

    private static Task<ExitCode> GenesisAsync(Session session)
    {
        var words = session.Words;
        var transcript = CeremonyVerb.TranscriptOf(session);
        var officers = Officers(session);
        var institutions = (words.GetValue(s_institutions) ?? [])
            .Select(word => Pair(word, "--institution", "NAME=TITLE"))
            .Select(pair => new Institution
            {
                Name = pair.Name,
                Title = pair.Value,
                Officers = [.. officers[pair.Name]],
            })
            .ToList();
        RefuseStrangers(officers, institutions);
        var draft = new FoundingDraft
        {
            Origin = session.Need(s_origin),
            Authority = new()
            {
                Name = session.Need(s_authority),
                Country = session.Need(s_country),
            },
            Roots = new()
            {
                T = words.GetValue(s_rootsNeeded),
                Keys =
                [
                    .. (words.GetValue(s_roots) ?? []).Select(one => PublicHalf.Read($"{one}")),
                ],
            },
            Institutions = institutions,
            InstitutionsNeeded = words.GetValue(s_needed),
        };
        var file = words.GetValue(s_to)?.ToString() ?? DefaultGenesis;
        RefuseUsed(file);
        return WriteAsync(
            session,
            transcript,
            Founding.Draft(session.Folder, draft, TimeProvider.System),
            file
        );
    }

    private static Task<ExitCode> KeySetAsync(Session session)
    {
        var transcript = CeremonyVerb.TranscriptOf(session);
        var act = NextKeySet(
            session,
            Officers(session),
            (session.Words.GetValue(s_without) ?? []).ToHashSet(StringComparer.Ordinal)
        );
        var file =
            session.Words.GetValue(s_to)?.ToString()
            ?? string.Create(CultureInfo.InvariantCulture, $"key-set-{act.Body.Epoch}.json");
        RefuseUsed(file);
        return WriteAsync(session, transcript, act, file);
    }

    /// <summary>The key set that follows, with officers who come and without who leave.</summary>
    /// <param name="session">The session, with the data folder.</param>
    /// <param name="officers">Who comes, by the name of the institution.</param>
    /// <param name="without">The thumbprints of the keys of who leaves.</param>
    internal static KeySet NextKeySet(
        Session session,
        ILookup<string, NamedKey> officers,
        HashSet<string> without
    )
    {
        var chain = KeyRotation.ChainOf(session);
        var last = chain.Sets.Last!;
        RefuseStrangers(officers, chain.Next!.Institutions);
        var known = last.Body.Institutions.SelectMany(one => one.Officers);
        if (without.FirstOrDefault(key => !known.Any(one => Is(one, key))) is { } unknown)
        {
            throw new CommandFault(
                ExitCode.None,
                $"No officer of the key set in force has the key {unknown}.",
                "The page of the authority shows their thumbprints: 64 hexadecimal digits."
            );
        }

        return new()
        {
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = chain.RootsNeeded,
                Epoch = last.Body.Epoch,
            },
            Previous = last.ActDigest,
            Body = chain.Next! with
            {
                Institutions =
                [
                    .. chain.Next!.Institutions.Select(one =>
                        one with
                        {
                            Officers =
                            [
                                .. one.Officers.Where(officer =>
                                    !without.Contains(officer.Key.Id.ToString())
                                ),
                                .. officers[one.Name],
                            ],
                        }
                    ),
                ],
            },
        };
    }

    private static bool Is(NamedKey officer, string key) =>
        string.Equals(officer.Key.Id.ToString(), key, StringComparison.Ordinal);

    private static async Task<ExitCode> WriteAsync(
        Session session,
        Transcript transcript,
        JointAct act,
        string file
    )
    {
        var draft = Composition.Of(act);
        // Read back as it will be read where it is signed: what no reader takes is not carried.
        _ = Composition.Of(ActJson.Write(act), file);
        await File.WriteAllBytesAsync(file, ActJson.Write(act).ToArray(), session.Cancel);
        var link = transcript.Add(
            $"{draft.Type.Name} is drafted",
            ("file", Path.GetFileName(file)),
            ("act", draft.Digest.ToString()),
            ("aloud", Fingerprint.Of(draft.Digest))
        );
        CeremonyVerb.Say(
            session,
            $"{file} is {draft.Type.Name}, for {act.Joint.K} roots to sign",
            link,
            ("act", draft.Digest.ToString()),
            ("aloud", Fingerprint.Of(draft.Digest))
        );
        return ExitCode.Done;
    }

    private static ILookup<string, NamedKey> Officers(Session session) =>
        Officers(session.Words.GetValue(s_officers) ?? [], "--officer");

    /// <summary>Officers' public halves, each named as INSTITUTION=FILE.</summary>
    internal static ILookup<string, NamedKey> Officers(IEnumerable<string> words, string option) =>
        words
            .Select(word => Pair(word, option, "INSTITUTION=FILE"))
            .ToLookup(
                pair => pair.Name,
                pair => PublicHalf.Read(pair.Value),
                StringComparer.Ordinal
            );

    private static void RefuseStrangers(
        ILookup<string, NamedKey> officers,
        IReadOnlyList<Institution> institutions
    )
    {
        var names = institutions.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        if (officers.FirstOrDefault(one => !names.Contains(one.Key)) is { Key: var stranger })
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"There is no institution {stranger}.",
                $"There are: {string.Join(", ", names)}."
            );
        }
    }

    private static void RefuseUsed(string file)
    {
        if (File.Exists(file))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"{file} is there already.",
                "Name another with --to FILE; what somebody may have signed is not overwritten."
            );
        }
    }

    private static (string Name, string Value) Pair(string word, string option, string form) =>
        word.Split('=', 2) is [{ Length: > 0 } name, var value]
            ? (name, value)
            : throw new CommandFault(
                ExitCode.Usage,
                $"'{word}' is not {form}.",
                $"Write {option} {form}."
            );

    private static Option<int> Number(string name, string description) =>
        new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => 2,
        };
}
