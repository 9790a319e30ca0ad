using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord bulk</c>: files every act of a file, a line each; with <c>--dry-run</c> says what
/// each would be told. It can be interrupted and said again: nothing is filed twice.
/// </summary>
internal static class BulkVerb
{
    private const int RowsTogether = 500;
    private const int RowsJudged = 10_000;
    private const int BytesTogether = 16 << 20;
    private const int FaultsSaid = 20;
    private const string FiledBefore = "filed-before";

    private static readonly Argument<FileInfo> s_file = new("ACTS.jsonl")
    {
        Description =
            "An act on each line, or {\"act\": …, \"sealed_part\": …}; or a table (.csv) whose "
            + "first row names the members, such as training.state. `concord schema ACT` prints "
            + "what is asked",
    };

    private static readonly Option<string?> s_passkey = Values.Text(
        "--passkey",
        "THUMBPRINT",
        "Print the root that this passkey signs for all rows at once, to be compared with what a "
            + "page shows, and file nothing"
    );

    public static Command Create() =>
        new Command("bulk", "File many acts out of a file; nothing twice")
            .With(s_file, Shared.Key, Shared.Dry, s_passkey)
            .Does(BulkAsync);

    private static async Task<ExitCode> BulkAsync(Session session)
    {
        var file = session.Words.GetRequiredValue(s_file).FullName;
        var (count, unread) = (0, new List<(int Line, Composition? Act, CommandFault? Fault)>());
        foreach (var row in BulkRows.Read(file))
        {
            count++;
            if (row.Fault is not null)
            {
                unread.Add(row);
            }
        }

        if (unread.Count > 0)
        {
            return Unread(session, unread);
        }

        using var client = session.Connect();
        if (session.Words.GetValue(s_passkey) is { } passkey)
        {
            return await BatchRoot.SayAsync(
                session,
                client,
                passkey,
                BulkRows.Read(file).Select(Again)
            );
        }

        using var signatory = await Signatory.OneAsync(session, client);
        // Read once more while it is filed, so that a large file is never in memory whole.
        var acts = BulkRows.Read(file).Select(row => new Row(row.Line, Again(row)));
        var run = new Run(session, client, signatory, file);
        return await session.Terminal.WatchAsync(
            session.Words.GetValue(Shared.Dry) ? "Judging" : "Filing",
            progress => run.GoAsync(acts, count, progress)
        );
    }

    private static Composition Again((int Line, Composition? Act, CommandFault? Fault) row) =>
        row.Act
        ?? throw new CommandFault(
            ExitCode.NotSo,
            $"The file was changed while it was filed: {row.Fault!.Message}",
            "Say the same again: what was filed is not filed twice."
        );

    // Nothing is filed of a file of which something cannot be.
    private static ExitCode Unread(
        Session session,
        List<(int Line, Composition? Act, CommandFault? Fault)> unread
    )
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("rows");
            foreach (var (line, _, fault) in unread)
            {
                json.WriteStartObject();
                json.WriteNumber("line", line);
                json.WriteString("verdict", "unreadable");
                json.WriteString("says", Says(fault!));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        foreach (var (line, _, fault) in unread.Take(FaultsSaid))
        {
            session.Terminal.Say($"[red]✗[/] line {line}  {Markup.Escape(Says(fault!))}");
        }

        session.Terminal.Say($"{unread.Count} lines are no acts; nothing was filed.");
        return ExitCode.NotSo;
    }

    private static string Says(CommandFault fault) =>
        string.Join(
            "; ",
            fault.Details.Select(one => $"{one.Item1} {one.Item2}").Prepend(fault.Message)
        );

    private sealed record Row(int Line, Composition Act);

    private sealed class Run(
        Session session,
        AuthorityClient client,
        Signatory signatory,
        string file
    )
    {
        private readonly Dictionary<string, int> _verdicts = new(StringComparer.Ordinal);
        private readonly List<(int Line, JsonElement Answer)> _wrong = [];

        public async Task<ExitCode> GoAsync(
            IEnumerable<Row> rows,
            int count,
            IProgress<(long, long)> progress
        )
        {
            var isDry = session.Words.GetValue(Shared.Dry);
            using var journal = isDry ? null : BulkJournal.Open(file + ".filed");
            var done = 0;
            // A dry run judges a row as if those before it in its request were logged.
            foreach (var some in Together(Left(rows, journal), isDry ? RowsJudged : RowsTogether))
            {
                await SendAsync(some, journal, isDry);
                done += some.Length;
                progress.Report((_verdicts.GetValueOrDefault(FiledBefore) + done, count));
            }

            Say(count);
            return _wrong.Count == 0 ? ExitCode.Done : ExitCode.Refused;
        }

        private IEnumerable<Row> Left(IEnumerable<Row> rows, BulkJournal? journal)
        {
            foreach (var row in rows)
            {
                if (journal?.Filed.Contains(row.Act.Digest) == true)
                {
                    Count(FiledBefore, 1);
                }
                else
                {
                    yield return row;
                }
            }
        }

        private static IEnumerable<Row[]> Together(IEnumerable<Row> rows, int most)
        {
            var some = new List<Row>();
            var bytes = 0;
            foreach (var row in rows)
            {
                var size = row.Act.Bytes.Length + (row.Act.SealedPart?.Length ?? 0);
                if (some.Count == most || (bytes + size > BytesTogether && some.Count > 0))
                {
                    yield return [.. some];
                    some.Clear();
                    bytes = 0;
                }

                some.Add(row);
                bytes += size;
            }

            if (some.Count > 0)
            {
                yield return [.. some];
            }
        }

        private async Task SendAsync(Row[] rows, BulkJournal? journal, bool isDry)
        {
            var signed = rows.Select(row => row.Act.Sign(signatory)).ToArray();
            var answers = await client.BulkAsync(signed, isDry, session.Cancel);
            foreach (var answer in answers)
            {
                var place = answer.GetProperty("row").GetInt32() - 1;
                var verdict = answer.GetProperty("verdict").GetString()!;
                Count(verdict, 1);
                if (answer.TryGetProperty("problem", out var problem))
                {
                    _wrong.Add((rows[place].Line, problem.Clone()));
                }
                else
                {
                    journal?.Add(rows[place].Act.Digest, signed[place].Statement, answer);
                }
            }

            journal?.Flush();
            if (answers.Count < rows.Length)
            {
                throw new CommandFault(
                    ExitCode.Unavailable,
                    $"The authority answered {answers.Count} of {rows.Length} rows.",
                    "Say the same again: what was filed is not filed twice."
                );
            }
        }

        private void Count(string verdict, int count) =>
            _verdicts[verdict] = _verdicts.GetValueOrDefault(verdict) + count;

        private void Say(int rows)
        {
            session.Terminal.Json(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("rows", rows);
                foreach (var (verdict, count) in _verdicts.Where(one => one.Value > 0))
                {
                    json.WriteNumber(verdict, count);
                }

                json.WriteStartArray("wrong");
                foreach (var (line, problem) in _wrong)
                {
                    json.WriteStartObject();
                    json.WriteNumber("line", line);
                    json.WritePropertyName("problem");
                    problem.WriteTo(json);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
            foreach (var (line, problem) in _wrong.Take(FaultsSaid))
            {
                var detail = Markup.Escape(problem.GetProperty("detail").GetString() ?? "");
                session.Terminal.Say($"[red]✗[/] line {line}  {detail}");
            }

            foreach (var (verdict, count) in _verdicts.Where(one => one.Value > 0))
            {
                session.Terminal.Fact(verdict, $"{count} of {rows} rows");
            }
        }
    }
}
