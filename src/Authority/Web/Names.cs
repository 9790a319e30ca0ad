using Concord.Acts;
using Concord.Authority.Web.Languages;
using Concord.Rooms;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web;

/// <summary>
/// What ids stand for, by the names that people know, with links to their pages or without.
/// </summary>
/// <param name="world">The world that is read.</param>
/// <param name="isLinked">Whether names are links; headings and titles have none.</param>
public sealed class Names(World world, bool isLinked = true)
{
    /// <summary>The world that is read.</summary>
    public World World { get; } = world;

    /// <summary>A model.</summary>
    public Markup Model(ModelId id) =>
        World.Registry.Models.Find(id) is { } model
            ? Link(model.FullName, $"/models/{id}")
            : Markup.Words(id.ToString());

    /// <summary>A release.</summary>
    public Markup Release(ReleaseId id) =>
        World.Registry.Releases.Find(id) is { } release
            ? Link(release.Act.Name, $"/releases/{id}")
            : Markup.Words(id.ToString());

    /// <summary>A model or release.</summary>
    public Markup Subject(SubjectId id) =>
        id.Model is { } model ? Model(model)
        : id.Release is { } release ? Release(release)
        : Markup.Words(id.ToString());

    /// <summary>A party.</summary>
    public Markup Party(PartyId id) =>
        World.Network.Parties.Find(id) is { } party
            ? Link(party.Name, $"/parties/{id}")
            : Markup.Words(id.ToString());

    /// <summary>An act, by its id.</summary>
    public Markup Act(ActId id) => Link(id.ToString(), $"/acts/{id}");

    /// <summary>Who speaks: the part of an issuer after <c>#</c>, or a whole issuer.</summary>
    public Markup Speaker(string issuer)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        var speaker = issuer[(issuer.LastIndexOf('#') + 1)..];
        return ShortId.TryParse(speaker, PartyId.Letter, out var index) ? Party(new(index))
            : speaker.Split('/') is [var kind, .. var rest]
                ? (kind, rest) switch
                {
                    ("root", [var name]) => Link(Prose.Capital(name), "/authority"),
                    ("officer", [var institution, var name]) => Link(
                        Plainly($"{name} of {TitleOf(institution)}"),
                        "/authority"
                    ),
                    ("clerk", [var institution, var name]) => Link(
                        Plainly($"the clerk {name} of {TitleOf(institution)}"),
                        "/authority"
                    ),
                    ("auditor", [var institution, var name]) => Link(
                        Plainly($"the auditor {name} of {TitleOf(institution)}"),
                        "/authority"
                    ),
                    ("reader", [var institution, var name]) => Link(
                        Plainly($"the reader {name} of {TitleOf(institution)}"),
                        "/authority"
                    ),
                    ("authority", []) => Link(Say("The authority"), "/authority"),
                    _ => Markup.Words(speaker),
                }
            : Markup.Words(speaker);
    }

    /// <summary>Whatever an id stands for; null: it is no id of this register.</summary>
    public Markup? Find(string text) =>
        ShortId.TryParse(text, ModelId.Letter, out var model) && Has(new ModelId(model))
            ? Model(new(model))
        : ShortId.TryParse(text, ReleaseId.Letter, out var release) && Has(new ReleaseId(release))
            ? Release(new(release))
        : ShortId.TryParse(text, PartyId.Letter, out var party) && Has(new PartyId(party))
            ? Party(new(party))
        : ShortId.TryParse(text, ActId.Letter, out var act) && act < World.Size ? Act(new(act))
        : null;

    /// <summary>A link, or its words alone.</summary>
    public Markup Link(string words, string href) =>
        isLinked
            ? new Markup()
                .Open("a", ("class", "govuk-link"), ("href", href))
                .Add(Apart(words))
                .Close()
            : Apart(words);

    // A name reads in its own direction, whatever that of the sentence.
    private static Markup Apart(string words) =>
        Language.Current == Language.English
            ? Markup.Words(words)
            : new Markup().Leaf("bdi", words);

    private bool Has(ModelId id) => World.Registry.Models.Find(id) is not null;

    private bool Has(ReleaseId id) => World.Registry.Releases.Find(id) is not null;

    private bool Has(PartyId id) => World.Network.Parties.Find(id) is not null;

    private string TitleOf(string institution) =>
        World
            .Network.KeySet?.Institutions.FirstOrDefault(one =>
                string.Equals(one.Name, institution, StringComparison.Ordinal)
            )
            ?.Title
        ?? institution;
}
