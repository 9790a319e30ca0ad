using System.CommandLine;
using System.Text.Json;
using Concord.Acts;
using Concord.Cli.Monitoring;
using Concord.Ledger;
using Spectre.Console;

namespace Concord.Cli.Verbs;

/// <summary>
/// <c>concord verify</c>: checks a statement, its proof and its receipt without asking anybody.
/// </summary>
internal static class VerifyVerb
{
    private const string Unproven =
        "nothing is proven: give the signer's key (--signer), or put receipt or proof beside it "
        + "and name the log whose keys you trust";

    private static readonly Argument<string> s_file = new("FILE")
    {
        Description =
            "A statement, receipt or proof; what lies beside it is checked with it. Or a folder "
            + "of them, a signed refusal, slip of arrival or answer on standing",
    };

    private static readonly Option<string?> s_vkey = Values.Text(
        "--vkey",
        "KEY|FILE",
        "The log's verifier key [default: of the data folder's authority.json]"
    );

    private static readonly Option<FileInfo?> s_signer = new("--signer")
    {
        HelpName = "FILE",
        Description =
            "The signer's key (PEM), or the signed network/add-key that added it (.cose), as of a "
            + "passkey: checks the statement's own signature too",
    };

    private static readonly Option<FileInfo?> s_policy = new("--policy")
    {
        HelpName = "FILE",
        Description =
            "Which witnesses you trust, and how many of them (C2SP tlog-policy): checks who has "
            + "cosigned the proof too",
    };

    public static Command Create() =>
        new Command("verify", "Check statements, receipts and proofs offline")
            .With(s_file, s_vkey, s_signer, s_policy)
            .Does(VerifyAsync);

    private static async Task<ExitCode> VerifyAsync(Session session)
    {
        var file = session.Words.GetRequiredValue(s_file);
        if (session.Words.GetValue(s_policy) is not null && HasNoProof(file))
        {
            throw new CommandFault(
                ExitCode.Usage,
                $"--policy judges who has cosigned a proof, and {file} has none.",
                "Name a statement with its .tlog-proof beside it, or a folder of them."
            );
        }

        return file.EndsWith(ReceiptFiles.Standing, StringComparison.Ordinal)
                ? await VerifyStandingAsync(session, file)
            : file.EndsWith(ReceiptFiles.Refusal, StringComparison.Ordinal)
                ? VerifySigned(session, file, "refusal")
            : file.EndsWith(ReceiptFiles.Arrival, StringComparison.Ordinal)
                ? VerifySigned(session, file, "arrival")
            : ForkFolder.Is(file) ? VerifyFork(session, file)
            : Directory.Exists(file) ? VerifyAll(session, file)
            : VerifyOne(session, StemOf(file));
    }

    private static bool HasNoProof(string file) =>
        ForkFolder.Is(file)
        || Array.Exists(
            [ReceiptFiles.Standing, ReceiptFiles.Refusal, ReceiptFiles.Arrival],
            ending => file.EndsWith(ending, StringComparison.Ordinal)
        );

    private static async Task<ExitCode> VerifyStandingAsync(Session session, string file)
    {
        var check = new StandingCheck(session, TimeProvider.System);
        var (checks, body) = await check.CheckAsync(await File.ReadAllBytesAsync(file));
        return Say(session, "standing", checks, body);
    }

    private static ExitCode VerifySigned(Session session, string file, string what)
    {
        var checks = SignedAnswer.Check(session, file, what, out var payload);
        return Say(session, what, checks, payload);
    }

