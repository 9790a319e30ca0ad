using System.CommandLine;
using System.Globalization;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms.Network;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord key rotate</c> and <c>retire</c>: the two steps in which a key of the authority
/// takes over from another. Each writes a key set for the roots to sign; between them both are in
/// force.
/// </summary>
internal static class KeyRotation
{
    private static readonly string[] s_purposes =
    [
        .. KeyFolder.OfServer.Order(StringComparer.Ordinal),
    ];

    private static readonly Argument<string[]> s_purpose = new("PURPOSE")
    {
        Description = $"What the key is for: {string.Join(", ", s_purposes)}; several",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<FileInfo?> s_to = new("--to")
    {
        HelpName = "FILE",
        Description = "Where the key set is written [default: key-set-EPOCH.json]",
    };

    private static readonly Option<bool> s_atOnce = new("--at-once")
    {
        Description = "Let the old key go in the same step: it is in other hands",
    };

    public static Command Rotate() =>
        new Command("rotate", "Make the next key of a purpose, and the key set that names it too")
            .With(s_purpose, s_atOnce, s_to)
            .Does(session => DraftAsync(session, isRotation: true));

    public static Command Retire() =>
        new Command("retire", "Make the key set that lets the older of two keys go")
            .With(s_purpose, s_to)
            .Does(session => DraftAsync(session, isRotation: false));

    private static async Task<ExitCode> DraftAsync(Session session, bool isRotation)
    {
        var chain = ChainOf(session);
        var last = chain.Sets.Last!;
        var body = chain.Next!;
        foreach (var purpose in session.Words.GetRequiredValue(s_purpose))
        {
            body = s_purposes.Contains(purpose, StringComparer.Ordinal)
                ? Change(session, body, purpose, isRotation)
                : throw new CommandFault(
                    ExitCode.Usage,
                    $"{purpose} is no purpose of a key.",
                    $"Name some of {string.Join(", ", s_purposes)}."
                );
        }

        var act = new KeySet
        {
            Joint = new()
            {
                Kind = JointKind.Roots,
                K = chain.RootsNeeded,
                Epoch = last.Body.Epoch,
            },
            Previous = last.ActDigest,
            Body = body,
        };
        var file =
            session.Words.GetValue(s_to)?.FullName
            ?? string.Create(CultureInfo.InvariantCulture, $"key-set-{act.Body.Epoch}.json");
        var draft = Composition.Of(act);
        await File.WriteAllBytesAsync(file, ActJson.Write(act).ToArray(), session.Cancel);
        Say(session, draft, file, chain.RootsNeeded, isRotation);
        return ExitCode.Done;
    }

    internal static KeySetChain ChainOf(Session session)
    {
        using var log = LocalLog.Open(session);
        var chain = KeySetChain.Of(log.Store.ReadEntries(0, log.Size));
        return chain.Sets.Last is not null
            ? chain
            : throw new CommandFault(
                ExitCode.Damaged,
                $"The log in {session.Folder.Path} has no genesis that its roots have signed.",
                "Look at it: concord fsck --data " + session.Folder.Path
            );
    }

    private static KeySetBody Change(
        Session session,
        KeySetBody body,
        string purpose,
        bool isRotation
    )
    {
        var folder = new KeyFolder(session.Folder.Keys);
        if (string.Equals(purpose, KeyFolder.Log, StringComparison.Ordinal))
        {
            var log = new Held<string>(
                body.LogKeys,
                name => VerifierOf(folder.ReadLog(session.File.Origin, name)),
                name => VerifierOf(folder.CreateLog(session.File.Origin, name))
            );
            return body with { LogKeys = Change(session, folder, purpose, log, isRotation) };
        }

        var others = body.AuthorityKeys.ToLookup(key =>
            string.Equals(KeyFolder.FileOf(key.Purpose), purpose, StringComparison.Ordinal)
        );
        var keys = new Held<PublicKey>(
            [.. others[true].Select(key => key.Key)],
            name => PublicOf(folder.Read(name)),
            name => PublicOf(folder.Create(name))
        );
        var of = Enum.GetValues<KeyPurpose>()
            .First(one => string.Equals(KeyFolder.FileOf(one), purpose, StringComparison.Ordinal));
        return body with
        {
            AuthorityKeys =
            [
                .. others[false],
                .. Change(session, folder, purpose, keys, isRotation)
                    .Select(key => new AuthorityKey { Purpose = of, Key = key }),
            ],
        };
    }

    private static IReadOnlyList<T> Change<T>(
        Session session,
        KeyFolder folder,
        string purpose,
        Held<T> keys,
        bool isRotation
    )
        where T : IEquatable<T> =>
        isRotation
            ? WithNext(session, folder, purpose, keys)
            : WithoutOldest(folder, purpose, keys);

    private static IReadOnlyList<T> WithNext<T>(
        Session session,
        KeyFolder folder,
        string purpose,
        Held<T> keys
    )
        where T : IEquatable<T>
    {
        if (keys.Named.Count > 1)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"Two {purpose} keys are named already: one takes over from the other.",
                $"Let the older go first: concord key retire {purpose}"
            );
        }

