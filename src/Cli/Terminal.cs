using System.Buffers;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace Concord.Cli;

/// <summary>
/// What a person or a program reads of a command. With <c>--json</c> one document goes to standard
/// output and nothing else does; without it, lines, tables and trees. Faults and progress go to
/// standard error.
/// </summary>
internal sealed class Terminal
{
    private const int PlainWidth = 140;

    private static readonly JsonWriterOptions s_json = new()
    {
        Indented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly bool _isPlain;
    private readonly bool _isErrorPlain;

    public Terminal(TextWriter output, TextWriter error, bool json)
    {
        (_output, _error, IsJson) = (output, error, json);
        _isPlain = Console.IsOutputRedirected || json;
        _isErrorPlain = Console.IsErrorRedirected || !ReferenceEquals(error, Console.Error);
        Screen = On(output, _isPlain);
        Aside = On(error, _isErrorPlain);
    }

    /// <summary>Whether a program reads.</summary>
    public bool IsJson { get; }

    /// <summary>Standard output for people; written to only where no program reads.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>Standard error.</summary>
    public IAnsiConsole Aside { get; }

    /// <summary>A line for people; markup as Spectre has it.</summary>
    public void Say(string markup)
    {
        if (IsJson)
        {
            return;
        }

        Line(Screen, _isPlain ? _output : null, markup);
    }

    /// <summary>A name and a value, the names in one column.</summary>
    public void Fact(string name, string markup) =>
        Say($"  [grey]{Markup.Escape(name).PadRight(12)}[/] {markup}");

    /// <summary>
    /// A line beside the answer, for people: what is being done, what to do next.
    /// </summary>
    public void Note(string text)
    {
        Say($"[grey]{Markup.Escape(text)}[/]");
    }

    /// <summary>The document for programs.</summary>
    public void Json(Action<Utf8JsonWriter> write)
    {
        if (IsJson)
        {
            Print(write);
        }
    }

    /// <summary>A JSON document, whoever reads.</summary>
    public void Print(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_json))
        {
            write(json);
        }

        _output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Text as it is, whoever reads.</summary>
    public void Print(string text) => _output.WriteLine(text);

    /// <summary>Says why a command could not be done.</summary>
    public ExitCode Fail(CommandFault fault)
    {
        if (IsJson)
        {
            Print(json =>
            {
                json.WriteStartObject();
                json.WriteString("error", fault.Message);
                json.WriteNumber("exit_code", (int)fault.Code);
                foreach (var (name, text) in fault.Details)
                {
                    json.WriteString(name, text);
                }

                if (fault.Remedy is { } remedy)
                {
                    json.WriteString("remedy", remedy);
                }

                json.WriteEndObject();
            });
            return fault.Code;
        }

        var plain = _isErrorPlain ? _error : null;
        Line(Aside, plain, $"[red]✗[/] {Markup.Escape(fault.Message)}");
        foreach (var (name, text) in fault.Details)
        {
            Line(
                Aside,
                plain,
                $"  [grey]{Markup.Escape(name).PadRight(8)}[/] {Markup.Escape(text)}"
            );
        }

        if (fault.Remedy is { } todo)
        {
            Line(Aside, plain, $"  [grey]{"do".PadRight(8)}[/] [bold]{Markup.Escape(todo)}[/]");
        }

        return fault.Code;
    }

    /// <summary>Runs long work with a bar where a person watches.</summary>
    public Task<T> WatchAsync<T>(
        string what,
        Func<IProgress<(long Done, long Of)>, Task<T>> work
    ) => WatchAsync(what, work, new PercentageColumn(), new RemainingTimeColumn());

    /// <summary>The same where bytes are counted: how many, and how many in a second.</summary>
    public Task<T> WatchBytesAsync<T>(
        string what,
        Func<IProgress<(long Done, long Of)>, Task<T>> work
    ) => WatchAsync(what, work, new DownloadedColumn(), new TransferSpeedColumn());

    private async Task<T> WatchAsync<T>(
        string what,
        Func<IProgress<(long Done, long Of)>, Task<T>> work,
        params ProgressColumn[] figures
    )
    {
        if (IsJson || !Aside.Profile.Capabilities.Interactive)
        {
            return await work(new Silence());
        }

        return await Aside
            .Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns([
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                .. figures,
            ])
            .StartAsync(bar => work(new Bar(bar.AddTask(Markup.Escape(what)))));
    }

    // Programs and files get lines as they are; only a screen breaks them.
    private static void Line(IAnsiConsole screen, TextWriter? plain, string markup)
    {
        if (plain is null)
        {
            screen.MarkupLine(markup);
        }
        else
        {
            plain.WriteLine(Markup.Remove(markup).TrimEnd());
        }
    }

    private static IAnsiConsole On(TextWriter writer, bool isPlain)
    {
        var console = AnsiConsole.Create(
            new()
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
                ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
                Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
            }
        );
        console.Profile.Capabilities.Unicode = true;
        if (isPlain)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    private sealed class Silence : IProgress<(long Done, long Of)>
    {
        public void Report((long Done, long Of) value) { }
    }

    private sealed class Bar(ProgressTask task) : IProgress<(long Done, long Of)>
    {
        public void Report((long Done, long Of) value)
        {
            task.MaxValue = Math.Max(value.Of, 1);
            task.Value = value.Done;
        }
    }
}
