using System.CommandLine;
using Concord.Acts;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary><c>concord schema</c>: what acts are asked to be, as JSON Schema.</summary>
internal static class SchemaVerb
{
    public static Command Create() =>
        new Command("schema", "List the acts").Does(session =>
        {
            List(session.Terminal);
            return Task.FromResult(ExitCode.Done);
        });

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
