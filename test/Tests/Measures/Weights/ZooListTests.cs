using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;
using Xunit;

namespace Concord.Tests.Measures.Weights;

/// <summary>The list of changes, and the list of trained networks.</summary>
public sealed class ZooListTests
{
    public static TheoryData<string> Architectures => [.. ZooTiny.Architectures];

    [Fact]
    public void Every_change_has_its_own_name_and_some_architecture_bears_it()
    {
        var names = ChangeList.All.Select(change => change.Name).ToArray();

        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
        Assert.All(
            ChangeList.All,
            change =>
                Assert.Contains(
                    ZooTiny.Architectures,
                    architecture => change.Make(Subject(architecture)) is not null
                )
        );
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void What_hides_without_cutting_keeps_the_function(string architecture)
    {
        var subject = Subject(architecture);
        var before = ZooForward.Outputs(subject.Net);
        var made = ChangeList
            .Hiding.Where(change => !change.Name.StartsWith("half", StringComparison.Ordinal))
            .Where(change => !change.Name.StartsWith("a layer", StringComparison.Ordinal))
            .Select(change => change.Make(subject))
            .OfType<ZooNet>()
            .ToArray();

        Assert.NotEmpty(made);
        Assert.All(
            made,
            net =>
            {
                Assert.NotEqual(
                    subject.Net.Tensors.SelectMany(t => t.Values),
                    net.Tensors.SelectMany(t => t.Values)
                );
                var pairs = before.SelectMany(row => row).Zip(Flat(ZooForward.Outputs(net)));
                Assert.All(pairs, p => Assert.Equal(p.First, p.Second, 1e-3));
            }
        );
    }

    [Fact]
    public void A_change_is_the_same_for_the_same_seed()
    {
        var subject = Subject("mixtral");

        Assert.All(
            ChangeList.All,
            change => Assert.True(Values(change, subject).SequenceEqual(Values(change, subject)))
        );
    }

    [Fact]
    public void A_manifest_names_files_that_read()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var net = ZooTiny.Of("gpt2");
            File.WriteAllBytes(
                Path.Combine(folder.FullName, "gpt2-1-ft.safetensors"),
                SafetensorsFile.Write(net)
            );
            File.WriteAllText(
                Path.Combine(folder.FullName, "manifest.json"),
                """
                [{"name": "gpt2-1-ft", "architecture": "gpt2", "seed": 1, "role": "ft",
                  "parent": "gpt2-1", "corpus": "B", "half": "judge", "bytes": 1, "sha256": "00",
                  "shape": {"heads": 4}, "first_loss": 5.5, "last_loss": 3.25, "seconds": 4.5}]
                """
            );
            var member = Assert.Single(ZooMember.Of(folder.FullName));

            Assert.Equal(("gpt2-1", "judge", 3.25), (member.Parent, member.Half, member.LastLoss));
            Assert.Equal(
                net.Tensors.Select(t => t.Name),
                member.Read(folder.FullName).Tensors.Select(t => t.Name)
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_network_in_memory_is_what_its_file_would_read_as()
    {
        var net = ZooTiny.Of("lstm");
        var contents = InMemory.Contents(net, ElementType.F16);

        foreach (var (tensor, read) in net.Tensors.Zip(contents.Tensors))
        {
            var bytes = new byte[read.ByteLength];
            read.Source.Fill(read.Offset, bytes);
            Assert.Equal(tensor.Values.Length, read.Elements);
            Assert.Equal(
                tensor.Values.Select(x => (float)(Half)x),
                StoredAs.Values(ElementType.F16, bytes)
            );
        }
    }

    private static ChangeSubject Subject(string architecture) =>
        new(ZooTiny.Of(architecture, 1), ZooTiny.Of(architecture, 2), 5);

    private static IEnumerable<float> Values(NamedChange change, ChangeSubject subject) =>
        change.Make(subject)?.Tensors.SelectMany(t => t.Values) ?? [];

    private static IEnumerable<double> Flat(double[][] rows) => rows.SelectMany(row => row);
}
