using System.Text;

namespace Concord.Hosts.Stories;

/// <summary>
/// A scenario in prose whose blocks marked <c>console</c> are commands with what they print.
/// </summary>
internal sealed class Story
{
    private const string Fence = "```";
    private const string Console = Fence + "console";
    private const string Prompt = "$ ";
    private const string More = "> ";

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private readonly List<object> _parts = [];

    private Story() { }

    /// <summary>A command and what it is expected to print.</summary>
    internal sealed class Step
    {
        /// <summary>The command as the story writes it, a line for each line.</summary>
        public required IReadOnlyList<string> Lines { get; init; }

        /// <summary>The command in one line.</summary>
        public string Command => string.Join(' ', Lines.Select(line => line.TrimEnd('\\').Trim()));

        /// <summary>
        /// The command as it is run: whoever reads the README calls the program by its path.
        /// </summary>
        public string Program =>
            Command
                .Replace("./concord ", "concord ", Ordinal)
                .Replace("concord up &", "concord up --port 0 &", Ordinal);

        /// <summary>What it is expected to print.</summary>
        public required string Expected { get; set; }
    }

    /// <summary>The commands in their order.</summary>
    public IEnumerable<Step> Steps => _parts.OfType<List<Step>>().SelectMany(block => block);

    /// <summary>Whether the story starts an authority of its own.</summary>
    public bool BeginsWithUp =>
        Steps.FirstOrDefault()?.Program.StartsWith("concord up ", Ordinal) is true;

    /// <summary>Reads a story.</summary>
    /// <param name="lines">The lines of the page.</param>
    public static Story Read(IReadOnlyList<string> lines)
    {
        var story = new Story();
        for (var i = 0; i < lines.Count; i++)
        {
            story._parts.Add(lines[i]);
            if (string.Equals(lines[i], Console, Ordinal))
            {
                var end = i + 1;
                while (!string.Equals(lines[end], Fence, Ordinal))
                {
                    end++;
                }

                story._parts.Add(ReadBlock([.. lines.Skip(i + 1).Take(end - i - 1)]));
                i = end - 1;
            }
        }

        return story;
    }

    /// <summary>The page with what its commands are expected to print.</summary>
    public string Write()
    {
        var page = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part is string line)
            {
                page.Append(line).Append('\n');
                continue;
            }

            foreach (var step in (List<Step>)part)
            {
                page.Append(Prompt).AppendJoin("\n" + More, step.Lines).Append('\n');
                page.Append(step.Expected);
            }
        }

        return page.ToString();
    }

    private static List<Step> ReadBlock(List<string> lines)
    {
        var steps = new List<Step>();
        for (var i = 0; i < lines.Count; )
        {
            if (!lines[i].StartsWith(Prompt, Ordinal))
            {
                throw new InvalidDataException($"'{lines[i]}' stands before any command.");
            }

            var command = new List<string> { lines[i++][Prompt.Length..] };
            while (i < lines.Count && command[^1].EndsWith('\\'))
            {
                command.Add(lines[i++][More.Length..]);
            }

            var expected = new StringBuilder();
            while (i < lines.Count && !lines[i].StartsWith(Prompt, Ordinal))
            {
                expected.Append(lines[i++]).Append('\n');
            }

            steps.Add(new() { Lines = command, Expected = expected.ToString() });
        }

        return steps;
    }
}
