using Concord.Acts;
using Concord.Authority.Admission;
using Concord.Ledger;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>
/// The files that hang on an act: chosen and sent by a script, a line for each in the answers of
/// the form. A line has the digest, the media type, who reads it, and the name.
/// </summary>
public static class AttachedFiles
{
    /// <summary>The field of the form.</summary>
    public const string Field = "attachments";

    private const int SaltBytes = 16;

    /// <summary>The field, to be answered.</summary>
    /// <param name="answers">The answers so far.</param>
    /// <param name="party">For which party files are sent.</param>
    /// <param name="isSealed">Whether the act is sealed, so that none of them is public.</param>
    public static Markup Ask(FormAnswers answers, PartyId party, bool isSealed)
    {
        ArgumentNullException.ThrowIfNull(answers);
        answers.Errors.TryGetValue(Field, out var wrong);
        var markup = new Markup()
            .Open(
                "div",
                (
                    "class",
                    wrong is null ? "govuk-form-group" : "govuk-form-group govuk-form-group--error"
                )
            )
            .Open("fieldset", ("class", "c-fieldset"), ("id", Field), ("tabindex", "-1"))
            .Leaf("legend", Say("Files that hang on it"), ("class", "govuk-label"))
            .Leaf(
                "div",
                Say(
                    "Such as a report of evaluations. May be left out. At most 16 files, each of "
                        + "8 MB and all together of 16 MB."
                ),
                ("class", "govuk-hint")
            );
        if (wrong is not null)
        {
            markup
                .Open("p", ("class", "govuk-error-message"))
                .Leaf("span", Say("Error: "), ("class", "govuk-visually-hidden"))
                .Text(wrong)
                .Close();
        }

        return markup
            .Open("noscript")
            .Open("p", ("class", "govuk-body"))
            .Add(
                Say(
                    $"Files are sent here with JavaScript alone. Without, file by the command "
                        + $"line: {new Markup().Leaf("code", "concord attach FILE")} prepares one."
                )
            )
            .Close()
            .Close()
            .Add(Chooser(party, isSealed))
            .Empty(
                "input",
                ("type", "hidden"),
                ("id", "attach-lines"),
                ("name", Field),
                ("value", answers.Whole(Field))
            )
            .Close()
            .Close();
    }

    /// <summary>What the answers name; what is wrong stands beside the field.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="party">For which party they were sent.</param>
    /// <param name="uploads">What was sent.</param>
    public static IReadOnlyList<Attachment> Read(
        FormAnswers answers,
        PartyId party,
        UploadDesk uploads
    )
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(uploads);
        var files = new List<Attachment>();
        foreach (var line in answers.Lines(Field))
        {
            if (!TryRead(line, out var file))
            {
                answers.Errors[Field] = Say("A file is not named as it should be: choose it again");
                break;
            }

            files.Add(file);
            if (uploads.Find(new(party.Index, file.Digest)) is not { IsWhole: true })
            {
                answers.Errors[Field] = Plainly(
                    $"{file.Name} is not here whole: choose it again, and it goes on where it was"
                );
            }
        }

        return files;
    }

    /// <summary>The files in words.</summary>
    /// <param name="files">The files.</param>
    /// <param name="party">For which party they were sent; null: for none.</param>
    /// <param name="uploads">What was sent.</param>
    public static Markup Said(IReadOnlyList<Attachment> files, PartyId? party, UploadDesk uploads)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(uploads);
        var markup = new Markup().Open("ul", ("class", "c-readings"), ("id", "files"));
        foreach (var file in files)
        {
            var sent = party is { } id ? uploads.Find(new(id.Index, file.Digest)) : null;
            var size = sent is null
                ? ""
                : $", {Count(sent.Length - SaltBytes, "{0} byte", "{0} bytes")}";
            markup
                .Open("li")
                .Text(file.Name)
                .Leaf(
                    "span",
                    $"{file.MediaType}{size}, {ReadersOf(file.Visibility)}",
                    ("class", "c-interval")
                )
                .Leaf("span", file.Digest.ToString(), ("class", "c-digest"))
                .Close();
        }

        return markup.Close();
    }

    private static string ReadersOf(Visibility visibility) =>
        visibility switch
        {
            Visibility.Public => Say("for everybody to read"),
            Visibility.Parties => Say("for the parties and the authorities"),
            _ => Say("for the authorities alone"),
        };

    // Without a script nothing of it is shown.
    private static Markup Chooser(PartyId party, bool isSealed)
    {
        var markup = new Markup()
            .Open(
                "div",
                ("class", "c-drop c-scripted"),
                ("id", "attach"),
                ("data-party", party.ToString())
            )
            .Open("div", ("class", "govuk-form-group"))
            .Leaf(
                "label",
                Say("Who reads the files that you choose next"),
                ("class", "govuk-label"),
                ("for", "attach-readers")
            )
            .Open("select", ("class", "govuk-select"), ("id", "attach-readers"))
            .Leaf("option", Say("The authorities alone"), ("value", "authorities"))
            .Leaf("option", Say("The parties and the authorities"), ("value", "parties"));
        if (!isSealed)
        {
            markup.Leaf("option", Say("Everybody, for good"), ("value", "public"));
        }

        return markup
            .Close()
            .Close()
            .Leaf("label", Say("Choose files"), ("class", "govuk-label"), ("for", "attach-chosen"))
            .Leaf(
                "div",
                Say("They are sent now, and filed when you sign. You can also drop them here."),
                ("class", "govuk-hint"),
                ("id", "attach-hint")
            )
            .Empty(
                "input",
                ("class", "govuk-file-upload"),
                ("id", "attach-chosen"),
                ("type", "file"),
                ("multiple", ""),
                ("aria-describedby", "attach-hint")
            )
            .Open("ul", ("class", "c-readings"), ("id", "attach-files"))
            .Close()
            .Leaf("p", "", ("class", "govuk-body"), ("id", "attach-said"), ("role", "status"))
            .Close();
    }

    private static bool TryRead(string line, out Attachment file)
    {
        file = null!;
        if (
            line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries)
                is not [var said, var type, var readers, var name]
            || !Digest.TryParseHex(said, out var digest)
            || !Enum.TryParse<Visibility>(readers, ignoreCase: true, out var visibility)
            || !Enum.IsDefined(visibility)
        )
        {
            return false;
        }

        file = new()
        {
            Digest = digest,
            MediaType = type,
            Visibility = visibility,
            Name = name,
        };
        return true;
    }
}
