using Concord.Acts;
using Concord.Authority.Web;
using Concord.Authority.Web.Feeds;

namespace Concord.Authority.Api;

/// <summary>Atom feeds of everything that changes.</summary>
internal static class FeedsApi
{
    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        Add("acts", FeedList.ActsPath, "Acts", (list, _, before) => list.Acts(before));
        Add(
            "register",
            FeedList.RegisterPath,
            "New and changed models",
            (list, _, before) => list.Register(before)
        );
        Add(
            "model",
            FeedList.PathOf("models", "{id}"),
            "What was filed about a model",
            (list, context, _) =>
                ShortId.TryParse(IdIn(context), ModelId.Letter, out var index)
                && Freshness.SnapshotOf(context).World.Registry is var registry
                && registry.Models.Find(new(index)) is { } model
                    ? list.Of(registry.Models[registry.Canonical(model.Id)])
                    : null
        );
        Add(
            "party",
            FeedList.PathOf("parties", "{id}"),
            "What a party filed, and what was filed about it",
            (list, context, before) =>
                ShortId.TryParse(IdIn(context), PartyId.Letter, out var index)
                && Freshness.SnapshotOf(context).World.Network.Parties.Find(new(index)) is { } party
                    ? list.Of(party, before)
                    : null
        );
        Add(
            "law",
            FeedList.PathOf("laws", "{id}"),
            "The editions of a rulebook",
            (list, context, _) => list.OfLaw(IdIn(context))
        );

        routes
            .MapGet(FeedList.DuePath, Due)
            .Describe(
                "feed-due",
                "Feeds",
                "What is due within a week, or overdue, as Atom (RFC 4287).",
                AtomFeed.ContentType
            );

        void Add(string name, string path, string says, Find find) =>
            routes
                .MapGet(path, HandlerOf(path, find))
                .Describe(
                    $"feed-{name}",
                    "Feeds",
                    $"{says}, newest first, as Atom (RFC 4287), in pages (RFC 5005 §3).",
                    AtomFeed.ContentType
                );
    }

    private static IResult Due(HttpContext context, PublicSite site)
    {
        var world = Freshness.SnapshotOf(context).World;
        var atom = new AtomFeed(site, world, SiteAddress.Of(context.Request));
        return Results.Bytes(atom.Write(site.Due.Of(world)), AtomFeed.ContentType);
    }

    private delegate Feed? Find(FeedList list, HttpContext context, long before);

    // The id is a parameter where the path has one, so that the description of the API says so.
    private static Delegate HandlerOf(string path, Find find) =>
        path.Contains("{id}", StringComparison.Ordinal)
            ? (HttpContext context, PublicSite site, string id, string? before) =>
                Answer(context, site, before, find)
            : (HttpContext context, PublicSite site, string? before) =>
                Answer(context, site, before, find);

    private static IResult Answer(HttpContext context, PublicSite site, string? before, Find find)
    {
        var world = Freshness.SnapshotOf(context).World;
        var from = world.Size;
        if (before is not null && !ActAddress.TryRead(before, world.Size, out from))
        {
            return context.Fail(
                new(Problems.BadQuery, "before is the id of an act in the log") { Where = "before" }
            );
        }

        if (find(new(site, world), context, from) is not { } feed)
        {
            return context.Fail(
                new(Problems.NotFound, $"nothing here has the id {IdIn(context)}") { Where = "id" }
            );
        }

        var atom = new AtomFeed(site, world, SiteAddress.Of(context.Request));
        return Results.Bytes(atom.Write(feed, before is null ? null : from), AtomFeed.ContentType);
    }

    private static string IdIn(HttpContext context) =>
        context.GetRouteValue("id")?.ToString() ?? "";
}
