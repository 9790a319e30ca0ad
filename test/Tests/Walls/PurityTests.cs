using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Concord.Tests.Walls;

/// <summary>
/// Rooms, Acts and Measures have no clock, disk, network, chance or waiting: read from what the
/// compiled assemblies refer to, so that no alias or import hides it.
/// </summary>
public sealed class PurityTests
{
    private static readonly string[] s_bannedNamespaces =
    [
        "System.Net",
        "Microsoft",
        "System.Threading.Tasks",
        "System.Data",
        "System.IO.Compression",
        "System.IO.Pipes",
        "System.IO.MemoryMappedFiles",
    ];

    private static readonly HashSet<string> s_bannedTypes = new(StringComparer.Ordinal)
    {
        "System.Console",
        "System.Diagnostics.Process",
        "System.Diagnostics.Stopwatch",
        "System.IO.Directory",
        "System.IO.DirectoryInfo",
        "System.IO.File",
        "System.IO.FileInfo",
        "System.IO.FileStream",
        "System.IO.Path",
        "System.IO.StreamReader",
        "System.IO.StreamWriter",
        "System.Random",
        "System.Runtime.CompilerServices.AsyncStateMachineAttribute",
        "System.Security.Cryptography.RandomNumberGenerator",
        "System.Threading.Thread",
        "System.Threading.Timer",
        "System.TimeProvider",
    };

    [Theory]
    [InlineData("Concord.Measures")]
    [InlineData("Concord.Acts")]
    [InlineData("Concord.Rooms")]
    public void A_pure_project_reaches_for_nothing_outside(string assembly) =>
        Assert.DoesNotContain(Named(assembly), IsBanned);

    [Fact]
    public void The_rule_sees_what_an_impure_project_reaches_for()
    {
        var named = Named("Concord.Tests").Where(IsBanned).ToArray();

        Assert.Contains("System.IO.File", named, StringComparer.Ordinal);
        Assert.Contains("System.Diagnostics.Process", named, StringComparer.Ordinal);
    }

    private static bool IsBanned(string type) =>
        s_bannedTypes.Contains(type)
        || s_bannedNamespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal));

    private static List<string> Named(string assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly + ".dll");
        using var image = new PEReader(File.OpenRead(file));
        var metadata = image.GetMetadataReader();
        return
        [
            .. metadata
                .TypeReferences.Select(metadata.GetTypeReference)
                .Select(type =>
                    $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"
                ),
        ];
    }
}
