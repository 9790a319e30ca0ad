using Concord.Acts.Network;
using Concord.Ledger;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>Whom a key speaks for, so that whoever holds it knows as whom to sign.</summary>
public static class KeysApi
{
    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        _ = authority;
        routes
            .MapGet("/keys/{id}", Key)
            .Describe<KeyDocument>("key", "Network", "Whom a key speaks for.");
    }

    /// <summary>A key and whom it speaks for.</summary>
    /// <param name="Key">Its thumbprint.</param>
    /// <param name="Issuer">The claim iss of what it signs.</param>
    /// <param name="Speaker">The part of it after <c>#</c>.</param>
    /// <param name="Role">What it may do for its party.</param>
    /// <param name="Expires">Until when.</param>
    /// <param name="RevokedAt">When it was revoked.</param>
    public sealed record KeyDocument(
        string Key,
        string Issuer,
        string Speaker,
        KeyRole? Role,
        string? Expires,
        string? RevokedAt
    );

    private static IResult Key(HttpContext context, string id)
    {
        var network = Freshness.SnapshotOf(context).World.Network;
        return KeyId.TryParse(id, out var thumbprint) && network.Keys.Find(thumbprint) is { } record
            ? Results.Json(Document(network, record), ApiJson.Options)
            : context.Fail(
                new(Problems.NotFound, $"no party, officer or root has the key {id}")
                {
                    Where = "id",
                }
            );
    }

    private static KeyDocument Document(NetworkView network, KeyRecord record) =>
        new(
            record.Key.Id.ToString(),
            network.IssuerOf(record.Speaker),
            record.Speaker.ToString() ?? string.Empty,
            record.Role,
            record.Expires?.ToString(),
            record.RevokedAt?.ToString()
        );
}
