using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Web.Languages;
using Concord.Rooms.Network;
using Concord.Stores;

namespace Concord.Authority.Api;

/// <summary>
/// Where a party is told of what concerns it. Its addresses are for its administrators and filers
/// alone; nobody else learns that there are any.
/// </summary>
public static class NoticesApi
{
    private const int NoticesShown = 100;

    private static readonly Dictionary<string, string> s_nothing = new(StringComparer.Ordinal);

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet(
                "/parties/{id}/notices",
                (HttpContext context, string id) => Show(context, authority, id)
            )
            .WithName("notices")
            .WithTags("Network")
            .WithSummary("What a party was told last, and where it is told.")
            .WithDescription(
                "Read by a signed request (specs/reading.md) of the party; where it is told is for "
                    + "its administrators and filers."
            )
            .Produces<NoticesDocument>()
            .ProducesProblem(401)
            .ProducesProblem(404);
        Post<ChannelAdded>(
            routes,
            "/parties/{id}/notices",
            "add-notices",
            "Adds an address at which a party is told; a code is sent there.",
            "`kind` (email or webhook), `to` and, where mail is not to be English, `lang`",
            (context, id) => AddAsync(context, authority, id)
        );
        Post<ChannelLine>(
            routes,
            "/parties/{id}/notices/confirm",
            "confirm-notices",
            "Confirms an address by the code that was sent to it.",
            "`channel` and `code`",
            (context, id) => ConfirmAsync(context, authority, id)
        );
        Post<ChannelLine>(
            routes,
            "/parties/{id}/notices/remove",
            "remove-notices",
            "Ends an address; what has not arrived is not sent.",
            "`channel`",
            (context, id) => RemoveAsync(context, authority, id)
        );
    }

    /// <summary>What a party was told, and where.</summary>
    /// <param name="Notices">The last notices, newest first, at most 100.</param>
    /// <param name="Channels">Where it is told; null: not for the key that reads.</param>
    public sealed record NoticesDocument(
        IReadOnlyList<NoticeLine> Notices,
        IReadOnlyList<ChannelLine>? Channels
    );

    /// <summary>A notice.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Kind">act, decision, countersign, question, deadline-near, deadline-passed.
    /// </param>
    /// <param name="At">When it came to be.</param>
    /// <param name="Says">What, as a sentence.</param>
    /// <param name="Href">The path of the page that it is about.</param>
    public sealed record NoticeLine(long Number, string Kind, string At, string Says, string Href);

    /// <summary>Where a party is told.</summary>
    /// <param name="Channel">The id.</param>
    /// <param name="Kind">email or webhook.</param>
    /// <param name="To">The address.</param>
    /// <param name="State">waits (for its code), on, failing or removed.</param>
    /// <param name="Added">When it was added.</param>
    /// <param name="Problem">Why the last message has not arrived.</param>
    /// <param name="Lang">The language of mail to it: en, fr or ar.</param>
    public sealed record ChannelLine(
        string Channel,
        string Kind,
        string To,
        string State,
        string Added,
        string? Problem,
        string Lang
    );

    /// <summary>An address that was added.</summary>
    /// <param name="Channel">The id, by which it is confirmed.</param>
    /// <param name="Secret">The key that signs for a webhook, told this once; null: mail.</param>
    public sealed record ChannelAdded(string Channel, string? Secret);

    /// <summary>The last notices of a party, newest first.</summary>
    internal static IReadOnlyList<NoticeLine> NoticesOf(
        RunningAuthority authority,
        PartyId party
    ) =>
        [
            .. authority
                .Notices.Store.Notices($"{party}", NoticesShown)
                .Select(one => new NoticeLine(one.Number, one.Kind, one.At, one.Says, one.Href)),
        ];

    /// <summary>Where a party is told; null where the key may not know.</summary>
    internal static IReadOnlyList<ChannelLine>? ChannelsOf(
        RunningAuthority authority,
        PartyId party,
        KeyRole? role
    ) =>
        MayChange(role)
            ? [.. authority.Notices.Store.Channels($"{party}").Select(one => Line(one))]
            : null;

    private static void Post<T>(
        IEndpointRouteBuilder routes,
        string path,
        string name,
        string summary,
        string said,
        Func<HttpContext, string, Task<IResult>> work
    ) =>
        routes
            .MapPost(path, (HttpContext context, string id) => work(context, id))
            .WithName(name)
            .WithTags("Network")
            .WithSummary(summary)
            .WithDescription(
                "The body is a signed request (specs/reading.md) of an administrator or filer of "
                    + $"the party that says {said}."
            )
            .Accepts<byte[]>("application/cose")
            .Produces<T>()
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(404)
            .ProducesProblem(413)
            .ProducesProblem(415);

    private static IResult Show(HttpContext context, RunningAuthority authority, string id)
    {
        if (!Reader.TryKnow(context, authority, out var reader, out var problem))
        {
            return context.Fail(problem);
        }

        if (PartyOf(reader, id) is not { } party)
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new NoticesDocument(
                NoticesOf(authority, party),
                ChannelsOf(authority, party, reader.Role)
            ),
            ApiJson.Options
        );
    }

    private static async Task<IResult> AddAsync(
        HttpContext context,
        RunningAuthority authority,
        string id
    )
    {
        var (party, said, failed) = await AskedAsync(
            context,
            authority,
            id,
            ["kind", "to"],
            mayBe: "lang"
        );
        if (failed is not null)
        {
            return failed;
        }

        var added = authority.Notices.Add(
            party,
            said["kind"],
            said["to"],
            said.GetValueOrDefault("lang", Language.English.Tag),
            authority.File.Origin,
            out var fault
        );
        return added is null
            ? context.Fail(
                new(Problems.BadPost, fault!) { Where = $"$.said.{fault!.Split(':')[0]}" }
            )
            : Results.Json(
                new ChannelAdded(added.Id, added.Secret.Length > 0 ? added.Secret : null),
                ApiJson.Options
            );
    }

    private static async Task<IResult> ConfirmAsync(
        HttpContext context,
        RunningAuthority authority,
        string id
    )
    {
        var (party, said, failed) = await AskedAsync(context, authority, id, ["channel", "code"]);
        return failed
            ?? (
                Find(authority, party, said["channel"]) is not { } channel
                    ? context.Fail(DocumentsApi.NotHere)
                : !channel.IsOn && !authority.Notices.Confirm(channel.Id, said["code"])
                    ? context.Fail(
                        new(Problems.BadPost, "code: it is not the one that was sent there")
                        {
                            Where = "$.said.code",
                        }
                    )
                : Results.Json(Line(channel with { IsOn = true }), ApiJson.Options)
            );
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        RunningAuthority authority,
        string id
    )
    {
        var (party, said, failed) = await AskedAsync(context, authority, id, ["channel"]);
        if (failed is not null)
        {
            return failed;
        }

        if (Find(authority, party, said["channel"]) is not { } channel)
        {
            return context.Fail(DocumentsApi.NotHere);
        }

        authority.Notices.Store.Remove(channel.Id);
        return Results.Json(Line(channel) with { State = "removed" }, ApiJson.Options);
    }

    private static async Task<(
        PartyId Party,
        IReadOnlyDictionary<string, string> Said,
        IResult? Failed
    )> AskedAsync(
        HttpContext context,
        RunningAuthority authority,
        string id,
        IReadOnlyList<string> members,
        string mayBe = ""
    )
    {
        var (reader, request, problem) = await Reader.PostedAsync(context, authority);
        problem ??=
            PartyOf(reader!, id) is null || !MayChange(reader!.Role) ? DocumentsApi.NotHere
            : !members.All(request!.Said.ContainsKey)
            || !request.Said.Keys.All(name =>
                string.Equals(name, mayBe, StringComparison.Ordinal)
                || members.Contains(name, StringComparer.Ordinal)
            )
                ? new(
                    Problems.BadPost,
                    $"said has exactly {string.Join(" and ", members)}"
                        + (mayBe.Length > 0 ? $", and may have {mayBe}" : "")
                )
                {
                    Where = "$.said",
                }
            : null;
        return problem is null
            ? (PartyOf(reader!, id)!.Value, request!.Said, null)
            : (default, s_nothing, context.Fail(problem));
    }

    private static bool MayChange(KeyRole? role) => role is KeyRole.Administrator or KeyRole.Filer;

    private static PartyId? PartyOf(Reader reader, string id) =>
        ShortId.TryParse(id, PartyId.Letter, out var index)
        && reader.Speaker == new Speaker.Party(new(index))
            ? new(index)
            : null;

    private static KeptChannel? Find(RunningAuthority authority, PartyId party, string channel) =>
        authority.Notices.Store.Channel(channel) is { } found
        && string.Equals(found.Party, $"{party}", StringComparison.Ordinal)
            ? found
            : null;

    private static ChannelLine Line(KeptChannel one) =>
        new(
            one.Id,
            one.Kind,
            one.Target,
            !one.IsOn ? "waits"
                : one.FailingSince is null ? "on"
                : "failing",
            one.Added,
            one.Problem,
            one.Language
        );
}
