using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Web.Filing;

/// <summary>Fields of a form: label, hint, what is wrong with the answer, answer.</summary>
/// <param name="errors">What is wrong, by the name of the field.</param>
public sealed class FormField(IReadOnlyDictionary<string, string> errors)
{
    /// <summary>A line of text.</summary>
    /// <param name="name">The field.</param>
    /// <param name="label">What is asked.</param>
    /// <param name="hint">How to answer; null: that is plain.</param>
    /// <param name="value">The answer so far.</param>
    /// <param name="type">The type of the input.</param>
    public Markup Text(string name, string label, string? hint, string value, string type = "text")
    {
        var markup = Open(name).Leaf("label", label, ("class", "govuk-label"), ("for", name));
        About(markup, name, hint);
        return markup
            .Empty(
                "input",
                (
                    "class",
                    errors.ContainsKey(name) ? "govuk-input govuk-input--error" : "govuk-input"
                ),
                ("id", name),
                ("name", name),
                ("type", type),
                ("value", value),
                ("autocomplete", "off"),
                ("aria-invalid", errors.ContainsKey(name) ? "true" : null),
                ("aria-describedby", Described(name, hint))
            )
            .Close();
    }

    /// <summary>A text of several lines.</summary>
    /// <param name="name">The field.</param>
    /// <param name="label">What is asked.</param>
    /// <param name="hint">How to answer; null: that is plain.</param>
    /// <param name="value">The answer so far.</param>
    /// <param name="isCode">Whether it is read letter by letter.</param>
    public Markup Area(string name, string label, string? hint, string value, bool isCode = false)
    {
        var markup = Open(name).Leaf("label", label, ("class", "govuk-label"), ("for", name));
        About(markup, name, hint);
        var style = errors.ContainsKey(name)
            ? "govuk-textarea govuk-textarea--error"
            : "govuk-textarea";
        return markup
            .Leaf(
                "textarea",
                value,
                ("class", isCode ? $"{style} c-code" : style),
                ("id", name),
                ("name", name),
                ("rows", "5"),
                ("autocomplete", "off"),
                ("spellcheck", isCode ? "false" : null),
                ("aria-invalid", errors.ContainsKey(name) ? "true" : null),
                ("aria-describedby", Described(name, hint))
            )
            .Close();
    }

    /// <summary>A file that is sent with the form.</summary>
    public Markup File(string name, string label, string? hint)
    {
        var markup = Open(name).Leaf("label", label, ("class", "govuk-label"), ("for", name));
        About(markup, name, hint);
        return markup
            .Empty(
                "input",
                ("class", "govuk-file-upload"),
                ("id", name),
                ("name", name),
                ("type", "file"),
                ("aria-invalid", errors.ContainsKey(name) ? "true" : null),
                ("aria-describedby", Described(name, hint))
            )
            .Close();
    }

    /// <summary>One out of a few, in a list that opens.</summary>
    public Markup Select(
        string name,
        string label,
        string? hint,
        string value,
        params ReadOnlySpan<(string Word, string Says)> choices
    )
    {
        var markup = Open(name).Leaf("label", label, ("class", "govuk-label"), ("for", name));
        About(markup, name, hint)
            .Open(
                "select",
                ("class", "govuk-select"),
                ("id", name),
                ("name", name),
                ("aria-invalid", errors.ContainsKey(name) ? "true" : null),
                ("aria-describedby", Described(name, hint))
            );
        foreach (var (word, says) in choices)
        {
            markup.Leaf(
                "option",
                says,
                ("value", word),
                ("selected", string.Equals(word, value, StringComparison.Ordinal) ? "" : null)
            );
        }

        return markup.Close().Close();
    }

    /// <summary>One or some out of a few, all of them shown.</summary>
    /// <param name="type">checkbox or radio.</param>
    /// <param name="name">The field.</param>
    /// <param name="label">What is asked.</param>
    /// <param name="hint">How to answer; null: that is plain.</param>
    /// <param name="chosen">The answers so far.</param>
    /// <param name="choices">What can be answered.</param>
    public Markup Choice(
        string type,
        string name,
        string label,
        string? hint,
        IReadOnlyCollection<string> chosen,
        IEnumerable<(string Word, string Says)> choices
    )
    {
        var markup = Open(name)
            .Open("fieldset", ("class", "c-fieldset"), ("aria-describedby", Described(name, hint)))
            .Leaf("legend", label, ("class", "govuk-label"));
        About(markup, name, hint);
        var first = true;
        foreach (var (word, says) in choices)
        {
            // A message about the question leads to its first answer.
            var id = first ? name : $"{name}-{word}";
            first = false;
            markup
                .Open("p", ("class", "c-choice__item"))
                .Empty(
                    "input",
                    ("type", type),
                    ("id", id),
                    ("name", name),
                    ("value", word),
                    ("checked", chosen.Contains(word, StringComparer.Ordinal) ? "" : null)
                )
                .Leaf("label", says, ("for", id))
                .Close();
        }

        return markup.Close().Close();
    }

    /// <summary>
    /// What is wrong, above the form, with links to the fields; nothing where nothing is.
    /// </summary>
    public Markup Summary()
    {
        var markup = new Markup();
        if (errors.Count == 0)
        {
            return markup;
        }

        markup
            .Open("div", ("class", "govuk-error-summary"), ("tabindex", "-1"), ("autofocus", ""))
            .Open("div", ("role", "alert"))
            .Leaf("h2", Say("There is a problem"), ("class", "govuk-error-summary__title"))
            .Open("div", ("class", "govuk-error-summary__body"))
            .Open("ul", ("class", "govuk-list govuk-error-summary__list"));
        foreach (var (field, words) in errors)
        {
            markup.Open("li");
            if (field.Length == 0)
            {
                markup.Text(words);
            }
            else
            {
                markup.Leaf("a", words, ("href", $"#{field}"));
            }

            markup.Close();
        }

        return markup.Close().Close().Close().Close();
    }

    private Markup Open(string name) =>
        new Markup().Open(
            "div",
            (
                "class",
                errors.ContainsKey(name)
                    ? "govuk-form-group govuk-form-group--error"
                    : "govuk-form-group"
            )
        );

    private Markup About(Markup markup, string name, string? hint)
    {
        if (hint is not null)
        {
            markup.Leaf("div", hint, ("class", "govuk-hint"), ("id", $"{name}-hint"));
        }

        if (errors.TryGetValue(name, out var words))
        {
            markup
                .Open("p", ("class", "govuk-error-message"), ("id", $"{name}-error"))
                .Leaf("span", Say("Error: "), ("class", "govuk-visually-hidden"))
                .Text(words)
                .Close();
        }

        return markup;
    }

    private string? Described(string name, string? hint)
    {
        var error = errors.ContainsKey(name) ? $"{name}-error" : null;
        return hint is null ? error : $"{name}-hint {error}".TrimEnd();
    }
}
