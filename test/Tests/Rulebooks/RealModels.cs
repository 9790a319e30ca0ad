using Concord.Acts;
using Concord.Acts.Network;
using Concord.Authority.Foundation;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Rulebooks;

/// <summary>
/// A register that holds the reports on real models under every rulebook of the repository.
/// </summary>
internal static class RealModels
{
    private static readonly Lazy<World> s_world = new(Build);

    public static World World => s_world.Value;

    /// <summary>The only model of a name.</summary>
    public static Model Named(string name)
    {
        var found = World
            .Registry.Names.Find(FoldedName.Of(name))!
            .Select(id => World.Registry.Models[id]);
        return Assert.Single(found, one => string.Equals(one.Name, name, StringComparison.Ordinal));
    }

    /// <summary>What the register knows of it, with what a column assumes, or without.</summary>
    public static FactSheet Sheet(Model model, Headline? column)
    {
        var sheet = FactSheets.Of(World, model.Id, Audience.Public);
        return column is null ? sheet : sheet.AssumeFor(column);
    }

    /// <summary>What a rulebook says of a model.</summary>
    public static RulebookAnswer Answer(string rulebook, string name, bool assuming)
    {
        var adopted = World.Network.RulebookOn(rulebook, World.At.Day)!;
        return Evaluation.Of(
            adopted.Book,
            Sheet(Named(name), assuming ? adopted.Book.Headline : null),
            World.At,
            adopted.AppliesFrom
        );
    }

    private static World Build()
    {
        var given = Given.Open();
        foreach (var book in Books.Ids)
        {
            given.Adopt(book);
        }

        given.Admit("desk", "Public sources desk", PartyRole.Institute);
        var table = ReportTable.Read(Resources.Models());
        var ids = new Dictionary<string, ModelId>(StringComparer.Ordinal);
        foreach (var name in table.Waves.SelectMany(wave => wave))
        {
            ids[name] = new(given.File("desk", table.Report(name, ids)));
        }

        return given.World;
    }
}
