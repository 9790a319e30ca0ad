using System.Buffers;
using System.Text.Json;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Api;

/// <summary>
/// What a rulebook asks of a model, and why: the same answer as <c>concord explain</c>.
/// </summary>
public static class ExplainApi
{
    private const int AssumptionsMax = 32;

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/models/{id}/explain/{rulebook}", Explain)
            .Describe<JsonElement>(
                "explain",
                "Registry",
                "What a rulebook asks of a model, why, and what would settle it; assume=FACT=VALUE "
                    + "answers as if a fact were so."
            );

    /// <summary>
    /// The answer about a model, with assumptions against whatever is stated, or the problem.
    /// </summary>
    /// <param name="world">The world.</param>
    /// <param name="id">The model: its id, or its name compared after folding.</param>
    /// <param name="rulebook">The rulebook's id.</param>
    /// <param name="assume">Each FACT=VALUE.</param>
    public static Explained Read(
        World world,
        string id,
        string rulebook,
        IReadOnlyList<string?> assume
    )
    {
        if (RegisterQuery.Named(world, id) is not [var named])
        {
            return new() { Problem = NotOne(world, id) };
        }

        if (world.Network.RulebookOn(rulebook, world.At.Day) is not { } adopted)
        {
            return new()
            {
                Problem = new(
                    Problems.NotFound,
                    $"this authority applies no rulebook {rulebook}; /laws lists those it applies"
                )
                {
                    Where = "rulebook",
                },
            };
        }

        var model = world.Registry.Models[world.Registry.Canonical(named.Id)];
        var given = assume.Where(one => !string.IsNullOrEmpty(one)).ToList();
        if (given.Count > AssumptionsMax)
        {
            return new() { Problem = Bad($"at most {AssumptionsMax} facts may be assumed") };
        }

        var assumptions = new List<Assumption>();
        foreach (var one in given)
        {
            var at = one!.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                return new() { Problem = Bad($"'{one}' is not FACT=VALUE") };
            }

            assumptions.Add(new(one[..at], one[(at + 1)..]));
        }

        var sheet = FactSheets
            .Of(world, model.Id, Audience.Public)
            .TryAssume(assumptions, whatIf: true, out var fault);
        return sheet is null
            ? new() { Problem = Bad(fault?.Rule ?? "an assumption cannot be read") }
            : new()
            {
                Model = model,
                Adopted = adopted,
                Facts = sheet,
                Assumed = assumptions,
                Answer = Evaluation.Of(
                    adopted.Book,
                    sheet,
                    world.At,
                    adopted.AppliesFrom,
                    world.Network.Outages
                ),
            };
    }

    private static IResult Explain(HttpContext context, string id, string rulebook)
    {
        var world = Freshness.SnapshotOf(context).World;
        var explained = Read(world, id, rulebook, [.. context.Request.Query["assume"]]);
        if (explained is not { Answer: { } answer, Model: { } model })
        {
            return context.Fail(explained.Problem!);
        }

        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("model");
            json.WriteString("id", model.Id.ToString());
            json.WriteString("name", model.FullName);
            json.WriteString(
                "developer",
                string.Join(", ", RegistryDocuments.DevelopersOf(world, model))
            );
            json.WriteBoolean("registered", model.IsRegistered);
            json.WriteEndObject();
            json.WriteNumber("size", world.Size);
            AnswerDocument.WriteMembers(json, answer);
            json.WriteEndObject();
        }

        return Results.Bytes(buffer.WrittenMemory, "application/json; charset=utf-8");
    }

    private static Problem NotOne(World world, string name)
    {
        var found = RegisterQuery.Named(world, name);
        var meant =
            found.Count > 0 ? found : RegisterQuery.Nearest(world, name, RegistryApi.NearestCount);
        return new(
            found.Count > 0 ? Problems.Ambiguous : Problems.NotFound,
            found.Count > 0
                ? $"{found.Count} models are called {name}"
                : $"no model has this id or name: {name}; the nearest are in `candidates`"
        )
        {
            Where = "id",
            Candidates = [.. meant.Select(one => RegistryDocuments.Line(world, one))],
        };
    }

    private static Problem Bad(string detail) =>
        new(Problems.BadQuery, detail)
        {
            Where = "assume",
            Remedy =
                "Write assume=FACT=VALUE, for example assume=market[EU]=placed; the facts and "
                + "their values are in specs/rulebook.md.",
        };
}
