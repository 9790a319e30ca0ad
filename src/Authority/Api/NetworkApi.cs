using System.Text.Json;
using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>Reads of the network: parties, rulebooks, the authority, refusals.</summary>
public static class NetworkApi
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet("/authority", (HttpContext context) => Authority(context, authority))
            .Describe<AuthorityDocument>("authority", "Network", "Who the authority is.");
        routes
            .MapGet("/parties/{id}", Party)
            .Describe<PartyDocument>("party", "Network", "A party and its keys.");
        routes
            .MapGet("/laws", Laws)
            .Describe<LawsDocument>("laws", "Network", "The rulebooks that the authority applies.");
        routes
            .MapGet("/laws/{id}", Law)
            .Describe<JsonElement>("law", "Network", "A rulebook, as it was adopted.");
    }

    /// <summary>The authority.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Country">ISO 3166-1 alpha-2.</param>
    /// <param name="Origin">The origin of its log.</param>
    /// <param name="Sandbox">Whether it is a sandbox.</param>
    /// <param name="VerifierKey">The verifier key of its log.</param>
    /// <param name="VerifierKeys">Every key that the log ever had, each with the trees that it
    /// signs.</param>
    /// <param name="FoundedAt">When it was founded.</param>
    /// <param name="Predecessor">The log that it succeeds; absent: none.</param>
    /// <param name="KeySet">The key set in force.</param>
    public sealed record AuthorityDocument(
        string Name,
        string Country,
        string Origin,
        bool Sandbox,
        string VerifierKey,
        IReadOnlyList<PublishedLogKey> VerifierKeys,
        string FoundedAt,
        PredecessorLine? Predecessor,
        KeySetDocument KeySet
    );

    /// <summary>The log that this one succeeds.</summary>
    /// <param name="Origin">Its origin.</param>
    /// <param name="Size">The size of its last checkpoint; larger trees are not its own.</param>
    /// <param name="Root">The root of that checkpoint.</param>
    /// <param name="VerifierKey">The key that signed it.</param>
    public sealed record PredecessorLine(
        string Origin,
        long Size,
        string Root,
        string? VerifierKey
    );

    /// <summary>A key set.</summary>
    /// <param name="Epoch">Its number.</param>
    /// <param name="Digest">The act digest of the act that holds it.</param>
    /// <param name="K">Institutions that decide.</param>
    /// <param name="Roots">The roots and how many must sign.</param>
    /// <param name="Institutions">The institutions with their officers.</param>
    /// <param name="Keys">The authority's own keys by purpose.</param>
    /// <param name="OfficersWhy">What nobody can decide for lack of officers whose keys stand.
    /// </param>
    public sealed record KeySetDocument(
        int Epoch,
        string Digest,
        int K,
        string Roots,
        IReadOnlyList<InstitutionLine> Institutions,
        IReadOnlyList<PurposeLine> Keys,
        string? OfficersWhy
    );

    /// <summary>An institution.</summary>
    public sealed record InstitutionLine(
        string Name,
        string Title,
        IReadOnlyList<OfficerLine> Officers,
        IReadOnlyList<StaffLine> Staff
    );

    /// <summary>An officer.</summary>
    /// <param name="Speaker">Whom the key speaks for.</param>
    /// <param name="Key">The thumbprint of the key.</param>
    /// <param name="RevokedAt">When the key was ended; absent: it stands.</param>
    public sealed record OfficerLine(string Speaker, string Key, string? RevokedAt);

    /// <summary>Somebody whom an officer appointed.</summary>
    /// <param name="Speaker">Role, institution and name.</param>
    /// <param name="Key">The thumbprint of the key.</param>
    /// <param name="Until">Until when it was appointed.</param>
    /// <param name="RevokedAt">When its key was revoked; absent: it was not.</param>
    public sealed record StaffLine(string Speaker, string Key, string? Until, string? RevokedAt);

    /// <summary>A key of the authority.</summary>
    public sealed record PurposeLine(KeyPurpose Purpose, string Key);

    /// <summary>A party.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Name">Its legal name.</param>
    /// <param name="Country">ISO 3166-1 alpha-2 of its seat.</param>
    /// <param name="Lei">Legal Entity Identifier.</param>
    /// <param name="Ror">Research Organization Registry id.</param>
    /// <param name="Roles">What it is admitted to do.</param>
    /// <param name="AdmittedAt">When.</param>
    /// <param name="Keys">Its keys, ended ones included.</param>
    /// <param name="Models">The models that it registered, newest first, at most 500.</param>
    /// <param name="History">The acts that made it so, newest first.</param>
    public sealed record PartyDocument(
        string Id,
        string Name,
        string Country,
        string? Lei,
        string? Ror,
        IReadOnlyList<PartyRole> Roles,
        string AdmittedAt,
        IReadOnlyList<KeyLine> Keys,
        IReadOnlyList<string> Models,
        IReadOnlyList<string> History
    );

    /// <summary>A key of a party.</summary>
    public sealed record KeyLine(
        string Key,
        string Holder,
        KeyRole? Role,
        string? Expires,
        string? RevokedAt,
        string? CompromisedSince
    );

    /// <summary>The rulebooks.</summary>
    public sealed record LawsDocument(IReadOnlyList<LawLine> Laws);

    /// <summary>A rulebook.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="AppliesFrom">From which day this authority applies it.</param>
    /// <param name="Act">The act that proposed its adoption.</param>
    /// <param name="InForceSince">When the adoption took effect.</param>
    public sealed record LawLine(string Id, string AppliesFrom, string Act, string InForceSince);

    private static IResult Authority(HttpContext context, RunningAuthority authority)
    {
        var network = Freshness.SnapshotOf(context).World.Network;
        return network is { Genesis: { } genesis, KeySet: { } set }
            ? Results.Json(
                new AuthorityDocument(
                    genesis.Authority.Name,
                    genesis.Authority.Country,
                    genesis.Origin,
                    genesis.Sandbox,
                    authority.File.VerifierKey,
                    authority.File.VerifierKeys,
                    genesis.FoundedAt.ToString(),
                    genesis.Predecessor is { } before
                        ? new(
                            before.Origin,
                            before.Size,
                            before.Root.ToString(),
                            before.VerifierKey
                        )
                        : null,
                    new(
                        set.Epoch,
                        network.KeySetDigest.ToString(),
                        set.Thresholds.K,
                        $"{genesis.Roots.T} of {genesis.Roots.Keys.Count}",
                        [.. set.Institutions.Select(one => Line(network, one))],
                        [
                            .. set.AuthorityKeys.Select(key => new PurposeLine(
                                key.Purpose,
                                key.Key.Id.ToString()
                            )),
                        ],
                        network.OfficersFinding
                    )
                ),
                ApiJson.Options
            )
            : context.Fail(new(Problems.NotFound, "the authority is not founded"));
    }

    private static InstitutionLine Line(NetworkView network, Institution one) =>
        new(
            one.Name,
            one.Title,
            [
                .. one.Officers.Select(officer => new OfficerLine(
                    new Speaker.Officer(one.Name, officer.Name).ToString(),
                    officer.Key.Id.ToString(),
                    network.Keys[officer.Key.Id].RevokedAt?.ToString()
                )),
            ],
            [
                .. network
                    .StaffOf(one.Name)
                    .Select(key => new StaffLine(
                        $"{key.Speaker}",
                        key.Key.Id.ToString(),
                        key.Expires?.ToString(),
                        key.RevokedAt?.ToString()
                    )),
            ]
        );

    private static IResult Party(HttpContext context, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        if (
            !ShortId.TryParse(id, PartyId.Letter, out var index)
            || world.Network.Parties.Find(new(index)) is not { } party
        )
        {
            return context.Fail(
                new(Problems.NotFound, $"no party has the id {id}") { Where = "id" }
            );
        }

        return Results.Json(
            new PartyDocument(
                party.Id.ToString(),
                party.Name,
                party.Country,
                party.Lei,
                party.Ror,
                party.Roles,
                party.AdmittedAt.ToString(),
                [.. party.Keys.Select(key => Line(world.Network.Keys[key]))],
                [
                    .. (world.Registry.ModelsOf.Find(party.Id) ?? Enumerable.Empty<ModelId>())
                        .Take(500)
                        .Select(model => model.ToString()),
                ],
                [.. party.History.Select(one => new ActId(one.Index).ToString())]
            ),
            ApiJson.Options
        );
    }

    private static KeyLine Line(KeyRecord key) =>
        new(
            key.Key.Id.ToString(),
            key.Holder,
            key.Role,
            key.Expires?.ToString(),
            key.RevokedAt?.ToString(),
            key.CompromisedSince?.ToString()
        );

    private static IResult Laws(HttpContext context) =>
        Results.Json(
            new LawsDocument([
                .. Freshness
                    .SnapshotOf(context)
                    .World.Network.Rulebooks.Select(one => new LawLine(
                        one.Book.Id,
                        one.AppliesFrom.ToString("yyyy-MM-dd"),
                        new ActId(one.Act).ToString(),
                        one.InForceSince.ToString()
                    )),
            ]),
            ApiJson.Options
        );

    private static IResult Law(HttpContext context, string id, RunningAuthority authority)
    {
        var adopted = Freshness
            .SnapshotOf(context)
            .World.Network.Rulebooks.LastOrDefault(one =>
                string.Equals(one.Book.Id, id, StringComparison.Ordinal)
            );
        return adopted is not null && authority.Contents.Act(adopted.Act).Act is AdoptRulebook act
            ? Results.Json(act.Rulebook)
            : context.Fail(
                new(Problems.NotFound, $"no rulebook {id} is adopted here") { Where = "id" }
            );
    }
}
