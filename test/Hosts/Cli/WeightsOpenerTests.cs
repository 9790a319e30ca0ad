using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Concord.Cli.Weights;
using Concord.Measures.Weights;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>Files, folders and archives of weights, as they are on a disk.</summary>
public sealed class WeightsOpenerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weights-").FullName;
    private readonly HttpClient _http = HttpBytes.Client();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_folder_is_read_as_the_models_that_its_files_make()
    {
        Write("README.md", "# weights"u8.ToArray());
        Write("alone.safetensors", Tensor("alone"));
        Write("shards/config.json", "{}"u8.ToArray());
        Write("shards/1.safetensors", Tensor("a"));
        Write("shards/2.safetensors", Tensor("b"));
        Write(
            "shards/model.safetensors.index.json",
            """{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}"""u8.ToArray()
        );
        Write("split/m-00001-of-00002.gguf", Part(0, "a"));
        Write("split/m-00002-of-00002.gguf", Part(1, "b"));

        Assert.Equal(
            [
                "alone.safetensors: alone",
                "shards/model.safetensors.index.json: a b",
                "split/m-00001-of-00002.gguf: a b",
            ],
            Read(_folder)
        );
    }

    [Fact]
    public void An_archive_is_read_like_the_folder_that_is_in_it()
    {
        var entries = new Dictionary<string, byte[]>
        {
            ["m/1.safetensors"] = Tensor("a"),
            ["m/2.safetensors"] = Tensor("b"),
            ["m/model.safetensors.index.json"] =
                """{"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}"""u8.ToArray(),
            [$"n/{new string('c', 120)}.safetensors"] = Tensor("c"),
        };
        foreach (var level in (CompressionLevel[])[CompressionLevel.NoCompression, default])
        {
            Write("m.zip", Zip(entries, level));
            Assert.Equal(
                [
                    "m.zip/m/model.safetensors.index.json: a b",
                    $"m.zip/n/{new string('c', 120)}.safetensors: c",
                ],
                Read(Path.Combine(_folder, "m.zip"))
            );
        }

        var tar = Tar(entries);
        Assert.True(entries.Keys.Any(name => name.Length > 100), "A name has attributes.");
        foreach (var (name, bytes) in new[] { ("m.tar", tar), ("m.tar.gz", Packed(tar)) })
        {
            Write(name, bytes);
            Assert.Equal(
                [
                    $"{name}/m/model.safetensors.index.json: a b",
                    $"{name}/n/{new string('c', 120)}.safetensors: c",
                ],
                Read(Path.Combine(_folder, name))
            );
        }
    }

    [Fact]
    public void A_link_is_followed_where_a_person_named_it_and_nowhere_else()
    {
        var file = Write("real/a.safetensors", Tensor("a"));
        File.CreateSymbolicLink(Path.Combine(_folder, "link.safetensors"), file);

        Assert.Equal(["link.safetensors: a"], Read(Path.Combine(_folder, "link.safetensors")));
        Assert.Equal(
            [
                "link.safetensors: the file: it is a link: only files themselves are read here",
                "real/a.safetensors: a",
            ],
            Read(_folder)
        );
    }

    [Fact]
    public void A_shard_that_is_another_name_of_a_file_elsewhere_is_refused()
    {
        var file = Write("real/a.safetensors", Tensor("a"));
        Write("m/model.safetensors.index.json", """{"weight_map":{"a":"a.st"}}"""u8.ToArray());
        Link(file, Path.Combine(_folder, "m/a.st"));

        Assert.Equal(
            [
                "m/model.safetensors.index.json: the file: it has 2 names: a file that stands"
                    + " elsewhere too is not read here",
            ],
            Read(Path.Combine(_folder, "m/model.safetensors.index.json"))
        );
    }

    [Fact]
    public void What_is_no_regular_file_is_refused() =>
        Assert.Equal("it is no regular file", Fault("/dev/null", Budget()));

    [Fact]
    public void A_reading_ends_with_its_budget()
    {
        Write("m.tar.gz", Packed(Tar(new() { ["a.safetensors"] = Tensor("a", 1 << 20) })));
        var archive = Path.Combine(_folder, "m.tar.gz");
        var few = new ReadingBudget(TimeProvider.System, TimeSpan.FromHours(1), 1000, 1 << 30);
        var small = new ReadingBudget(TimeProvider.System, TimeSpan.FromHours(1), 1 << 30, 1000);
        var none = new ReadingBudget(TimeProvider.System, TimeSpan.Zero, 1 << 30, 1 << 30);

        Assert.Contains("more than 1000 bytes would be read", Fault(archive, few));
        Assert.Contains("unpacked it has more than 1000 bytes", Fault(archive, small));
        Assert.Contains("it took longer than 00:00:00", Fault(archive, none));
    }

    [Fact]
    public void A_tar_that_lies_is_refused()
    {
        var tar = Tar(new() { ["a.safetensors"] = Tensor("a") });
        var data = Array.FindLastIndex(tar, value => value == (byte)'a');
        var head = (data / 512 * 512) - 512;
        var attributes = (byte[])tar.Clone();
        "77777777777"u8.CopyTo(attributes.AsSpan(124));
        Sum(attributes.AsSpan(0, 512));

        Assert.Contains("the sum of a header", Refused(Bent(tar, head, (byte)'b')));
        Assert.Contains("ends within a header", Refused(tar[..(head + 100)]));
        Assert.Contains("attributes of 8589934591 bytes", Refused(attributes));
        Assert.Contains("ends within a header", Refused(Packed(tar)[..60]));
        Assert.Contains("ends within", Refused(tar[..(head + 550)]));
    }

    private string Refused(byte[] archive) => Fault(Write("bad.tar", archive), Budget());

    private static byte[] Bent(byte[] bytes, int at, byte value)
    {
        var bent = (byte[])bytes.Clone();
        bent[at] = value;
        return bent;
    }

    private static void Sum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header)
        {
            sum += value;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", header[148..]);
    }

    private string Fault(string path, ReadingBudget budget)
    {
        using var model = Assert.Single(new WeightsOpener(_http, budget).Open(path));
        return Assert.IsType<WeightsFault>(model.Fault).Reason;
    }

    private List<string> Read(string path)
    {
        var shown = new List<string>();
        foreach (var model in new WeightsOpener(_http, Budget()).Open(path))
        {
            using (model)
            {
                shown.Add(Shown(model));
            }
        }

        return shown;
    }

    private string Shown(OpenedWeights model)
    {
        var name = Path.GetRelativePath(_folder, model.Name);
        return model.Fault is { } fault
            ? $"{name}: {fault.Place}: {fault.Reason}"
            : $"{name}: {string.Join(' ', model.Contents!.Tensors.Select(Named))}";
    }

    // The bytes are read too: each is the letter of its tensor.
    private static string Named(WeightsTensor tensor)
    {
        var bytes = new byte[tensor.ByteLength];
        tensor.Source.Fill(tensor.Offset, bytes);
        Assert.All(bytes, value => Assert.Equal((byte)tensor.Name[0], value));
        return tensor.Name;
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static ReadingBudget Budget() => ReadingBudget.Ample(TimeProvider.System);

    internal static byte[] Tensor(string name, int length = 64)
    {
        var header = Encoding.UTF8.GetBytes(
            "{\""
                + name
                + "\":{\"dtype\":\"U8\",\"shape\":["
                + length
                + "],\"data_offsets\":[0,"
                + length
                + "]}}"
        );
        return
        [
            .. BitConverter.GetBytes((ulong)header.Length),
            .. header,
            .. Enumerable.Repeat((byte)name[0], length),
        ];
    }

    private static byte[] Part(ushort number, string name)
    {
        var bytes = new List<byte>();
        bytes.AddRange("GGUF"u8);
        bytes.AddRange(BitConverter.GetBytes(3));
        bytes.AddRange(BitConverter.GetBytes(1L));
        bytes.AddRange(BitConverter.GetBytes(2L));
        foreach (var (key, value) in new[] { ("split.no", number), ("split.count", (ushort)2) })
        {
            bytes.AddRange(BitConverter.GetBytes((long)key.Length));
            bytes.AddRange(Encoding.ASCII.GetBytes(key));
            bytes.AddRange(BitConverter.GetBytes(2));
            bytes.AddRange(BitConverter.GetBytes(value));
        }

        bytes.AddRange(BitConverter.GetBytes(1L));
        bytes.Add((byte)name[0]);
        bytes.AddRange(BitConverter.GetBytes(1));
        bytes.AddRange(BitConverter.GetBytes(64L));
        bytes.AddRange(BitConverter.GetBytes(24));
        bytes.AddRange(BitConverter.GetBytes(0L));
        while (bytes.Count % 32 != 0)
        {
            bytes.Add(0);
        }

        return [.. bytes, .. Enumerable.Repeat((byte)name[0], 64)];
    }

    private static byte[] Zip(Dictionary<string, byte[]> entries, CompressionLevel level)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Tar(Dictionary<string, byte[]> entries)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var data = new MemoryStream(bytes);
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data }
                );
            }
        }

        return stream.ToArray();
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Fastest))
        {
            packed.Write(bytes);
        }

        return stream.ToArray();
    }

    private static void Link(string file, string name)
    {
        using var made = System.Diagnostics.Process.Start("ln", [file, name]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
