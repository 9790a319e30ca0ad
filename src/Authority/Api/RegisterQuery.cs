using Concord.Acts;
using Concord.Rooms;
using Concord.Rooms.Registry;

namespace Concord.Authority.Api;

/// <summary>Questions to the register by name.</summary>
public static class RegisterQuery
{
    /// <summary>The models that a person may mean: by id, or all of that folded name.</summary>
    public static IReadOnlyList<Model> Named(World world, string name)
    {
        var registry = world.Registry;
        if (
            ShortId.TryParse(name, ModelId.Letter, out var index)
            && registry.Models.Find(new(index)) is { } one
        )
        {
            return [one];
        }

        return
        [
            .. (registry.Names.Find(FoldedName.Of(name)) ?? Enumerable.Empty<ModelId>())
                .Select(registry.Canonical)
                .Distinct()
                .Select(id => registry.Models[id]),
        ];
    }

    /// <summary>The models whose names are nearest to a name.</summary>
    public static IReadOnlyList<Model> Nearest(World world, string name, int count)
    {
        var wanted = FoldedName.Of(name);
        return
        [
            .. world
                .Registry.Models.Values.Where(model => model.AnsweredBy is null)
                .Select(model => (Model: model, Distance: Distance(wanted, model)))
                .OrderBy(pair => pair.Distance)
                .ThenByDescending(pair => pair.Model.Id.Index)
                .Take(count)
                .Select(pair => pair.Model),
        ];
    }

    // A name that holds the other is nearer than any that must be changed.
    private static int Distance(string wanted, Model model)
    {
        var name = FoldedName.Of(model.FullName);
        return name.Contains(wanted, StringComparison.Ordinal) && wanted.Length > 0
            ? name.Length - wanted.Length
            : 100 + Edits(wanted, name);
    }

    private static int Edits(string from, string to)
    {
        Span<int> row = stackalloc int[Math.Min(to.Length, 200) + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= Math.Min(from.Length, 200); i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j < row.Length; j++)
            {
                var cost = corner + (from[i - 1] == to[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(cost, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
