using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Concord.Acts;
using Concord.Authority.Web;
using Concord.Measures;

namespace Concord.Cli;

/// <summary>Options whose words are read as the values of acts.</summary>
internal static class Values
{
    /// <summary>An id of a kind.</summary>
    public static Option<T?> Id<T>(string name, string description)
        where T : struct, IActId<T> =>
        Of(name, ShortId.Format(T.Letter, 0)[..1] + "-…", description, word => ReadId<T>(word));

    /// <summary>An id of a kind, as an argument.</summary>
    public static Argument<T?> IdArgument<T>(string name, string description)
        where T : struct, IActId<T> =>
        new(name)
        {
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = r => One(r, word => ReadId<T>(word)),
        };

    /// <summary>A model or a release, as an argument.</summary>
    public static Argument<SubjectId?> SubjectArgument(string name, string description) =>
        new(name)
        {
            Description = description,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = r => One(r, ReadSubject),
        };

    /// <summary>Models or releases.</summary>
    public static Option<SubjectId[]> Subjects(string name, string description) =>
        Many(name, "M-…|R-…", description, ReadSubject);

    /// <summary>Ids of a kind.</summary>
    public static Option<T[]> Ids<T>(string name, string description)
        where T : struct, IActId<T> =>
        Many(name, T.Letter + "-…", description, ReadId<T>, id => $"{id}");

    /// <summary>A day.</summary>
    public static Option<DateOnly?> Day(string name, string description) =>
        Of(name, "YYYY-MM-DD", description, ReadDay);

    /// <summary>A moment, or the start of a day.</summary>
    public static Option<Instant?> Moment(string name, string description) =>
        Of(name, "TIME", description, ReadMoment);

    /// <summary>A number of operations.</summary>
    public static Option<Flop?> Compute(string name, string description) =>
        Of(name, "FLOP", description, ReadFlop);

    /// <summary>Words out of an enumeration, written as on the wire.</summary>
    public static Option<T?> Word<T>(string name, string description)
        where T : struct, Enum =>
        Completing<Option<T?>, T>(Of(name, WordsOf<T>(), description, ReadWord<T>));

    /// <summary>Several words out of an enumeration.</summary>
    public static Option<T[]> Words<T>(string name, string description)
        where T : struct, Enum =>
        Completing<Option<T[]>, T>(
            Many(name, WordsOf<T>(), description, ReadWord<T>, word => WordOf(word))
        );

    /// <summary>Texts, several in one word separated by commas or the option repeated.</summary>
    public static Option<string[]> Texts(string name, string help, string description) =>
        Many(name, help, description, word => word);

    /// <summary>Texts of which the order says nothing, as acts have them: ascending.</summary>
    public static Option<string[]> Set(string name, string help, string description) =>
        Many(name, help, description, word => word, word => word);

    /// <summary>Addresses of the internet protocol.</summary>
    public static Option<IPAddress[]> Addresses(string name, string description) =>
        Many(
            name,
            "ADDRESS",
            description,
            word =>
                IPAddress.TryParse(word, out var address)
                    ? address
                    : throw new FormatException($"'{word}' is not an address like 127.0.0.1")
        );

    /// <summary>A web origin at which passkeys can be used.</summary>
    public static Option<string?> WebOrigin(string name, string description) =>
        new(name)
        {
            HelpName = "ORIGIN",
            Description = description,
            CustomParser = result =>
            {
                var word = result.Tokens.Count == 0 ? null : result.Tokens[^1].Value;
                if (word is not null && !WebAddress.TryParse(word, out _))
                {
                    result.AddError(
                        $"'{word}' is not a web origin like https://register.example.org: https "
                            + "and a domain in lower case, and nothing after it."
                    );
                }

                return word;
            },
        };

    /// <summary>A text.</summary>
    public static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };

    /// <summary>Reads a day.</summary>
    public static DateOnly ReadDay(string word) =>
        DateOnly.TryParseExact(
            word,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw new FormatException($"'{word}' is not a day like 2026-03-31");

    /// <summary>Reads a number of operations.</summary>
    public static Flop ReadFlop(string word) =>
        Flop.TryParse(word, out var flop)
            ? flop
            : throw new FormatException($"'{word}' is not a number of operations like 3.8e25");

    /// <summary>Reads a model or a release.</summary>
    public static SubjectId ReadSubject(string word) =>
        ShortId.TryParse(word, ModelId.Letter, out var model) ? new(ModelId.Letter, model)
        : ShortId.TryParse(word, ReleaseId.Letter, out var release) ? new(ReleaseId.Letter, release)
        : throw new FormatException($"'{word}' is not the id of a model (M-…) or release (R-…)");

    /// <summary>A word of an enumeration as on the wire: lower-case with underscores.</summary>
    public static string WordOf<T>(T value)
        where T : struct, Enum =>
        string.Concat(
            value
                .ToString()
                .Select(
                    (c, i) =>
                        char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : $"{c}"
                )
        );

    private static T ReadId<T>(string word)
        where T : struct, IActId<T> =>
        ShortId.TryParse(word, T.Letter, out var index)
            ? T.At(index)
            : throw new FormatException(
                $"'{word}' is not an id like {ShortId.Format(T.Letter, 1234)}; its last two "
                    + "characters check the others; `concord explain NAME` tells a model's id"
            );

    private static Instant ReadMoment(string word) =>
        Instant.TryParse(word, out var moment) ? moment
        : DateOnly.TryParseExact(
            word,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? Instant.StartOf(day)
        : throw new FormatException(
            $"'{word}' is not a day or a time like 2026-03-31T12:00:00.000Z"
        );

    private static T ReadWord<T>(string word)
        where T : struct, Enum
    {
        var wire = word.Replace('-', '_');
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(WordOf(value), wire, StringComparison.Ordinal))
            {
                return value;
            }
        }

        throw new FormatException($"'{word}' is not one of {WordsOf<T>()}");
    }

    /// <summary>The option with its words as acts write them, not as the program does.</summary>
    private static TOption Completing<TOption, T>(TOption option)
        where TOption : Option
        where T : struct, Enum
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. Enum.GetValues<T>().Select(WordOf)]);
        return option;
    }

    private static string WordsOf<T>()
        where T : struct, Enum => string.Join('|', Enum.GetValues<T>().Select(WordOf));

    private static Option<T?> Of<T>(
        string name,
        string help,
        string description,
        Func<string, T> read
    )
        where T : struct =>
        new(name)
        {
            HelpName = help,
            Description = description,
            CustomParser = result => One(result, read),
        };

    private static Option<T[]> Many<T>(
        string name,
        string help,
        string description,
        Func<string, T> read,
        Func<T, string>? order = null
    ) =>
        new(name)
        {
            HelpName = help,
            Description = description,
            AllowMultipleArgumentsPerToken = false,
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
            CustomParser = result =>
            {
                try
                {
                    var items = result
                        .Tokens.SelectMany(token =>
                            token.Value.Split(
                                ',',
                                StringSplitOptions.TrimEntries
                                    | StringSplitOptions.RemoveEmptyEntries
                            )
                        )
                        .Select(read);
                    return order is null
                        ? [.. items]
                        : [.. items.Distinct().OrderBy(order, StringComparer.Ordinal)];
                }
                catch (FormatException e)
                {
                    result.AddError(e.Message + ".");
                    return [];
                }
            },
        };

    private static T? One<T>(ArgumentResult result, Func<string, T> read)
        where T : struct
    {
        if (result.Tokens.Count == 0)
        {
            return null;
        }

        try
        {
            return read(result.Tokens[^1].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message + ".");
            return null;
        }
    }
}
