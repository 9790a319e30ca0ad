using System.CommandLine;
using Concord.Authority.Foundation;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord init</c>: founds a real authority. The keys of roots and officers go to folders that
/// the operator names, never into the data folder; the server starts without them.
/// </summary>
internal static class InitVerb
{
    private static readonly Option<string?> s_origin = Values.Text(
        "--origin",
        "ORIGIN",
        "The log's name: a schemeless address that nobody else uses, such as "
            + "register.example.org/log"
    );

    private static readonly Option<string?> s_name = Values.Text(
        "--name",
        "NAME",
        "The authority's name as people know it"
    );

    private static readonly Option<string?> s_web = Values.WebOrigin(
        "--web",
        "Where people will reach it: people join by passkey there and nowhere else"
    );

    private static readonly Option<string?> s_country = Values.Text(
        "--country",
        "CC",
        "ISO 3166-1 alpha-2"
    );

    private static readonly Option<DirectoryInfo?> s_rootKeys = new("--root-keys")
    {
        HelpName = "DIR",
        Description = "Where the roots' keys are written, outside the data folder",
    };

    private static readonly Option<DirectoryInfo?> s_officerKeys = new("--officer-keys")
    {
        HelpName = "DIR",
        Description = "Where the officers' keys are written, outside the data folder",
    };

    private static readonly Option<string[]> s_institutions = new("--institution")
    {
        HelpName = "NAME=TITLE",
        Description = "An institution whose officers decide with those of others; repeat it",
    };

    private static readonly Option<DirectoryInfo?> s_succeed = new("--succeed")
    {
        HelpName = "OLD",
        Description =
            "What is left of the log that this one succeeds: a mirror or data folder. Keys of "
            + "roots and officers that lie in their folders are used again",
    };

    private static readonly Option<FileInfo?> s_last = new("--last")
    {
        HelpName = "CHECKPOINT",
        Description = "Its last witnessed checkpoint [default: OLD/witnessed]",
    };

    private static readonly Option<bool> s_unwitnessed = new("--unwitnessed")
    {
        Description = "It had no witnesses: take the checkpoint on the word of its key alone",
    };

    private static readonly Option<int> s_roots = Number("--roots", 3, "The number of roots");

    private static readonly Option<int> s_rootsNeeded = Number(
        "--roots-needed",
        2,
        "How many of them must sign: more than half"
    );

    private static readonly Option<int> s_officers = Number(
        "--officers",
        2,
        "The officers of each institution"
    );

    private static readonly Option<int> s_needed = Number(
        "--institutions-needed",
        2,
        "How many institutions decide together"
    );

    public static Command Create() =>
        new Command("init", "Found a real authority; its roots' and officers' keys stay elsewhere")
            .With(s_origin, s_web, s_name, s_country, s_rootKeys, s_officerKeys, s_institutions)
            .With(s_roots, s_rootsNeeded, s_officers, s_needed)
            .With(s_succeed, s_last, s_unwitnessed)
            .Does(InitAsync);

    private static async Task<ExitCode> InitAsync(Session session)
    {
        var words = session.Words;
        var old = words.GetValue(s_succeed) is { } left ? OldLog.Open(left.FullName) : null;
        var plan = new FoundingPlan
        {
            Origin = session.Need(s_origin),
            Web = words.GetValue(s_web),
            Authority = new() { Name = session.Need(s_name), Country = session.Need(s_country) },
            Sandbox = false,
            Predecessor = old?.Last(
                words.GetValue(s_last)?.FullName,
                words.GetValue(s_unwitnessed)
            ),
            PredecessorKeys = old?.Keys,
            Roots = words.GetValue(s_roots),
            RootsNeeded = words.GetValue(s_rootsNeeded),
            Institutions = Institutions(words.GetValue(s_institutions) ?? []),
            OfficersEach = words.GetValue(s_officers),
            InstitutionsNeeded = words.GetValue(s_needed),
            RootKeys = session.Need(s_rootKeys).FullName,
            OfficerKeys = session.Need(s_officerKeys).FullName,
        };
        try
        {
            var file = await Founding.InitAsync(
                session.Folder,
                plan,
                TimeProvider.System,
                session.Cancel
            );
            Say(session, file, plan);
            return ExitCode.Done;
        }
        catch (ArgumentException e)
        {
            // The platform appends the parameter's name, of which a caller knows nothing.
            throw new CommandFault(ExitCode.Usage, e.Message.Split(" (Parameter")[0]);
        }
    }

    private static void Say(Session session, AuthorityFile file, FoundingPlan plan)
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("origin", file.Origin);
            json.WriteString("verifier_key", file.VerifierKey);
            json.WriteString("data", session.Folder.Path);
            json.WriteString("root_keys", plan.RootKeys);
            json.WriteString("officer_keys", plan.OfficerKeys);
            json.WriteEndObject();
        });
        session.Terminal.Say($"[green]✓[/] [bold]{Markup.Escape(file.Name)}[/] is founded");
        session.Terminal.Fact("origin", Markup.Escape(file.Origin));
        session.Terminal.Fact(
            "web",
            Markup.Escape(
                file.Web ?? "none: nobody joins by passkey until authority.json names one as web"
            )
        );
        session.Terminal.Fact("vkey", Markup.Escape(file.VerifierKey));
        session.Terminal.Fact("data", Markup.Escape(session.Folder.Path));
        if (plan.Predecessor is { } before)
        {
            session.Terminal.Fact(
                "succeeds",
                Markup.Escape($"{before.Origin}, up to size {before.Size}")
            );
        }

        session.Terminal.Fact("roots", Markup.Escape(plan.RootKeys));
        session.Terminal.Fact("officers", Markup.Escape(plan.OfficerKeys));
        session.Terminal.Note(
            "  Give each root and officer its key and delete it here; the server needs none of "
                + "them. "
                + $"Start it with: concord up --data {session.Folder.Path}"
        );
    }

    private static List<(string, string)> Institutions(string[] words) =>
        words.Length == 0
            ? throw new CommandFault(
                ExitCode.Usage,
                "--institution is missing.",
                "Name the institutions that decide together: --institution regulator=\"Model "
                    + "Register Office\", and so on"
            )
            :
            [
                .. words.Select(word =>
                    word.Split('=', 2) is [{ Length: > 0 } name, var title]
                        ? (name, title)
                        : throw new CommandFault(
                            ExitCode.Usage,
                            $"'{word}' is not NAME=TITLE.",
                            "The name is lower-case letters, digits and hyphens; the title is "
                                + "for people."
                        )
                ),
            ];

    private static Option<int> Number(string name, int usual, string description) =>
        new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => usual,
        };
}
