using System.Buffers;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Stores;
using Microsoft.Data.Sqlite;

namespace Concord.Authority.Admission;

/// <summary>
/// Signs refusals and keeps them for those to whom they were given, so that nobody is refused
/// silently. A refusal is a COSE_Sign1 like a statement, by the refusal key, whose payload is JSON.
/// </summary>
public sealed class RefusalDesk
{
    /// <summary>The media type of a refusal's payload.</summary>
    public const string MediaType = Refusal.ContentType;

    private static readonly TimeSpan s_countedFor = TimeSpan.FromSeconds(5);

    private readonly KeyRing _keys;
    private readonly AnswerStore _answers;
    private readonly ILogger _logger;

    private readonly TimeProvider _time;
    private volatile Counted _counted = new(null, 0);
    private long _given;

    internal RefusalDesk(KeyRing keys, AnswerStore answers, TimeProvider time, ILogger logger) =>
        (_keys, _answers, _time, _logger) = (keys, answers, time, logger);

    private sealed record Counted(RefusalCounts? Counts, long At);

    /// <summary>The refusals that were given to a speaker, newest first.</summary>
    /// <param name="speaker">The issuer's part after <c>#</c>.</param>
    /// <param name="before">Only those with a lower number; null: from the newest.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<KeptRefusal> Of(string speaker, long? before, int count) =>
        _answers.RefusalsOf(speaker, before, count);

    /// <summary>
    /// How many refusals are kept, by rule; counted anew when there are new ones, and not oftener
    /// than each few seconds, because whoever files waits meanwhile.
    /// </summary>
    public RefusalCounts Counts()
    {
        var (counts, at) = _counted;
        var given = Interlocked.Read(ref _given);
        if (
            counts is not null
            && (counts.Given == given || _time.GetElapsedTime(at) < s_countedFor)
        )
        {
            return counts;
        }

        // Two readers may both count.
        counts = new(given, _answers.RefusalsByCode());
        _counted = new(counts, _time.GetTimestamp());
        return counts;
    }

    internal FilingOutcome.Refused Refuse(Refusal refusal, Signed signed, World world)
    {
        // By the key and not by the claim: nobody fills the list of another.
        var speaker =
            world.Network.Keys.Find(signed.Statement.Key)?.Speaker.ToString() ?? string.Empty;
        var payload = Json(refusal, signed, world);
        var header = new StatementHeader($"{world.Network.Origin}#authority", "refusal", MediaType);
        var key = _keys.Of(KeyPurpose.Refusal, world.Network);
        var bytes = key.Sign(header, payload, envelope: false);
        try
        {
            _answers.Keep(
                new(
                    Number: 0,
                    speaker,
                    signed.Statement.Id.ToHex(),
                    signed.Type.Name,
                    refusal.Code,
                    world.At.ToString(),
                    bytes
                ),
                world.At.Day
            );
            Interlocked.Increment(ref _given);
        }
        catch (SqliteException e)
        {
            _logger.RefusalNotKept(e);
        }

        return new(refusal, bytes);
    }

    private static byte[] Json(Refusal refusal, Signed signed, World world)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("refusal", refusal.Code);
            json.WriteString("act", signed.Type.Name);
            json.WriteString("act_digest", signed.ActDigest.ToString());
            json.WriteString("statement_id", signed.Statement.Id.ToString());
            json.WriteString("issuer", signed.Statement.Issuer);
            json.WriteNumber("tree_size", world.Size);
            json.WriteString("tick", world.At.ToString());
            json.WriteString("rule", refusal.Rule);
            json.WriteString("source", refusal.Source);
            json.WriteString("where", refusal.Where);
            json.WriteString("detail", refusal.Detail);
            json.WriteString("remedy", refusal.Remedy);
            json.WriteStartObject("facts");
            foreach (var (name, value) in refusal.Facts)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
