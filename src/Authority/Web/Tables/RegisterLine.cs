using Concord.Acts;
using Concord.Authority.Api;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Rooms;
using Concord.Rooms.Registry;
using Concord.Rooms.Rulebooks;

namespace Concord.Authority.Web.Tables;

/// <summary>
/// What lists need of a model, kept small because there is one for each: text to search, keys to
/// sort by, and the four-valued answers of all columns, two bits each.
/// </summary>
public sealed class RegisterLine
{
    private static readonly StateKind[] s_answers =
    [
        StateKind.Yes,
        StateKind.Undetermined,
        StateKind.No,
        StateKind.NoFigure,
    ];

    private readonly ulong _answers;
    private Markup?[]? _whys;

    private RegisterLine(Model model, string folded, string words, ulong answers)
    {
        (Id, Folded, Words, _answers) = (model.Id, folded, words, answers);
        Published = model.Report?.PublishedOn?.DayNumber ?? -1;
        IsRegistered = model.IsRegistered;
    }

    /// <summary>The model.</summary>
    public ModelId Id { get; }

    /// <summary>Name and developers, folded, with a separator that no folded name has.</summary>
    public string Folded { get; }

    /// <summary>
    /// The words of name and developers, folded, each once, with a space before and after it.
    /// </summary>
    public string Words { get; }

    /// <summary>The day of publication as a number, or -1.</summary>
    public int Published { get; private init; }

    /// <summary>The logarithm of the best estimate of its compute; negative: no figure.</summary>
    public double Compute { get; private init; }

    /// <summary>Whether its developer registered it.</summary>
    public bool IsRegistered { get; }

    /// <summary>What it may put out, one bit for each word of the vocabulary.</summary>
    public byte Modalities { get; private init; }

    /// <summary>The words of <see cref="Modalities"/>, by bit.</summary>
    public static IReadOnlyList<string> ModalityWords { get; } =
        Vocabulary.Find("modality.out")!.Words;

    /// <summary>The bit of a word; 0: there is no such word.</summary>
    public static int ModalityBit(string word)
    {
        for (var i = 0; i < ModalityWords.Count; i++)
        {
            if (string.Equals(ModalityWords[i], word, StringComparison.Ordinal))
            {
                return 1 << i;
            }
        }

        return 0;
    }

    /// <summary>The four answers, in the order in which they are always told.</summary>
    public static IReadOnlyList<StateKind> Answers => s_answers;

    /// <summary>The answer of a column.</summary>
    public StateKind Answer(RegisterColumn column) =>
        s_answers[(int)(_answers >> (2 * column.Place)) & 3];

    /// <summary>
    /// Why a column does not decide; kept with the line in each language, which lasts until a fact
    /// of it changes.
    /// </summary>
    public Markup? Why(World world, RegisterColumn column)
    {
        if (Answer(column) is not (StateKind.Undetermined or StateKind.NoFigure))
        {
            return null;
        }

        // Two readers may both compute it: the same words.
        var place = (column.Place * Language.All.Count) + Language.Current.Place;
        var whys = _whys ??= new Markup?[place + 1];
        if (place >= whys.Length)
        {
            Array.Resize(ref whys, place + 1);
            _whys = whys;
        }

        return whys[place] ??= Undecided.Why(
            world,
            world.Registry.Models[Id],
            column,
            Answer(column)
        );
    }

    /// <summary>The line of a model.</summary>
    public static RegisterLine Of(
        World world,
        Model model,
        IReadOnlyList<RegisterColumn> columns,
        FactReader reader
    )
    {
        var facts = reader.Of(model.Id, Audience.Public);
        ulong answers = 0;
        foreach (var column in columns)
        {
            var number = Array.IndexOf(s_answers, column.Answer(facts, world.At));
            answers |= (ulong)number << (2 * column.Place);
        }

        var figure = BestEstimate.Of(world, model);
        List<string> names = [model.FullName, .. RegistryDocuments.DevelopersOf(world, model)];
        var folded = string.Join('|', names.Select(FoldedName.Of));
        var words = names.SelectMany(SearchWords.Of).Distinct(StringComparer.Ordinal);
        var published = BestEstimate.ReportOf(world, model)?.PublishedOn?.DayNumber ?? -1;
        return new(model, folded, $" {string.Join(' ', words)} ", answers)
        {
            Compute = figure.Weight,
            Published = published,
            Modalities = ModalitiesOf(facts, world.At),
        };
    }

    private static byte ModalitiesOf(FactSheet facts, Instant at)
    {
        var bits = 0;
        if (facts.Read("modality.out", at).Value is Known.Words words)
        {
            foreach (var word in words.Possible ?? words.Certain)
            {
                bits |= ModalityBit(word);
            }
        }

        return (byte)bits;
    }
}
