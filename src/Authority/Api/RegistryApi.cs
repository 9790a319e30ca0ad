using System.Globalization;
using Concord.Acts;

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
                (HttpContext context, string? search, string? status, string? before, int? limit) =>
                    Page(context, authority, search, status, before, limit ?? 50)
            )
            .Describe<RegistryDocuments.RegisterPage>(
                "register",
                "Registry",
                "The models of the register, newest first."
            );
        routes
            .MapGet("/models", Named)
            .Describe<RegistryDocuments.NamedModels>(
                "models",
                "Registry",
                "The models of a name, or the nearest names."
            );
        routes
            .MapGet("/models/{id}", Model)
            .Describe<RegistryDocuments.ModelDocument>("model", "Registry", "A model.");
        routes
            .MapGet("/releases/{id}", Release)
            .Describe<RegistryDocuments.ReleaseDocument>("release", "Registry", "A release.");
    }

    private static IResult Page(
        HttpContext context,
        RunningAuthority authority,
        string? search,
        string? status,
        string? before,
        int limit
    )
    {
        var world = Freshness.SnapshotOf(context).World;
        var cursor = long.MaxValue;
        if (
            status is not (null or "" or "registered" or "reported")
            || limit is < 1 or > PageMax
            || search is { Length: > 200 }
            || (before is not null && !ShortId.TryParse(before, ModelId.Letter, out cursor))
        )
        {
            return context.Fail(
                new(
                    Problems.BadQuery,
                    "status is registered or reported, before the id of a model, limit 1 to "
                        + $"{PageMax}, search at most 200 characters"
                )
            );
        }

        var registered = string.IsNullOrEmpty(status) ? (bool?)null : status is "registered";
        var fit = RegisterQuery
            .Models(
                world,
                authority.Index,
                string.IsNullOrEmpty(search) ? null : search,
                registered
            )
            .ToList();
        var from = fit.FindIndex(model => model.Id.Index < cursor);
        var page = from < 0 ? [] : fit.Skip(from).Take(limit).ToList();
        var hasMore = from >= 0 && from + page.Count < fit.Count;
        return Results.Json(
            new RegistryDocuments.RegisterPage(
                world.Size,
                world.At.ToString(),
                fit.Count,
                [.. page.Select(model => RegistryDocuments.Line(world, model))],
                hasMore ? NextOf(search, status, page[^1].Id, limit) : null
            ),
            ApiJson.Options
        );
    }

    private static string NextOf(string? search, string? status, ModelId last, int limit) =>
        "/register"
        + QueryString.Create(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["search"] = search,
                ["status"] = status,
                ["before"] = last.ToString(),
                ["limit"] = limit.ToString(CultureInfo.InvariantCulture),
            }.Where(pair => !string.IsNullOrEmpty(pair.Value))
        );

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

    private static IResult Model(HttpContext context, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        return
            ShortId.TryParse(id, ModelId.Letter, out var index)
            && world.Registry.Models.Find(new(index)) is { } model
            ? Results.Json(RegistryDocuments.Document(world, model), ApiJson.Options)
            : context.Fail(NoModel(id));
    }

    private static IResult Release(HttpContext context, string id)
    {
        var world = Freshness.SnapshotOf(context).World;
        return
            ShortId.TryParse(id, ReleaseId.Letter, out var index)
            && world.Registry.Releases.Find(new(index)) is { } release
            ? Results.Json(RegistryDocuments.Document(world, release), ApiJson.Options)
            : context.Fail(new(Problems.NotFound, $"no release has the id {id}") { Where = "id" });
    }

    internal static Problem NoModel(string id) =>
        new(Problems.NotFound, $"no model has the id {id}; /models?name=… finds one by name")
        {
            Where = "id",
        };
}
