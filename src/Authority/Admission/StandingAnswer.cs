using System.Buffers;
using System.Text.Json;
using Concord.Acts;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;

namespace Concord.Authority.Admission;

/// <summary>
/// What an answer on standing says (<c>specs/standing.md</c>), and whether a log bears it out.
/// </summary>
public static class StandingAnswer
{
    /// <summary>The media type of the payload.</summary>
    public const string MediaType = "application/concord-standing+json";

    /// <summary>The subject in the header.</summary>
    public const string Subject = "standing";

    /// <summary>
    /// How long after its tick an answer may be relied on: as long as a log may go without a tick
    /// before its clock counts as stopped (DESIGN §4).
    /// </summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(2);

    /// <summary>Writes an answer.</summary>
    /// <param name="asked">What was asked for, in its canonical form.</param>
    /// <param name="snapshot">The tree that answers.</param>
    /// <param name="standing">What it says; null: nothing is known.</param>
    /// <param name="isWitnessed">Whether the tree reached its quorum of witnesses.</param>
    public static byte[] Write(
        string asked,
        Snapshot snapshot,
        EffectiveStanding? standing,
        bool isWitnessed
    )
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("asked", asked);
            if (standing is not null)
            {
                json.WriteString("subject", standing.Subject.ToString());
            }

            json.WriteString("standing", WordOf(standing));
            json.WriteBoolean("good", standing?.IsGood ?? false);
            if (standing is not null)
            {
                Write(json, standing);
            }

            json.WriteNumber("size", snapshot.Size);
            json.WriteString("root", snapshot.Root.ToString());
            json.WriteString("tick", snapshot.World.At.ToString());
            json.WriteNumber("fresh_seconds", (long)FreshFor.TotalSeconds);
            json.WriteBoolean("witnessed", isWitnessed);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a world says of what was asked for; null: nothing is known.</summary>
    /// <param name="world">The world.</param>
    /// <param name="asked">An id or the digest of a file, in its canonical form.</param>
    public static EffectiveStanding? Look(World world, string asked)
    {
        ArgumentNullException.ThrowIfNull(world);
        return SubjectId.TryParse(asked, out var id) ? Descent.StandingOf(world, id)
            : Digest.TryParse(asked, out var digest) ? Recognition.StandingOf(world, digest)
            : null;
    }

    /// <summary>The word for a standing.</summary>
    public static string WordOf(EffectiveStanding? standing) =>
        standing?.Own.State switch
        {
            StandingState.Reported => "reported",
            StandingState.Registered => "registered",
            StandingState.Certified => "certified",
            StandingState.Suspended => "suspended",
            StandingState.Withdrawn => "withdrawn",
            _ => "unknown",
        };

    private static void Write(Utf8JsonWriter json, EffectiveStanding standing)
    {
        json.WriteString("decided_by", new ActId(standing.Own.DecidedBy).ToString());
        if (standing.Own.Until is { } until)
        {
            json.WriteString("until", until.ToString());
        }

        Write(json, "conditions", standing.Own.Conditions);
        Write(json, "marked_by", standing.MarkedBy.Select(one => one.ToString()));
        if (standing.By is { } by)
        {
            Write(json, by);
        }
    }

    /// <summary>Writes by which evidence something is known, as a member.</summary>
    public static void Write(Utf8JsonWriter json, ByEvidence by)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(by);
        json.WriteStartObject("by_evidence");
        json.WriteString("act", by.Act.ToString());
        json.WriteString("evidence", Word(by.Evidence));
        if (by.Log10P is { } figure)
        {
            json.WriteNumber("log10_p", figure);
        }

        if (by.Relation is { } relation)
        {
            json.WriteString("relation", Word(relation));
        }

        json.WriteBoolean("disputed", by.IsDisputed);
        json.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
