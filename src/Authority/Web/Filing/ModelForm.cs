using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Authority.Web.Tables;
using Concord.Rooms;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>What a form asks about a model that is registered, and the act that it makes.</summary>
public static class ModelForm
{
    /// <summary>The path of the form.</summary>
    public const string Path = "/file/register-model";

    /// <summary>Its fields.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "name",
        "version",
        "parameters",
        "training",
        "started",
        "finished",
        "weights",
        "release",
        "profile",
        "state",
        "low",
        "high",
        "modality",
    ];

    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.name", "name"),
        ("$.version", "version"),
        ("$.parameters", "parameters"),
        ("$.modality_out", "modality"),
        ("$.training.started_on", "started"),
        ("$.training.finished_on", "finished"),
        ("$.training_compute[0].profile", "profile"),
        ("$.training_compute[0].high", "high"),
        ("$.training_compute", "low"),
        ("$.training", "training"),
        ("$.intended_release.on", "release"),
        ("$.intended_release", "weights"),
        ("$.developer", "party"),
    ];

    /// <summary>The field that a path in the act is about; empty: none.</summary>
    public static string FieldOf(string path) => Places.FieldOf(s_places, path);

    /// <summary>The fields, to be answered.</summary>
    /// <param name="answers">The answers so far.</param>
    /// <param name="world">The world: figures of compute are counted as its rulebooks say.</param>
    /// <param name="hasCompute">Whether compute is asked for.</param>
    public static Markup Ask(FormAnswers answers, World world, bool hasCompute = true)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(world);
        var fields = answers.Fields;
        var markup = new Markup()
            .Add(fields.Text("name", Say("Name of the model"), null, answers["name"]))
            .Add(
                fields.Text(
                    "version",
                    Say("Version"),
                    Say("Where the name does not say it"),
                    answers["version"]
                )
            )
            .Add(
                fields.Choice(
                    "checkbox",
                    "modality",
                    Say("What it puts out"),
                    Say("Choose all that fit"),
                    answers.All("modality"),
                    RegisterLine.ModalityWords.Select(word =>
                        (word, Prose.Capital(ModelWords.Modality(word)))
                    )
                )
            )
            .Add(
                fields.Text(
                    "parameters",
                    Say("Number of parameters"),
                    Say("Such as 70000000000 or 70e9; may be left out"),
                    answers["parameters"]
                )
            );
        Training(markup, answers);
        if (hasCompute && Profiles(world) is { Length: > 0 } profiles)
        {
            Figures(markup, answers, profiles);
        }

        return markup
            .Add(
                fields.Select(
                    "weights",
                    Say("Who is to have the weights"),
                    null,
                    answers["weights"],
                    ("closed", Say("Nobody else")),
                    ("restricted", Say("Chosen parties")),
                    ("open", Say("Anybody"))
                )
            )
            .Add(
                fields.Text(
                    "release",
                    Say("From when"),
                    Say("A day; may be left out"),
                    answers["release"],
                    "date"
                )
            );
    }

    /// <summary>
    /// Puts what a registration says into a form; only one figure of compute can be changed there.
    /// </summary>
    public static void Fill(FormAnswers answers, RegisterModel act)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(act);
        answers.Answer("name", act.Name);
        answers.Answer("version", act.Version ?? "");
        answers.Answer("parameters", $"{act.Parameters}");
        answers.Answer("modality", act.ModalityOut);
        answers.Answer("training", FormAnswers.WordOf(act.Training.State));
        answers.Answer("started", FormAnswers.DayOf(act.Training.StartedOn));
        answers.Answer("finished", FormAnswers.DayOf(act.Training.FinishedOn));
        answers.Answer("weights", FormAnswers.WordOf(act.IntendedRelease.Weights));
        answers.Answer("release", FormAnswers.DayOf(act.IntendedRelease.On));
        if (act.TrainingCompute is [var claim])
        {
            answers.Answer("profile", claim.Profile);
            answers.Answer("state", FormAnswers.WordOf(claim.State));
            answers.Answer("low", $"{claim.Low}");
            answers.Answer("high", $"{claim.High}");
        }
    }

    private static void Training(Markup markup, FormAnswers answers)
    {
        var fields = answers.Fields;
        var optional = Say("A day; may be left out");
        markup
            .Add(
                fields.Select(
                    "training",
                    Say("Its training"),
                    null,
                    answers["training"],
                    ("finished", Say("Has ended")),
                    ("initiated", Say("Has begun")),
                    ("planned", Say("Has not begun"))
                )
            )
            .Add(
                fields.Text(
                    "started",
                    Say("The large run began, or will begin"),
                    optional,
                    answers["started"],
                    "date"
                )
            )
            .Add(fields.Text("finished", Say("It ended"), optional, answers["finished"], "date"));
    }

    private static void Figures(Markup markup, FormAnswers answers, (string, string)[] profiles)
    {
        var fields = answers.Fields;
        markup
            .Add(
                fields.Text(
                    "low",
                    Say("Training compute, at least"),
                    Say("In FLOP, such as 3.1e25; may be left out"),
                    answers["low"]
                )
            )
            .Add(
                fields.Text(
                    "high",
                    Say("Training compute, at most"),
                    Say("In FLOP; may be left out"),
                    answers["high"]
                )
            )
            .Add(
                fields.Select(
                    "profile",
                    Say("Counted as"),
                    Say("The counting profile of a rulebook"),
                    answers["profile"],
                    profiles
                )
            )
            .Add(
                fields.Select(
                    "state",
                    Say("Which part is counted"),
                    null,
                    answers["state"],
                    ("so_far", Say("What was spent until now")),
                    ("planned", Say("What the allocated run will have spent")),
                    ("forecast", Say("What is expected, without an allocation"))
                )
            );
    }

    // Without a rulebook that defines one no figure can be stated.
    private static (string, string)[] Profiles(World world) =>
        [.. SupposedModel.ProfilesOf(world).Select(name => (name, name))];

    /// <summary>The act that the answers make; null: something is wrong with one.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="developer">The party that registers.</param>
    public static RegisterModel? Compose(FormAnswers answers, PartyId developer)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return Compose(answers, developer, answers.Needed("name", Say("Give the model's name")));
    }

    /// <summary>The act that the answers make of a model of a name; null: one is wrong.</summary>
    internal static RegisterModel? Compose(FormAnswers answers, PartyId developer, string name)
    {
        answers.Needed("modality", Say("Say what the model puts out"));
        var act = new RegisterModel
        {
            Developer = developer,
            Name = name,
            Version = answers.Text("version"),
            Parameters = answers.Number("parameters"),
            ModalityOut = answers.All("modality"),
            Training = new()
            {
                State = answers.Word<TrainingState>("training"),
                StartedOn = answers.Day("started"),
                FinishedOn = answers.Day("finished"),
            },
            IntendedRelease = new()
            {
                Weights = answers.Word<WeightsAccess>("weights"),
                On = answers.Day("release"),
            },
            TrainingCompute = Compute(answers),
        };
        return answers.IsWrong ? null : act;
    }

    private static IReadOnlyList<ComputeClaim> Compute(FormAnswers answers)
    {
        var (low, high) = (answers.Figure("low"), answers.Figure("high"));
        if (low is null && high is null)
        {
            return [];
        }

        return
        [
            new()
            {
                Profile = answers["profile"],
                State = answers.Word<ComputeState>("state"),
                Low = low,
                High = high,
            },
        ];
    }
}
