using Concord.Acts;
using Concord.Rooms.Rulebooks;

namespace Concord.Rooms.Registry;

/// <summary>
/// Makes the sheets of many models of one world, and judges what they were made from once for all
/// of them. For one thread.
/// </summary>
/// <param name="world">The world.</param>
public sealed class FactReader(World world)
{
    private readonly Ancestry _ancestry = new(world);

    /// <summary>The sheet of a model; empty for an id that is not there.</summary>
    /// <param name="id">The model; a report that is answered gives the sheet of its answer.</param>
    /// <param name="audience">Whether what is stated in confidence is read.</param>
    public FactSheet Of(ModelId id, Audience audience)
    {
        if (world.Registry.Models.Find(world.Registry.Canonical(id)) is not { } model)
        {
            return FactSheet.Empty;
        }

        var sheet = FactSheet.Of(
            FactSheets
                .Own(world, model, audience, _ancestry.Computes())
                .Concat(_ancestry.Of(model))
                .Append(FactSheets.Standing(world, model))
        );
        return FactSheets.T1(world, sheet) is { } stated ? sheet.With(stated) : sheet;
    }
}
