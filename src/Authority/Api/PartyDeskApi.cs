using Concord.Acts;
using Concord.Acts.Network;
using Concord.Rooms.Network;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>
/// What is for a party alone, in one answer to one signed request: a person signs once.
/// </summary>
public static class PartyDeskApi
{
    private const int RefusalsShown = 20;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority) =>
        routes
            .MapGet(
                "/parties/{id}/desk",
                (HttpContext context, string id) => Show(context, authority, id)
            )
            .WithName("desk")
            .WithTags("Network")
            .WithSummary(
                "What is for a party alone: questions to it, its refusals, its invitations."
            )
            .WithDescription(
                "Read by a signed request (specs/reading.md) of the party; invitations are for "
                    + "its administrators. A reading of a question is recorded."
            )
            .Produces<DeskDocument>()
            .ProducesProblem(401)
            .ProducesProblem(404);

    /// <summary>What is for a party alone.</summary>
    /// <param name="Party">The party.</param>
    /// <param name="Role">What the key that read may do.</param>
    /// <param name="Tick">The tick at which things are open or overdue.</param>
    /// <param name="Questions">Questions to it, newest first, at most 100.</param>
    /// <param name="Refusals">Its refusals, newest first, at most 20.</param>
    /// <param name="Invitations">Its invitations, newest first; null: the key is no
    /// administrator's.</param>
    /// <param name="Notices">What it was told last, newest first, at most 100.</param>
    /// <param name="Channels">Where it is told; null: the key is a reader's.</param>
    public sealed record DeskDocument(
        string Party,
        KeyRole? Role,
        string Tick,
        IReadOnlyList<CasesApi.QuestionLine> Questions,
        IReadOnlyList<RefusalsApi.RefusalLine> Refusals,
        IReadOnlyList<InvitationsApi.InvitationLine>? Invitations,
        IReadOnlyList<NoticesApi.NoticeLine> Notices,
        IReadOnlyList<NoticesApi.ChannelLine>? Channels
    );

    private static IResult Show(HttpContext context, RunningAuthority authority, string id)
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (
            !ShortId.TryParse(id, PartyId.Letter, out var index)
            || reader.Speaker != new Speaker.Party(new(index))
        )
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        var party = new PartyId(index);
        var world = authority.Intake.Current.World;
        var proofs = authority.DayProofs(RecordKind.Refusals);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new DeskDocument(
                party.ToString(),
                reader.Role,
                world.At.ToString(),
                CasesApi.OfParty(authority, reader, party),
                [
                    .. authority
                        .Refusals.Of($"{reader.Speaker}", null, RefusalsShown)
                        .Select(kept => RefusalsApi.Line(kept, proofs)),
                ],
                reader.Role is KeyRole.Administrator
                    ? InvitationsApi.Of(world.Network, party)
                    : null,
                NoticesApi.NoticesOf(authority, party),
                NoticesApi.ChannelsOf(authority, party, reader.Role)
            ),
            ApiJson.Options
        );
    }
}
