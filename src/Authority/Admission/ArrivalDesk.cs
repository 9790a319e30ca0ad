using System.Buffers;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Authority.Foundation;
using Concord.Authority.Witnesses;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Admission;

/// <summary>
/// Signs that a filing came in at a time when it could not be taken, so that nobody is late because
/// the authority stood still. A slip is a COSE_Sign1 by the refusal key, whose payload is JSON
/// (<c>specs/arrivals.md</c>). Strangers get none, and nobody gets more than so many.
/// </summary>
/// <param name="keys">The server's keys; that for refusals signs.</param>
/// <param name="clocks">Says how the machine's clock stands to the witnesses'.</param>
/// <param name="time">The clock of the bounds.</param>
/// <param name="limits">The bounds.</param>
public sealed class ArrivalDesk(
    KeyRing keys,
    WitnessClocks clocks,
    TimeProvider time,
    IntakeLimits limits
)
{
    /// <summary>The media type of a slip's payload.</summary>
    public const string MediaType = "application/concord-arrival+json";

    private readonly RateLimit _keys = new(
        time,
        limits.ArrivalsPerSecond,
        limits.ArrivalsBurst,
        names: 10_000
    );

    /// <summary>The problem with a slip, where it is one of those that pass.</summary>
    /// <param name="problem">Why the filing is not taken.</param>
    /// <param name="signed">The filing, whose key is known and whose signature is right.</param>
    /// <param name="arrived">When it came, by the machine's clock.</param>
    /// <param name="world">The world at that time.</param>
    internal Problem Add(Problem problem, Signed signed, Instant arrived, World world)
    {
        if (
            problem.Type.Status != StatusCodes.Status503ServiceUnavailable
            || !_keys.TryTake(signed.Key.Id.ToString(), out _)
        )
        {
            return problem;
        }

        var header = new StatementHeader($"{world.Network.Origin}#authority", "arrival", MediaType);
        var payload = Json(problem, signed, arrived, world);
        var key = keys.Of(KeyPurpose.Refusal, world.Network);
        return problem with { SignedArrival = key.Sign(header, payload, envelope: false) };
    }

    private byte[] Json(Problem problem, Signed signed, Instant arrived, World world)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("arrival", problem.Type.Code);
            json.WriteString("act", signed.Type.Name);
            json.WriteString("act_digest", signed.ActDigest.ToString());
            json.WriteString("statement_id", signed.Statement.Id.ToString());
            json.WriteString("issuer", signed.Statement.Issuer);
            json.WriteString("arrived", arrived.ToString());
            json.WriteString(
                "clock",
                JsonNamingPolicy.SnakeCaseLower.ConvertName($"{clocks.Check(arrived).Agreement}")
            );
            json.WriteString("tick", world.At.ToString());
            json.WriteNumber("tree_size", world.Size);
            json.WriteString("why", problem.Type.Title);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