    private static ExitCode Say(
        Session session,
        string what,
        List<Finding> checks,
        ReadOnlyMemory<byte> payload
    )
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("checks");
            Write(json, checks);
            json.WritePropertyName(what);
            json.WriteRawValue(payload.Length > 0 ? payload.Span : "null"u8);
            json.WriteEndObject();
        });
        if (!session.Terminal.IsJson)
        {
            Say(session, checks);
            if (payload.Length > 0)
            {
                using var body = JsonDocument.Parse(payload);
                session.Terminal.Print(json => body.RootElement.WriteTo(json));
            }
        }

        return IsSo(checks) ? ExitCode.Done : ExitCode.NotSo;
    }

    /// <summary>Checks the proof that a log contradicted itself.</summary>
    private static ExitCode VerifyFork(Session session, string folder)
    {
        var key =
            session.Words.GetValue(s_vkey) is { } word && File.Exists(word)
                ? File.ReadAllText(word).Trim()
                : session.Words.GetValue(s_vkey);
        List<Finding> checks = [.. ForkFolder.Check(folder, key)];
        Say(session, checks);
        return IsSo(checks) ? ExitCode.Done : ExitCode.NotSo;
    }

    /// <summary>Checks every statement of a folder; a line for each.</summary>
    private static ExitCode VerifyAll(Session session, string folder)
    {
        var beside = Beside(session);
        var all = Directory
            .EnumerateFiles(folder, "*" + ReceiptFiles.Statement)
            .Select(StemOf)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(stem => (Stem: stem, Checks: CheckFile(beside, stem)))
            .ToList();
        if (all.Count == 0)
        {
            throw new CommandFault(
                ExitCode.None,
                $"There is no statement in {folder}.",
                $"Statements end in {ReceiptFiles.Statement}, with receipt and proof beside them."
            );
        }

        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("verified", all.TrueForAll(one => IsSo(one.Checks)));
            json.WriteStartObject("statements");
            foreach (var (stem, checks) in all)
            {
                json.WritePropertyName(Path.GetFileName(stem));
                Write(json, checks);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
        foreach (var (stem, checks) in all)
        {
            var name = Markup.Escape(Path.GetFileName(stem));
            var fault = checks.FirstOrDefault(check => check.IsSo is false);
            session.Terminal.Say(
                fault is not null ? $"[red]✗[/] {name}  {fault.What}: {Markup.Escape(fault.Says)}"
                : !IsSo(checks) ? $"[red]✗[/] {name}  {Unproven}"
                : $"[green]✓[/] {name}  "
                    + string.Join(
                        ", ",
                        checks.Where(check => check.IsSo is true).Select(check => check.What)
                    )
            );
        }

        var unjudged = all.Exists(one =>
            one.Checks.Exists(check =>
                string.Equals(check.Says, CosignatureCheck.NotJudged, StringComparison.Ordinal)
            )
        );
        if (unjudged)
        {
            session.Terminal.Note($"  {CosignatureCheck.What} {CosignatureCheck.NotJudged}");
        }

        return all.TrueForAll(one => IsSo(one.Checks)) ? ExitCode.Done : ExitCode.NotSo;
    }

    // Nothing may be wrong, and something must have been proven by a key: what has the right shape
    // alone is not verified.
    private static bool IsSo(List<Finding> checks) =>
        checks.TrueForAll(check => check.IsSo is not false)
        && checks.Exists(check =>
            check is { IsSo: true, What: "signature" or "proof" or "receipt" or "fork" }
        );

    private static BesideStatement Beside(Session session) =>
        new(
            session,
            session.Words.GetValue(s_vkey),
            session.Words.GetValue(s_signer),
            CosignatureCheck.Read(session.Words.GetValue(s_policy))
        );

    private static List<Finding> CheckFile(BesideStatement beside, string stem)
    {
        var file = stem + ReceiptFiles.Statement;
        return File.Exists(file)
            ? [.. beside.Check(stem, File.ReadAllBytes(file))]
            : [new("statement", false, $"there is no {Path.GetFileName(file)}")];
    }

    private static ExitCode VerifyOne(Session session, string stem)
    {
        var statementFile = stem + ReceiptFiles.Statement;
        if (!File.Exists(statementFile))
        {
            throw new CommandFault(
                ExitCode.None,
                $"There is no statement {statementFile}.",
                "Statement, receipt and proof lie side by side under one name; fetch a statement "
                    + "from /acts/ID/statement."
            );
        }

        var checks = Beside(session).Check(stem, File.ReadAllBytes(statementFile)).ToList();
        Say(session, checks);
        return IsSo(checks) ? ExitCode.Done : ExitCode.NotSo;
    }

    private static string StemOf(string file)
    {
        string[] endings =
        [
            ReceiptFiles.Receipt,
            ReceiptFiles.Proof,
            ReceiptFiles.Act,
            ReceiptFiles.SealedPart,
            ReceiptFiles.Statement,
        ];
        var ending = endings.FirstOrDefault(one => file.EndsWith(one, StringComparison.Ordinal));
        return ending is null ? file : file[..^ending.Length];
    }

    private static void Say(Session session, List<Finding> checks)
    {
        session.Terminal.Json(json => Write(json, checks));
        foreach (var check in checks)
        {
            var mark = check.IsSo switch
            {
                true => "[green]✓[/]",
                false => "[red]✗[/]",
                _ => "[grey]–[/]",
            };
            session.Terminal.Say($"{mark} {check.What, -10} {Markup.Escape(check.Says)}");
        }

        if (!IsSo(checks) && checks.TrueForAll(check => check.IsSo is not false))
        {
            session.Terminal.Say($"[red]✗[/] {Unproven}.");
        }
    }

    private static void Write(Utf8JsonWriter json, List<Finding> checks)
    {
        json.WriteStartObject();
        json.WriteBoolean("verified", IsSo(checks));
        json.WriteStartObject("checks");
        foreach (var check in checks)
        {
            json.WriteStartObject(check.What);
            json.WriteString(
                "result",
                check.IsSo switch
                {
                    true => "ok",
                    false => "failed",
                    _ => "not_checked",
                }
            );
            json.WriteString("says", check.Says);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
