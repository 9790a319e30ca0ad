using Concord.Acts;
using Concord.Acts.Registry;

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

    /// <summary>The act that the answers make; null: something is wrong with one.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="developer">The party that registers.</param>
    public static RegisterModel? Compose(FormAnswers answers, PartyId developer)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var name = answers.Needed("name", "Give the model's name");
        answers.Needed("modality", "Say what the model puts out");
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
