using System.CommandLine;
using Concord.Acts;
using Concord.Acts.Registry;

namespace Concord.Cli.Verbs;

/// <summary><c>concord release</c>: declares a release by the digests of its weights.</summary>
internal static class ReleaseVerb
{
    private static readonly Argument<ModelId?> s_model = Values.IdArgument<ModelId>(
        "MODEL",
        "The registered model, M-…"
    );

    private static readonly Argument<FileInfo[]> s_files = new("FILE")
    {
        Description = "The files of weights; they are read and hashed here, and never sent",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_name = Values.Text(
        "--name",
        "TEXT",
        "What the release is called [default: the first file's name]"
    );

    private static readonly Option<string?> s_licence = Values.Text(
        "--licence",
        "SPDX",
        "The licence, an SPDX expression or its name"
    );

    private static readonly Option<WeightsAccess?> s_access = Values.Word<WeightsAccess>(
        "--access",
        "Who may have the weights [default: closed]"
    );

    private static readonly Option<DateOnly?> s_on = Values.Day(
        "--on",
        "The day of the release [default: the day of the authority's last tick]"
    );

    private static readonly Option<string?> s_format = Values.Text(
        "--format",
        "FORMAT",
        "safetensors, gguf, onnx, pytorch, other [default: by the ending]"
    );

    public static Command Create() =>
        new Command("release", "Declare a release of a registered model")
            .With(s_model, s_files, s_name, s_licence, s_access, s_on, s_format)
            .With(Shared.Key, Shared.For, Shared.Receipts, Shared.Dry)
            .Does(ReleaseAsync);

    private static async Task<ExitCode> ReleaseAsync(Session session)
    {
        var words = session.Words;
        var files = words.GetRequiredValue(s_files);
        if (files.FirstOrDefault(file => !file.Exists) is { } missing)
        {
            throw new CommandFault(ExitCode.Usage, $"There is no file {missing.FullName}.");
        }

        var licence = session.Need(s_licence);
        using var client = session.Connect();
        using var signatory = await Signatory.OneAsync(session, client);
        var weights = await HashAsync(session, files, words.GetValue(s_format));
        var act = new Release
        {
            Model = words.GetValue(s_model)!.Value,
            Name = words.GetValue(s_name) ?? Path.GetFileNameWithoutExtension(files[0].Name),
            Weights = weights,
            Licence = licence,
            Access = words.GetValue(s_access) ?? WeightsAccess.Closed,
            ReleasedOn = words.GetValue(s_on) ?? await Clock.DayAsync(session, client),
        };
        return await Filing.FileAsync(session, client, signatory, Composition.Of(act));
    }

    private static Task<WeightsFile[]> HashAsync(
        Session session,
        FileInfo[] files,
        string? format
    ) =>
        session.Terminal.WatchAsync(
            "Hashing",
            async progress =>
            {
                var total = files.Sum(file => file.Length);
                var done = 0L;
                var weights = new WeightsFile[files.Length];
                for (var i = 0; i < files.Length; i++)
                {
                    var digest = await WeightsHash.OfAsync(
                        files[i],
                        read => progress.Report((done += read, total)),
                        session.Cancel
                    );
                    session.Terminal.Fact(
                        "weights",
                        $"{digest}  {Spectre.Console.Markup.Escape(files[i].Name)}"
                    );
                    weights[i] = new()
                    {
                        Digest = digest,
                        Format = format ?? FormatOf(files[i].Name),
                        SizeBytes = files[i].Length,
                    };
                }

                return weights;
            }
        );

    private static string FormatOf(string name) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".safetensors" => "safetensors",
            ".gguf" => "gguf",
            ".onnx" => "onnx",
            ".pt" or ".pth" or ".bin" or ".ckpt" => "pytorch",
            _ => "other",
        };
}
