using System.Text.RegularExpressions;
using Concord.Measures.Weights;
using Concord.Measures.Weights.Formats;

namespace Concord.Cli.Weights;

/// <summary>
/// Opens what a person names, and says which files of it are one model each: those of an index, the
/// parts of a split GGUF, an adapter with its configuration, else each file by itself.
/// </summary>
/// <param name="http">A client that <see cref="HttpBytes"/> made.</param>
/// <param name="budget">What may be read.</param>
internal sealed partial class WeightsOpener(HttpClient http, ReadingBudget budget)
{
    private const int SniffedBytes = 16;
    private const int FolderDepth = 8;

    /// <summary>
    /// The models of a file, a folder with those in it, an archive or an address, one by one: each
    /// is to be closed before the next is asked for.
    /// </summary>
    public IEnumerable<OpenedWeights> Open(string word)
    {
        if (Uri.TryCreate(word, UriKind.Absolute, out var address) && HttpBytes.IsWeb(address))
        {
            return File(
                word,
                _ => Found(HttpBytes.Open(address, http, budget), word),
                _ => new WebFolder(address, http, budget)
            );
        }

        return Directory.Exists(word)
            ? Folder(word, 0)
            : File(
                word,
                opened => Kept(FileBytes.Named(word, budget), opened),
                opened => new DiskFolder(
                    Path.GetDirectoryName(Path.GetFullPath(word))!,
                    opened,
                    budget
                )
            );
    }

    private static ByteSource Found(ByteSource? source, string word) =>
        source ?? throw new WeightsFault(word, "the address", "the server does not have it");

    private static FileBytes Kept(FileBytes file, ICollection<IDisposable> opened)
    {
        opened.Add(file);
        return file;
    }

    private IEnumerable<OpenedWeights> File(
        string name,
        Func<ICollection<IDisposable>, ByteSource> open,
        Func<ICollection<IDisposable>, WeightsFolder> folder
    )
    {
        var model = new OpenedWeights { Name = name };
        IReadOnlyList<(string Path, WeightsFolder Folder)>? folders = null;
        Try(
            model,
            () =>
            {
                var source = open(model.Files);
                folders = new Archive(source, model.Files, budget).Folders();
                if (folders is null)
                {
                    model.Contents = WeightsReader.Read(source, folder(model.Files).Open);
                }
            }
        );
        if (folders is null)
        {
            yield return model;
            yield break;
        }

        // The archive stays open until its last model was taken.
        using (model)
        {
            foreach (var (path, inside) in folders)
            {
                foreach (var found in Models($"{name}/{path}", _ => inside))
                {
                    yield return found;
                }
            }
        }
    }

    private IEnumerable<OpenedWeights> Folder(string path, int depth)
    {
        foreach (var model in Models(path + "/", opened => new DiskFolder(path, opened, budget)))
        {
            yield return model;
        }

        var inside = new DirectoryInfo(path)
            .EnumerateDirectories()
            .Where(folder => folder.LinkTarget is null && depth < FolderDepth)
            .OrderBy(folder => folder.Name, StringComparer.Ordinal);
        foreach (var model in inside.SelectMany(folder => Folder(folder.FullName, depth + 1)))
        {
            yield return model;
        }
    }

    private static IEnumerable<OpenedWeights> Models(
        string path,
        Func<ICollection<IDisposable>, WeightsFolder> open
    )
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = open([]).Names;
        foreach (
            var name in names
                .OrderBy(name => Rank(name))
                .ThenBy(name => name, StringComparer.Ordinal)
        )
        {
            if (taken.Contains(name))
            {
                continue;
            }

            var model = new OpenedWeights { Name = path + name };
            var isModel = false;
            Try(
                model,
                () =>
                {
                    var folder = open(model.Files);
                    if (folder.Open(name) is { } source && IsModel(name, source))
                    {
                        isModel = true;
                        model.Contents = WeightsReader.Read(source, Taking(folder, taken));
                    }
                }
            );
            if (isModel || model.Fault is not null)
            {
                yield return model;
            }
            else
            {
                model.Dispose();
            }
        }
    }

    // What a set names is part of it and no model by itself.
    private static Func<string, ByteSource?> Taking(WeightsFolder folder, HashSet<string> taken) =>
        name =>
        {
            var source = folder.Open(name);
            _ = source is not null && taken.Add(name);
            return source;
        };

    private static void Try(OpenedWeights model, Action read)
    {
        try
        {
            read();
        }
        catch (WeightsFault fault)
        {
            model.Fault = fault;
        }
    }

    private static bool IsModel(string name, ByteSource source)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(SniffedBytes, source.Length)];
        source.Fill(0, start);
        return Rank(name) == 0
            || WeightsReader.IsWeights(start)
            || name.EndsWith(".onnx", StringComparison.Ordinal);
    }

    // Sets first, so that their files are known when their turn comes.
    private static int Rank(string name) =>
        name.EndsWith(".index.json", StringComparison.Ordinal) || name is "adapter_config.json" ? 0
        : FirstPart().IsMatch(name) ? 1
        : 2;

    [GeneratedRegex("-00001-of-[0-9]{5}\\.gguf$", RegexOptions.NonBacktracking)]
    private static partial Regex FirstPart();
}
