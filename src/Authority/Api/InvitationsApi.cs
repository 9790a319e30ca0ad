using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms.Network;

namespace Concord.Authority.Api;

/// <summary>
/// The invitations of a party, for its administrators alone: who may come in next is not for
/// everybody to read in one place.
/// </summary>
public static class InvitationsApi
{
    private const int InvitationsMax = 200;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority) =>
        routes
            .MapGet(
                "/parties/{id}/invitations",
                (HttpContext context, string id) => All(context, authority, id)
            )
            .WithName("invitations")
            .WithTags("Network")
            .WithSummary("The invitations of a party, newest first, at most 200.")
            .WithDescription(
                "Read by a signed request (specs/reading.md) of an administrator of the party."
            )
            .Produces<InvitationsDocument>()
            .ProducesProblem(401)
            .ProducesProblem(404);

    /// <summary>Invitations.</summary>
    /// <param name="Tick">The tick at which they are open or not.</param>
    /// <param name="Invitations">The invitations.</param>
    public sealed record InvitationsDocument(
        string Tick,
        IReadOnlyList<InvitationLine> Invitations
    );

    /// <summary>An invitation.</summary>
    /// <param name="Id">The id of its act.</param>
    /// <param name="Holder">Who is invited.</param>
    /// <param name="Role">As what.</param>
    /// <param name="Code">The thumbprint of the key that its code makes; to revoke it withdraws the
    /// invitation.</param>
    /// <param name="Until">Until when.</param>
    /// <param name="State">open, accepted, withdrawn or over.</param>
    /// <param name="By">The key that invited.</param>
    /// <param name="AcceptedBy">The act by which a key was added.</param>
    public sealed record InvitationLine(
        string Id,
        string Holder,
        KeyRole Role,
        string Code,
        string Until,
        string State,
        string By,
        string? AcceptedBy
    );

    private static IResult All(HttpContext context, RunningAuthority authority, string id)
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (
            !ShortId.TryParse(id, PartyId.Letter, out var party)
            || reader.Role != KeyRole.Administrator
            || reader.Speaker != new Speaker.Party(new(party))
        )
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        var network = authority.Intake.Current.World.Network;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new InvitationsDocument(network.At.ToString(), Of(network, new(party))),
            ApiJson.Options
        );
    }

    /// <summary>The invitations of a party, newest first.</summary>
    internal static IReadOnlyList<InvitationLine> Of(NetworkView network, PartyId party) =>
        [
            .. network
                .Invitations.All.Values.Where(one => one.Act.Party == party)
                .OrderByDescending(one => one.Id.Index)
                .Take(InvitationsMax)
                .Select(one => Line(network, one)),
        ];

    private static InvitationLine Line(NetworkView network, Invitation invitation) =>
        new(
            invitation.Id.ToString(),
            invitation.Act.Holder,
            invitation.Act.Role,
            invitation.Act.Code.Id.ToString(),
            invitation.Act.Until.ToString(),
            invitation switch
            {
                { SpentBy: not null } => "accepted",
                { WithdrawnBy: not null } => "withdrawn",
                _ => network.IsOpen(invitation) ? "open" : "over",
            },
            invitation.By.ToString(),
            invitation.SpentBy is { } act ? new ActId(act).ToString() : null
        );
}
