using System.Globalization;
using System.Text;
using Concord.Ledger;
using Concord.Measures;

namespace Concord.Cli.Ceremonies;

/// <summary>
/// What was done in a ceremony, step by step, in plain text that its witnesses sign on paper. Each
/// step ends with the SHA-256 of all that stands above it in the file, so that a step which is
/// changed or left out afterwards does not fit those after it.
/// </summary>
internal sealed class Transcript
{
    /// <summary>The file when nobody says so.</summary>
    public const string DefaultFile = "ceremony.txt";

    private const string Title = "Transcript of a ceremony of keys\n";
    private const string Chain = "   chain       ";

    private readonly string _path;

    private Transcript(string path, string text, int steps) =>
        (_path, Text, Steps) = (path, text, steps);

    /// <summary>All of it.</summary>
    public string Text { get; private set; }

    /// <summary>How many steps it has.</summary>
    public int Steps { get; private set; }

    /// <summary>The last link of its chain; null: it has no step.</summary>
    public Digest? Last { get; private set; }

    /// <summary>Reads what is there; a file that is not there is begun.</summary>
    /// <exception cref="CommandFault">A step does not fit what stands above it.</exception>
    public static Transcript Read(string path)
    {
        var text = File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : Title;
        var transcript = new Transcript(path, text, 0);
        var end = Title.Length;
        while (text.IndexOf(Chain, end, StringComparison.Ordinal) is >= 0 and var at)
        {
            var line = text.IndexOf('\n', at);
            var stated = line < 0 ? "" : text[(at + Chain.Length)..line];
            transcript.Steps++;
            transcript.Last = Digest.TryParse(stated, out var digest) ? digest : null;
            if (transcript.Last != Of(text[..at]))
            {
                throw Broken(path, transcript.Steps);
            }

            end = line + 1;
        }

        return end == text.Length && text.StartsWith(Title, StringComparison.Ordinal)
            ? transcript
            : throw Broken(path, transcript.Steps + 1);
    }

    /// <summary>Writes a step down.</summary>
    /// <param name="step">What is done.</param>
    /// <param name="facts">Names and values, a line each.</param>
    /// <returns>The new last link.</returns>
    public Digest Add(string step, params IEnumerable<(string Name, string Value)> facts)
    {
        var now = Instant.From(TimeProvider.System.GetUtcNow());
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"\n{++Steps}. {step}\n")
            .Append(CultureInfo.InvariantCulture, $"   at          {now}\n");
        foreach (var (name, value) in facts)
        {
            text.Append(CultureInfo.InvariantCulture, $"   {name, -12}{OneLine(value)}\n");
        }

        Text += text;
        var link = Of(Text);
        Text += $"{Chain}{link}\n";
        File.WriteAllText(_path, Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Last = link;
        return link;
    }

    private static Digest Of(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    // Nobody writes a step of their own by the name of a file.
    private static string OneLine(string value) =>
        string.Concat(value.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    private static CommandFault Broken(string path, int step) =>
        new(
            ExitCode.NotSo,
            $"{path} was changed after it was written: step {step} does not fit what stands above "
                + "it.",
            "Compare it with the copies of the witnesses; a ceremony goes on from one that fits."
        );
}
