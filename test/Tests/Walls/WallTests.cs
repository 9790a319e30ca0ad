using System.Xml.Linq;
using Concord.Tests.Tidy;
using Xunit;

namespace Concord.Tests.Walls;

/// <summary>
/// Projects are walls: what each may name is this table and nothing else. Analyzers that every
/// project gets stand in Directory.Build.props.
/// </summary>
public sealed class WallTests
{
    private static readonly Dictionary<string, string> s_walls = new(StringComparer.Ordinal)
    {
        ["src/Measures/Measures.csproj"] = "",
        ["src/Ledger/Ledger.csproj"] =
            "NSec.Cryptography System.Formats.Cbor System.Security.Cryptography.Cose",
        ["src/Acts/Acts.csproj"] = "Ledger Measures",
        ["src/Rooms/Rooms.csproj"] = "Acts Ledger Measures",
        ["src/Stores/Stores.csproj"] = "Acts Ledger Measures Microsoft.Data.Sqlite",
        ["src/Authority/Authority.csproj"] =
            "Acts Ledger MailKit Measures Microsoft.AspNetCore.OpenApi "
            + "OpenTelemetry.Exporter.OpenTelemetryProtocol OpenTelemetry.Extensions.Hosting "
            + "OpenTelemetry.Instrumentation.AspNetCore Parquet.Net QRCoder Rooms Stores",
        ["src/Cli/Cli.csproj"] =
            "Acts Authority Ledger Measures Microsoft.AspNetCore.App Pkcs11Interop Rooms "
            + "Spectre.Console Stores System.CommandLine",
    };

    public static TheoryData<string> Projects => [.. s_walls.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_names_exactly_what_its_wall_lets_through(string project) =>
        Assert.Equal(s_walls[project], string.Join(' ', Named(project)));

    [Fact]
    public void Every_project_of_src_has_a_wall() =>
        Assert.Equal(
            s_walls.Keys.Order(StringComparer.Ordinal),
            Repository
                .With(".csproj")
                .Where(file => file.StartsWith("src/", StringComparison.Ordinal)),
            StringComparer.Ordinal
        );

    [Fact]
    public void Nothing_of_src_names_a_test() =>
        Assert.DoesNotContain(
            s_walls.Keys,
            project => Repository.Text(project).Contains("test/", StringComparison.Ordinal)
        );

    [Fact]
    public void What_a_reference_refers_to_does_not_leak_through() =>
        Assert.Contains(
            "<DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences>",
            Repository.Text("Directory.Build.props"),
            StringComparison.Ordinal
        );

    private static IEnumerable<string> Named(string project) =>
        XDocument
            .Parse(Repository.Text(project))
            .Descendants()
            .Where(element =>
                element.Name.LocalName
                    is "ProjectReference"
                        or "PackageReference"
                        or "FrameworkReference"
                        or "Reference"
            )
            .Select(element => element.Attribute("Include")!.Value)
            .Select(name =>
                name.EndsWith(".csproj", StringComparison.Ordinal)
                    ? Path.GetFileNameWithoutExtension(name)
                    : name
            )
            .Order(StringComparer.Ordinal);
}
