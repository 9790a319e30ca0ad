using Concord.Acts;
using Concord.Authority.Web;
using Concord.Authority.Web.Tables;

namespace Concord.Authority.Api;

/// <summary>Reads of the register: pages, models, releases.</summary>
public static class RegistryApi
{
    private const int PageMax = 500;
    internal const int NearestCount = 5;

    /// <summary>Maps them.</summary>
    public static void Map(IEndpointRouteBuilder routes, RunningAuthority authority)
    {
        routes
            .MapGet(
                "/register",
                (
                    HttpContext context,
                    PublicSite site,
                    string? search,
                    string? status,
                    string? law,
                    string? answer,
                    string? modality,
                    string? sort,
                    string? before,
                    int? limit
                ) => Page(context, site, limit ?? RegisterQuestion.PageSize)
            )
            .Describe<RegistryDocuments.RegisterPage>(
                "register",
                "Registry",
                "The models of the register that fit the question of its page, in the order of the "
                    + "page: unless sort says otherwise by compute, or by match where something is "
                    + "searched for. Where no model is called so, those that are near it, marked "
                    + "as near. before is the id of the last model of the page before."
            );
        routes
            .MapGet("/models", Named)
            .Describe<RegistryDocuments.NamedModels>(
                "models",
                "Registry",
                "The models of a name, or the nearest names."
            );
        routes
            .MapGet(
                "/models/{id}",
                (HttpContext context, PublicSite site, string id) => Model(context, site, id)
            )
            .Describe<RegistryDocuments.ModelDocument>("model", "Registry", "A model.");
        routes
            .MapGet(
                "/releases/{id}",
                (HttpContext context, PublicSite site, string id) => Release(context, site, id)
            )
            .Describe<RegistryDocuments.ReleaseDocument>("release", "Registry", "A release.");
    }

    // The parameters are those of the page, and read as they are there.
    private static IResult Page(HttpContext context, PublicSite site, int limit)
    {
        var table = site.RegisterOf(context);
        var question = RegisterQuestion.Read(context.Request.Query, table, out var fault);
        if (question is null || limit is < 1 or > PageMax)
        {
            return context.Fail(
                new(Problems.BadQuery, fault ?? $"limit is a number from 1 to {PageMax}")
            );
        }

        var (found, isNear) = question.Answered(table);
        var from = question.StartIn(found);
        if (from < 0)
        {
            return context.Fail(
                new(Problems.BadQuery, $"no model that fits has the id {question.After}")
                {
                    Where = "before",
                }
            );
        }

        var world = table.World;
        var page = found.Skip(from).Take(limit).ToList();
        return Results.Json(
            new RegistryDocuments.RegisterPage(
                world.Size,
                world.At.ToString(),
                found.Count,
                isNear,
                [
                    .. page.Select(line =>
                        RegistryDocuments.Line(world, world.Registry.Models[line.Id])
                    ),
                ],
                from + page.Count < found.Count
                    ? $"{(question with { After = page[^1].Id }).JsonHref}&limit={limit}"
                    : null
            ),
            ApiJson.Options
        );
    }

    private static IResult Named(HttpContext context, string? name)
    {
        var world = Freshness.SnapshotOf(context).World;
        if (name is not { Length: > 0 and <= 200 })
        {
            return context.Fail(
                new(Problems.BadQuery, "name is 1 to 200 characters") { Where = "name" }
            );
        }

        var found = RegisterQuery.Named(world, name);
        var nearest = found.Count > 0 ? [] : RegisterQuery.Nearest(world, name, NearestCount);
        return Results.Json(
            new RegistryDocuments.NamedModels(
                [.. found.Select(model => RegistryDocuments.Line(world, model))],
                [.. nearest.Select(model => RegistryDocuments.Line(world, model))]
            ),
            ApiJson.Options
        );
    }

    private static IResult Model(HttpContext context, PublicSite site, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        return
            ShortId.TryParse(id, ModelId.Letter, out var index)
            && world.Registry.Models.Find(new(index)) is { } model
            ? Results.Json(
                RegistryDocuments.Document(world, model, act => site.ContestedIn(world, act)),
                ApiJson.Options
            )
            : context.Fail(NoModel(id));
    }

    private static IResult Release(HttpContext context, PublicSite site, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        return
            ShortId.TryParse(id, ReleaseId.Letter, out var index)
            && world.Registry.Releases.Find(new(index)) is { } release
            ? Results.Json(
                RegistryDocuments.Document(world, release, act => site.ContestedIn(world, act)),
                ApiJson.Options
            )
            : context.Fail(new(Problems.NotFound, $"no release has the id {id}") { Where = "id" });
    }

    internal static Problem NoModel(string id) =>
        new(Problems.NotFound, $"no model has the id {id}; /models?name=… finds one by name")
        {
            Where = "id",
        };
}
