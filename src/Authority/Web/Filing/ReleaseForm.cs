using System.Globalization;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>What a form asks about a release, and the act that it makes.</summary>
public static class ReleaseForm
{
    /// <summary>Its fields.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "name",
        "weights",
        "licence",
        "access",
        "on",
    ];

    // Where the schema or the law finds fault, and which answer that is about.
    private static readonly (string Path, string Field)[] s_places =
    [
        ("$.name", "name"),
        ("$.weights", "weights"),
        ("$.licence", "licence"),
        ("$.access", "access"),
        ("$.released_on", "on"),
    ];

    /// <summary>The field that a path in the act is about; empty: none.</summary>
    public static string FieldOf(string path) => Places.FieldOf(s_places, path);

    /// <summary>The fields, to be answered.</summary>
    public static Markup Ask(FormAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var fields = answers.Fields;
        return new Markup()
            .Add(
                fields.Text(
                    "name",
                    Say("Name of the release"),
                    Say("What you call this set of weights"),
                    answers["name"]
                )
            )
            .Add(
                fields.Area(
                    "weights",
                    Say("Files of weights"),
                    Say(
                        "A line for each file: its SHA-256, its size in bytes, its name. The "
                            + "format is "
                            + "told by the name's ending. The commands sha256sum and stat say them."
                    ),
                    answers.Whole("weights"),
                    isCode: true
                )
            )
            .Add(Chooser())
            .Add(
                fields.Text(
                    "licence",
                    Say("Licence"),
                    Say("An SPDX expression such as Apache-2.0, or its name"),
                    answers["licence"]
                )
            )
            .Add(
                fields.Select(
                    "access",
                    Say("Who may have the weights"),
                    null,
                    answers["access"],
                    ("closed", Say("Nobody else")),
                    ("restricted", Say("Chosen parties")),
                    ("open", Say("Anybody"))
                )
            )
            .Add(fields.Text("on", Say("Day of the release"), null, answers["on"], "date"));
    }

    // Without a script nothing of it is shown: digest and size are written by hand.
    private static Markup Chooser() =>
        new Markup()
            .Open("div", ("class", "c-drop c-scripted govuk-form-group"), ("id", "drop"))
            .Open("div", ("id", "choose"))
            .Leaf("label", Say("Or choose files"), ("class", "govuk-label"), ("for", "chosen"))
            .Leaf(
                "div",
                Say("They are read in this browser and never sent. You can also drop them here."),
                ("class", "govuk-hint"),
                ("id", "chosen-hint")
            )
            .Empty(
                "input",
                ("class", "govuk-file-upload"),
                ("id", "chosen"),
                ("type", "file"),
                ("multiple", ""),
                ("aria-describedby", "chosen-hint")
            )
            .Close()
            .Open("div", ("id", "hashing"), ("hidden", ""))
            .Open("p", ("class", "govuk-body"))
            .Open(
                "progress",
                ("class", "c-progress"),
                ("id", "progress"),
                ("max", "1"),
                ("value", "0"),
                ("aria-label", Say("How much of the file is read"))
            )
            .Close()
            .Close()
            .Leaf(
                "button",
                Say("Cancel"),
                ("class", "govuk-button govuk-button--secondary"),
                ("id", "cancel"),
                ("type", "button")
            )
            .Close()
            .Leaf("p", "", ("class", "govuk-body"), ("id", "said"), ("role", "status"))
            .Close();

    /// <summary>Puts what a release says into a form.</summary>
    public static void Fill(FormAnswers answers, Release act)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(act);
        answers.Answer("name", act.Name);
        answers.Answer(
            "weights",
            string.Join(
                '\n',
                act.Weights.Select(one => $"{one.Digest.ToHex()} {one.SizeBytes} {one.Format}")
            )
        );
        answers.Answer("licence", act.Licence);
        answers.Answer("access", FormAnswers.WordOf(act.Access));
        answers.Answer("on", FormAnswers.DayOf(act.ReleasedOn));
    }

    /// <summary>The act that the answers make; null: something is wrong with one.</summary>
    public static Release? Compose(FormAnswers answers, ModelId model)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var act = new Release
        {
            Model = model,
            Name = answers.Needed("name", Say("Give the release a name")),
            Weights = Weights(answers),
            Licence = answers.Needed(
                "licence",
                Say("Say under which licence the weights are given")
            ),
            Access = answers.Word<WeightsAccess>("access"),
            ReleasedOn = answers.NeededDay("on", Say("Say the day of the release")),
        };
        return answers.IsWrong ? null : act;
    }

    private static List<WeightsFile> Weights(FormAnswers answers)
    {
        answers.Needed("weights", Say("Add at least one file of weights, a line for each"));
        var files = new List<WeightsFile>();
        foreach (var line in answers.Lines("weights"))
        {
            if (TryRead(line, out var file))
            {
                files.Add(file);
                continue;
            }

            answers.Errors["weights"] = Plainly(
                $"Write on each line the SHA-256 (64 hexadecimal digits), the size in bytes and "
                    + $"the "
                    + $"name of a file; line {files.Count + 1} has not all of them"
            );
            break;
        }

        return files;
    }

    private static bool TryRead(string line, out WeightsFile file)
    {
        file = null!;
        var words = line.Split((char[]?)null, 3, StringSplitOptions.RemoveEmptyEntries);
        if (
            words is not [var said, var size, var name]
            || !Digest.TryParseHex(
                said.ToLowerInvariant().Replace("sha256:", "", StringComparison.Ordinal),
                out var digest
            )
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        )
        {
            return false;
        }

        file = new()
        {
            Digest = digest,
            SizeBytes = bytes,
            Format = FormatOf(name),
        };
        return true;
    }

    // By the ending of the name, or by the name itself where it is a format's.
    private static string FormatOf(string name)
    {
        var ending = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return ending switch
        {
            "safetensors" or "gguf" or "onnx" or "pytorch" => ending,
            "pt" or "pth" or "bin" or "ckpt" => "pytorch",
            _ => "other",
        };
    }
}
