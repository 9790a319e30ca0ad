using Concord.Rooms.Lineage;
using Concord.Rooms.Network;
using Concord.Rooms.Registry;

namespace Concord.Rooms;

/// <summary>
/// The digests by which a server, a replay and a mirror compare their views (DESIGN §5). They are
/// made on request, at the size of a world.
/// </summary>
public static class ViewDigests
{
    /// <summary>The version of the digest format; it changes when a view's meaning does.</summary>
    public const int Version = 1;

    /// <summary>The digests of every view for an audience.</summary>
    public static IReadOnlyList<ViewDigest> Of(World world, Audience audience)
    {
        using var writer = new ViewWriter();
        return
        [
            Of("network", NetworkDigest.Write),
            Of("registry", RegistryDigest.Write),
            Of("lineage", LineageDigest.Write),
        ];

        ViewDigest Of(string view, Action<World, Audience, ViewWriter> write)
        {
            writer.Word("concord-view").Word(view).Number(Version).Number(world.Size);
            write(world, audience, writer);
            return new(view, Version, audience, world.Size, writer.Finish());
        }
    }
}
