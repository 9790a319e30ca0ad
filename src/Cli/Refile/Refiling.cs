using Concord.Acts;
using Spectre.Console;

namespace Concord.Cli.Refile;

/// <summary>One run over what was kept: files what can be, and says of the rest why not.</summary>
internal sealed class Refiling(
    Session session,
    AuthorityClient client,
    Signatory signatory,
    OldLog old,
    RefileJournal journal,
    Recomposing composing
)
{
    private readonly List<Done> _done = [];
    private readonly string? _party = old.PartyOf(signatory.Key.PublicKey);

    /// <summary>Takes the next one, in the order of the old log.</summary>
    public async Task TakeAsync(KeptAct one)
    {
        try
        {
            Ask(one);
            _done.Add(
                journal.Ids.Find(new ActId(one.Index).ToString()) is { } before
                    ? new(one.Name) { Now = before }
                    : await FileAsync(one)
            );
        }
        // Where nobody answers, none of the others is taken either.
        catch (CommandFault fault) when (fault.Code != ExitCode.Unavailable)
        {
            _done.Add(new(one.Name) { Why = WhyOf(fault) });
        }
    }

    /// <summary>Says what became of all.</summary>
    public ExitCode Say()
    {
        session.Terminal.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("acts");
            foreach (var one in _done)
            {
                json.WriteStartObject();
                json.WriteString("old", one.Old);
                json.WriteString("new", one.Now);
                json.WriteString("why", one.Why);
                json.WriteString("joint", one.Joint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        foreach (var one in _done)
        {
            session.Terminal.Say(
                one.Now is null
                    ? $"[red]✗[/] {Markup.Escape(one.Old)}  {Markup.Escape(one.Why ?? "")}"
                    : $"[green]✓[/] {Markup.Escape(one.Old)}  is [bold]{one.Now}[/] now"
            );
            if (one.Joint is { } joint)
            {
                session.Terminal.Note("  " + joint);
            }
        }

        return _done.TrueForAll(one => one.Now is not null) ? ExitCode.Done : ExitCode.NotSo;
    }

    private void Ask(KeptAct one)
    {
        if (one.Fault is { } fault)
        {
            throw new CommandFault(ExitCode.NotSo, fault);
        }

        // Nobody files in their own name what another has signed.
        if (!one.Statement.Verify(signatory.Key.PublicKey, out _))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                "another key has signed it",
                "file it anew with that one: concord refile --key FILE"
            );
        }

        // Nor in their own what they have signed for another.
        var known = _party ?? KnownSpeaker();
        if (known is not null && !string.Equals(known, one.Speaker, StringComparison.Ordinal))
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"it was filed for {one.Speaker}, which had let {known} do so",
                "that party files it anew, or lets you again: concord delegate, then concord file "
                    + "--for"
            );
        }

        if (old.ProposerOf(one.Statement, one.Index) is { } proposer)
        {
            throw new CommandFault(
                ExitCode.NotSo,
                $"it is a signature on what {proposer} had proposed",
                "have them file theirs anew, then sign: concord sign ACT"
            );
        }
    }

    // Where no mirror says whose key it is, the first one that was filed anew does.
    private string? KnownSpeaker() =>
        journal
            .Ids.All.Where(pair =>
                string.Equals(pair.Value, signatory.Speaker, StringComparison.Ordinal)
            )
            .Select(pair => pair.Key)
            .FirstOrDefault();

    private async Task<Done> FileAsync(KeptAct one)
    {
        journal.Ids.Add(one.Speaker, signatory.Speaker);
        var composition = composing.Of(one);
        var answer = await client.FileAsync(composition.Sign(signatory), session.Cancel);
        var kept = await ReceiptFiles.KeepAsync(session, client, composition, answer);
        var id = answer.GetProperty("id").GetString()!;
        journal.Ids.Add(new ActId(one.Index).ToString(), id);
        if (answer.TryGetProperty("subject", out var subject))
        {
            var now = subject.GetString()!;
            journal.Ids.Add(ShortId.Format(now[0], one.Index), now);
        }

        journal.Write();
        return new(one.Name) { Now = id, Joint = await JointAsync(id, composition, kept) };
    }

    /// <summary>What is still asked of others; null: the act is not joint.</summary>
    private async Task<string?> JointAsync(string id, Composition composition, string kept)
    {
        if (composition.Act is not JointAct)
        {
            return null;
        }

        var joint = (await client.GetAsync($"acts/{id}", session.Cancel)).GetProperty("joint");
        var (signed, k) = (
            joint.GetProperty("signatures").GetArrayLength(),
            joint.GetProperty("k").GetInt32()
        );
        return signed >= k ? $"{signed} of {k} signed: it is in force"
            : composition.SealedPart is null
                ? $"{signed} of {k} signed; the next signs with: concord sign {id} --key FILE"
            : $"{signed} of {k} signed; give the next signer "
                + $"{Path.GetFileName(ReceiptFiles.SealedPartBeside(kept))}: "
                + $"concord sign {id} --sealed-part FILE --key FILE";
    }

    private static string WhyOf(CommandFault fault) =>
        string.Join(
            "; ",
            fault
                .Details.Where(one => one.Name is "found" or "rule")
                .Select(one => one.Text)
                .Prepend(fault.Message)
                .Append(fault.Remedy)
                .OfType<string>()
        );

    private sealed record Done(string Old)
    {
        public string? Now { get; init; }

        public string? Why { get; init; }

        public string? Joint { get; init; }
    }
}
