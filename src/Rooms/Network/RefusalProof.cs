using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Rooms.Network;

/// <summary>
/// A refusal proves itself: the authority signed it, for this party, at a tick. Views keep no
/// refusals, so an appeal carries the one that it is against.
/// </summary>
internal static class RefusalProof
{
    private const string Path = "$.sealed_part.refusal";

    public static Refusal? Refuse(Hearing hearing, Appeal act)
    {
        var network = hearing.World.Network;
        if (hearing.Signed.SealedPart is not AppealGrounds { Refusal: { } text })
        {
            return NoProof("The sealed part carries no refusal.");
        }

        var bytes = Opened.Bytes(text);
        if (Digest.Of(bytes) != act.Refusal!.Value)
        {
            return NoProof($"The refusal in the sealed part has not the digest {act.Refusal}.");
        }

        if (
            !Statement.TryParse(bytes, out var statement, out _)
            || !string.Equals(statement.ContentType, Refusal.ContentType, StringComparison.Ordinal)
            || network.Keys.Find(statement.Key) is not { } key
            || key.Speaker is not Speaker.Authority { Purpose: KeyPurpose.Refusal }
            || !statement.Verify(key.Key, out _)
            || !TryRead(statement.Payload, out var issuer, out var tick)
        )
        {
            return NoProof("What the sealed part carries is no refusal signed by this authority.");
        }

        return !string.Equals(issuer, network.IssuerOf(hearing.Speaker), StringComparison.Ordinal)
                ? Refusals.NotPermitted("the party that was refused", hearing.Speaker.ToString()!)
            : network.Appeals.ByRefusal.TryGet(act.Refusal.Value, out var before)
                ? AppealLaw.Again(new(before), "$.refusal")
            : AppealLaw.Late(
                hearing,
                network.AppealableUntil(tick, AppealLaw.FilingTime(network)),
                "$.refusal"
            );
    }

    private static bool TryRead(
        ReadOnlyMemory<byte> payload,
        [NotNullWhen(true)] out string? issuer,
        out Instant tick
    )
    {
        (issuer, tick) = (null, default);
        try
        {
            using var json = JsonDocument.Parse(payload);
            issuer = json.RootElement.GetProperty("issuer").GetString();
            return issuer is not null
                && Instant.TryParse(json.RootElement.GetProperty("tick").GetString(), out tick);
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Refusal NoProof(string detail) =>
        new(
            "no-such-refusal",
            "An appeal against a refusal carries the signed refusal itself.",
            "DESIGN §3, refusals; decisions/0012",
            Path,
            detail,
            "Take the refusal as it was given to you, or fetch it again: GET /refusals."
        );
}
