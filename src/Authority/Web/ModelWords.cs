using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Api;
using Concord.Authority.Web.Tables;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>What every page says of a model in the same words.</summary>
public static class ModelWords
{
    /// <summary>The address of its page.</summary>
    public static string Href(ModelId id) => $"/models/{id}";

    /// <summary>The address of an explanation.</summary>
    public static string Explain(ModelId id, string rulebook) => $"/models/{id}/explain/{rulebook}";

    /// <summary>Who made it, in a few words.</summary>
    public static string Makers(World world, Model model) =>
        Several(RegistryDocuments.DevelopersOf(world, model), Say("maker not named"));

    /// <summary>Where they are, in a few words; empty: not given.</summary>
    public static string Countries(World world, Model model) =>
        model.Developer is { } id && world.Network.Parties.Find(id) is { } party
            ? Country(party.Country)
            : Several(BestEstimate.ReportOf(world, model)?.Countries ?? [], "");

    /// <summary>Its standing now, in a label.</summary>
    public static Markup Standing(World world, Model model) => Label(model.Standing.AsOf(world.At));

    /// <summary>The standing of a release now, in a label: none is better than its model.</summary>
    public static Markup Standing(World world, ReleaseRecord release) =>
        Label(Descent.StandingOf(world, SubjectId.Of(release.Id))!.Own);

    /// <summary>A standing in a label.</summary>
    public static Markup Label(Standing standing) =>
        standing.State switch
        {
            StandingState.Reported => StateLabel.Of(StateKind.Reported),
            StandingState.Registered => StateLabel.Of(StateKind.Registered),
            StandingState.Certified => StateLabel.Of(
                StateKind.Registered,
                standing.Until is { } until
                    ? Plainly($"Certified until {Times.Short(until.Day)}")
                    : Say("Certified")
            ),
            StandingState.Suspended => StateLabel.Of(
                StateKind.Suspended,
                standing.Until is { } until
                    ? Plainly($"Suspended until {Times.Short(until.Day)}")
                    : Say("Suspended")
            ),
            _ => StateLabel.Of(StateKind.NoFigure, Say("Withdrawn")),
        };

    /// <summary>A country of ISO 3166-1 as people call it.</summary>
    public static string Country(string code)
    {
        try
        {
            return new System.Globalization.RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            return code;
        }
    }

    /// <summary>What a model puts out, by its word in acts.</summary>
    public static string Modality(string word) =>
        word switch
        {
            "action" => Say("action"),
            "audio" => Say("audio"),
            "code" => Say("code"),
            "image" => Say("image"),
            "speech" => Say("speech"),
            "text" => Say("text"),
            "video" => Say("video"),
            _ => Say("other"),
        };

    /// <summary>How far training has come, with a capital.</summary>
    public static string Training(TrainingState state) =>
        state switch
        {
            TrainingState.Planned => Say("Planned"),
            TrainingState.Initiated => Say("Initiated"),
            _ => Say("Finished"),
        };

    /// <summary>Who has the weights, with a capital.</summary>
    public static string Weights(WeightsAccess access) =>
        access switch
        {
            WeightsAccess.Closed => Say("Closed"),
            WeightsAccess.Restricted => Say("Restricted"),
            _ => Say("Open"),
        };

    private static string Several(IReadOnlyList<string> names, string none) =>
        names.Count switch
        {
            0 => none,
            1 => names[0],
            2 => $"{names[0]}, {names[1]}",
            _ => Plainly($"{names[0]} and {names.Count - 1} others"),
        };
}