        // What an earlier run made and no root has signed for is not made twice.
        var isMade =
            folder.NamesOf(purpose) is [.., var last] && !keys.Named.Contains(keys.Read(last));
        var name = isMade ? folder.NamesOf(purpose)[^1] : folder.NextOf(purpose);
        var next = isMade ? keys.Read(name) : keys.Make(name);
        session.Terminal.Fact(
            purpose,
            Markup.Escape(folder.File(name)) + (isMade ? ", made before" : "")
        );
        return session.Words.GetValue(s_atOnce) ? [next] : [.. keys.Named, next];
    }

    private static IReadOnlyList<T> WithoutOldest<T>(KeyFolder folder, string purpose, Held<T> keys)
        where T : IEquatable<T>
    {
        if (keys.Named.Count < 2)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"One {purpose} key is named, and none is there to go on after it.",
                $"Have another take over first: concord key rotate {purpose}"
            );
        }

        IReadOnlyList<T> left = [.. keys.Named.Skip(1)];
        return folder.NamesOf(purpose).Any(name => left.Contains(keys.Read(name)))
            ? left
            : throw new CommandFault(
                ExitCode.NotSo,
                $"The {purpose} key that would go on is not in {folder.Path}.",
                "Put its file there: the server could sign nothing without it."
            );
    }

    private static string VerifierOf(NoteSigner key)
    {
        using (key)
        {
            return key.Verifier.ToString();
        }
    }

    private static PublicKey PublicOf(StatementSigner key)
    {
        using (key)
        {
            return key.PublicKey;
        }
    }

    private static void Say(
        Session session,
        Composition draft,
        string file,
        int roots,
        bool isRotation
    )
    {
        var terminal = session.Terminal;
        terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteString("digest", draft.Digest.ToString());
            json.WriteNumber("roots_needed", roots);
            json.WriteEndObject();
        });
        terminal.Say($"[green]✓[/] {Markup.Escape(file)} is a key set for {roots} roots to sign");
        terminal.Fact("digest", draft.Digest.ToString());
        terminal.Note($"  The first root: concord propose {file} --key ROOT.pem");
        terminal.Note("  The next:       concord sign A-… --key ROOT.pem");
        terminal.Note(
            isRotation
                ? "  The server goes on by itself. Tell witnesses, and whoever pinned a key, of "
                    + "the new one; then let the old one go: concord key retire"
                : "  When it is in force, take the old file out of the key folder and destroy it."
        );
    }

    /// <summary>The keys of a purpose, as the key set names them and as they lie in the folder.
    /// </summary>
    private sealed record Held<T>(
        IReadOnlyList<T> Named,
        Func<string, T> Read,
        Func<string, T> Make
    );
}
