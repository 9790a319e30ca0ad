using Concord.Authority.Web;
using Concord.Authority.Web.Filing;
using Concord.Authority.Web.Languages;
using Concord.Authority.Web.Subjects;
using Concord.Authority.Web.Tables;
using Concord.Rooms.Rulebooks;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Pages;

/// <summary>
/// Which duties would apply to a model, by the very law that judges one: nothing is filed and
/// nothing is kept, and the address is the whole question.
/// </summary>
/// <param name="site">What pages read.</param>
public sealed class BeforeYouFilePage(PublicSite site) : SitePage(site)
{
    private const int OthersMax = 40;

    /// <summary>What was answered.</summary>
    public SupposedForm Form { get; private set; } = null!;

    /// <summary>The answers of the laws; empty: not asked, or an answer is none.</summary>
    public IReadOnlyList<LawReading> Laws { get; private set; } = [];

    /// <summary>Further facts to choose from.</summary>
    public IReadOnlyList<AssumeField> Facts { get; private set; } = [];

    /// <summary>The fields, with what is wrong.</summary>
    public FormField Fields => Form.Answers.Fields;

    /// <summary>What is wrong with the further facts; null: nothing.</summary>
    public string? FactError =>
        Form.Answers.Errors.TryGetValue("fact", out var wrong) ? wrong : null;

    /// <summary>Whether something is wrong.</summary>
    public bool IsWrong => Form.Answers.IsWrong;

    /// <summary>Further facts that no list has, and room for one more.</summary>
    public IReadOnlyList<string> Others =>
        [
            .. Form
                .Given.Where(one =>
                    Facts.All(choice =>
                        choice.Options.All(option =>
                            !string.Equals(option.Value, one, StringComparison.Ordinal)
                        )
                    )
                )
                .Take(OthersMax),
            "",
        ];

    /// <summary>The counting profiles that a rulebook in force defines.</summary>
    public IEnumerable<(string Word, string Says)> Profiles =>
        SupposedModel.ProfilesOf(World).Select(name => (name, name));

    /// <summary>The answer, as a heading.</summary>
    public string Heading
    {
        get
        {
            var yes = Laws.Count(law => law.State is StateKind.Yes);
            var open = Laws.Count(law => law.State is StateKind.Undetermined or StateKind.NoFigure);
            var laws = Speech.Count(Laws.Count, "{0} law", "{0} laws");
            return open > 0
                ? Plainly($"{yes} of {laws} would answer Yes, {open} cannot say yet")
                : Plainly($"{yes} of {laws} would answer Yes");
        }
    }

    /// <summary>Judges what was answered.</summary>
    public void OnGet()
    {
        Form = SupposedForm.Read(Request.Query);
        var columns = LawChoice.Default(Site.RegisterOf(HttpContext).Columns);
        var sheet = Form.Answers.IsGiven ? Form.Sheet(World) : null;
        var laws = LawReading.Of(World, sheet ?? FactSheet.Empty, columns);
        Facts = Form.Fields(laws, World);
        Laws = sheet is null ? [] : laws;
    }
}
