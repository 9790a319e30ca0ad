using Concord.Acts;
using Concord.Cli;
using Concord.Cli.Scanning;
using Xunit;

namespace Concord.Hosts.Cli;

/// <summary>What a watch keeps, so that it does nothing twice and loses no report.</summary>
public sealed class UploadMemoryTests : IDisposable
{
    private static readonly Upload s_upload = new("copy.gguf", "listing");
    private static readonly Received s_report = new(
        "statement"u8.ToArray(),
        null,
        "part"u8.ToArray(),
        []
    );

    private readonly string _folder = Directory.CreateTempSubdirectory("memory-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "watch.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_that_was_signed_and_not_filed_is_there_again_byte_for_byte()
    {
        using (var memory = UploadMemory.Open(Path))
        {
            memory.Signed(s_report, "a copy");
        }

        using var again = UploadMemory.Open(Path);

        var (digest, report) = Assert.Single(again.Unfiled);
        Assert.Equal(s_report.Statement.ToArray(), report.Statement.ToArray());
        Assert.Equal(s_report.SealedPart!.Value.ToArray(), report.SealedPart!.Value.ToArray());
        Assert.Equal(digest, again.ReportOf("a copy")!.Value.Digest);
        Assert.Same(report, again.ReportOf("a copy")!.Value.Unfiled);
        again.Filed(digest, "A-0001-6J5R");
        Assert.Empty(again.Unfiled);
    }

    [Fact]
    public void What_was_filed_is_not_filed_again()
    {
        using (var memory = UploadMemory.Open(Path))
        {
            memory.Filed(memory.Signed(s_report, "a copy"), "A-0001-6J5R");
        }

        using var again = UploadMemory.Open(Path);

        Assert.Empty(again.Unfiled);
        var (_, unfiled, says) = again.ReportOf("a copy")!.Value;
        Assert.Null(unfiled);
        Assert.Equal("A-0001-6J5R", says);
        Assert.Null(again.ReportOf("another"));
    }

    [Fact]
    public void An_upload_that_was_written_again_is_another()
    {
        using (var memory = UploadMemory.Open(Path))
        {
            memory.Seen(s_upload);
        }

        using var again = UploadMemory.Open(Path);

        Assert.True(again.Knows(s_upload));
        Assert.False(again.Knows(s_upload with { Listing = "other" }));
    }

    [Fact]
    public void Two_watches_do_not_share_a_memory()
    {
        using var memory = UploadMemory.Open(Path);

        var fault = Assert.Throws<CommandFault>(() => UploadMemory.Open(Path));

        Assert.Equal(ExitCode.Usage, fault.Code);
    }

    [Fact]
    public void A_file_that_grows_has_another_listing_and_links_are_no_uploads()
    {
        var file = System.IO.Path.Combine(_folder, "copy.gguf");
        File.WriteAllText(file, "one");
        File.CreateSymbolicLink(System.IO.Path.Combine(_folder, "link.gguf"), file);
        var before = Assert.Single(Upload.In(_folder));

        File.AppendAllText(file, "more");

        Assert.NotEqual(before, Assert.Single(Upload.In(_folder)));
    }
}
