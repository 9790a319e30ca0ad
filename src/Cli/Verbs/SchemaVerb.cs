using System.CommandLine;
using System.CommandLine.Completions;
using System.Xml.Linq;
using Concord.Acts;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary><c>concord schema</c>: what acts are asked to be, as JSON Schema.</summary>
internal static class SchemaVerb
{
    private static readonly Argument<string?> s_act = new("ACT")
    {
        HelpName = "ACT",
        Description = "The wire name, for example registry/register-model/1; without it, all names",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_part = new("--sealed-part")
    {
        Description = "The schema of the act's sealed part instead",
    };

    public static Command Create()
    {
        s_act.CompletionSources.Add(_ => ActTable.Rows.Select(row => new CompletionItem(row.Name)));
        return new Command(
            "schema",
            "Print what an act is asked to be (JSON Schema), or list the acts"
        )
            .With(s_act, s_part)
            .Does(session =>
            {
                if (session.Words.GetValue(s_act) is { } name)
                {
                    Show(session, Find(name));
                }
                else
                {
                    List(session.Terminal);
                }

                return Task.FromResult(ExitCode.Done);
            });
    }

    private static void Show(Session session, ActType type)
    {
        var documentation = Documentation();
        session.Terminal.Print(
            session.Words.GetValue(s_part)
                ? ActSchema.OfPart(type, documentation)
                    ?? throw new CommandFault(ExitCode.None, $"{type.Name} has no sealed part.")
                : ActSchema.Of(type, documentation)
        );
    }

    /// <summary>The documentation of the acts, which lies beside the program.</summary>
    private static XDocument? Documentation()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Concord.Acts.xml");
        return File.Exists(file) ? XDocument.Load(file) : null;
    }

    private static ActType Find(string name) =>
        ActTable.Rows.FirstOrDefault(row =>
            string.Equals(row.Name, name, StringComparison.Ordinal)
            || string.Equals(row.Name[..^2], name, StringComparison.Ordinal)
            || string.Equals(row.Record.Name, name, StringComparison.OrdinalIgnoreCase)
        )
        ?? throw new CommandFault(
            ExitCode.None,
            $"There is no act {name}.",
            "List them: concord schema"
        );

    private static void List(Terminal terminal)
    {
        terminal.Json(json =>
        {
            json.WriteStartArray();
            foreach (var row in ActTable.Rows)
            {
                json.WriteStartObject();
                json.WriteString("act", row.Name);
                json.WriteString("says", row.Says);
                json.WriteString("signed_by", row.SignedBy);
                json.WriteString("form", Values.WordOf(row.Form));
                json.WriteBoolean("joint", row.IsJoint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        if (terminal.IsJson)
        {
            return;
        }

        var table = new Table().Border(TableBorder.None);
        table.AddColumns("[grey]act[/]", "[grey]says[/]", "[grey]signed by[/]", "[grey]form[/]");
        foreach (var row in ActTable.Rows)
        {
            table.AddRow(
                row.Name,
                Markup.Escape(row.Says),
                Markup.Escape(row.SignedBy),
                Values.WordOf(row.Form) + (row.IsJoint ? ", joint" : "")
            );
        }

        terminal.Screen.Write(table);
    }
}
