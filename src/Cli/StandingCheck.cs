using System.Text.Json;
using Concord.Authority.Admission;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Cli;

/// <summary>
/// Checks a signed answer on standing: who signed it, whether it may still be relied on, and,
/// where its log is at hand, whether the log bears it out (<c>specs/standing.md</c>).
/// </summary>
/// <param name="session">Where the trusted keys and the log are.</param>
/// <param name="time">The clock that says how old an answer is.</param>
internal sealed class StandingCheck(Session session, TimeProvider time)
{
    private static readonly TimeSpan s_apartMax = TimeSpan.FromMinutes(2);

    /// <summary>Checks an answer.</summary>
    /// <param name="bytes">The answer.</param>
    /// <returns>What was found, and the payload; nothing where there is none.</returns>
    public async Task<(List<Finding> Checks, ReadOnlyMemory<byte> Body)> CheckAsync(byte[] bytes)
    {
        if (!Statement.TryParse(bytes, out var answer, out var fault))
        {
            return ([new("answer", false, $"{fault.Detail} ({fault.Where})")], default);
        }

        if (FormFault(answer) is { } form)
        {
            return ([new("answer", false, form)], default);
        }

        if (Read(answer.Payload) is not { } said)
        {
            return ([new("answer", false, "its payload is no answer on standing")], default);
        }

        List<Finding> checks =
        [
            new("answer", true, $"{said.Asked} is {said.Standing}, says {answer.Issuer}"),
            AuthoritySignature.Check(session, answer, file => file.StandingKeys, "key", said.Size),
            Fresh(said),
        ];
        if (session.HasFolder && File.Exists(session.Folder.Database))
        {
            checks.Add(await RefuteAsync(answer.Payload, said));
        }

        return (checks, answer.Payload);
    }

    private static string? FormFault(Statement answer) =>
        !string.Equals(answer.ContentType, StandingAnswer.MediaType, StringComparison.Ordinal)
            ? $"its content type is {answer.ContentType}, not {StandingAnswer.MediaType}"
        : !string.Equals(answer.Subject, StandingAnswer.Subject, StringComparison.Ordinal)
            ? $"its subject is {answer.Subject}, not {StandingAnswer.Subject}"
        : answer.IsEnvelope ? "it carries a digest in the place of the answer"
        : null;

    private Finding Fresh(Said said)
    {
        var end = said.Tick + TimeSpan.FromSeconds(said.FreshSeconds);
        var now = Instant.From(time.GetUtcNow());
        // A tick from the future would make an answer of today one for years.
        var says =
            said.Tick > now + s_apartMax ? "which is in the future by the clock here"
            : now >= end ? $"it was to be relied on until {end}: ask anew"
            : null;
        return says is null
            ? new("fresh", true, $"as of {said.Tick}; to be relied on until {end}")
            : new("fresh", false, $"as of {said.Tick}; {says}");
    }

    // Whoever holds the log writes the answer that the log gives, and compares the bytes.
    private async Task<Finding> RefuteAsync(ReadOnlyMemory<byte> body, Said said)
    {
        using var log = LocalLog.Open(session);
        if (said.Size > log.Size)
        {
            return new("log", null, $"not compared: the log here has {log.Size} of {said.Size}");
        }

        var tree = new MerkleTree();
        foreach (var entry in log.Store.ReadEntries(0, said.Size))
        {
            tree.Append(MerkleTree.LeafHash(entry.Span));
        }

        var world = await log.FoldAsync(session, said.Size);
        var head = new PublishedHead(
            new(session.File.Origin, said.Size, tree.Root(said.Size)),
            string.Empty
        );
        var standing = StandingAnswer.Look(world, said.Asked);
        var own = StandingAnswer.Write(said.Asked, new(world, head), standing, said.Witnessed);
        return body.Span.SequenceEqual(own)
            ? new("log", true, $"the log says so at size {said.Size}")
            : new(
                "log",
                false,
                $"the log says otherwise at size {said.Size}: "
                    + System.Text.Encoding.UTF8.GetString(own)
            );
    }

    private static Said? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var said = json.RootElement;
            return
                Instant.TryParse(said.GetProperty("tick").GetString(), out var tick)
                && said.GetProperty("fresh_seconds").GetInt64() is >= 0 and var fresh
                && fresh <= (long)StandingAnswer.FreshFor.TotalSeconds
                && said.GetProperty("size").GetInt64() is >= 0 and var size
                ? new(
                    said.GetProperty("asked").GetString() ?? "",
                    said.GetProperty("standing").GetString() ?? "",
                    size,
                    tick,
                    fresh,
                    said.GetProperty("witnessed").GetBoolean()
                )
                : null;
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            return null;
        }
    }

    private sealed record Said(
        string Asked,
        string Standing,
        long Size,
        Instant Tick,
        long FreshSeconds,
        bool Witnessed
    );
}
