using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Concord.Tests.Tidy;

/// <summary>What Concord takes from others is said, exact and locked.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void Every_package_has_a_line_that_says_why_and_nothing_else_has()
    {
        var said = Repository
            .Lines("docs/DEPENDENCIES.md")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .Where(name => !string.Equals(name, "package", StringComparison.Ordinal));

        Assert.Equal(
            Packages().Keys.Concat(Scripts().Keys).Append("csharpier").Order(Comparer),
            said.Order(Comparer),
            Comparer
        );
    }

    [Fact]
    public void Every_version_is_exact()
    {
        Assert.All(Packages().Values, version => Assert.Matches(@"^\[\d+(\.\d+)+\]$", version));
        Assert.All(Scripts().Values, version => Assert.Matches(@"^\d+(\.\d+)+$", version));
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Assert.All(
            Repository.With(".csproj"),
            project =>
                Assert.Contains(
                    Path.GetDirectoryName(project)!.Replace('\\', '/') + "/packages.lock.json",
                    Repository.Files,
                    Comparer
                )
        );

    private static StringComparer Comparer => StringComparer.Ordinal;

    private static Dictionary<string, string> Packages() =>
        XDocument
            .Parse(Repository.Text("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(
                package => package.Attribute("Include")!.Value,
                package => package.Attribute("Version")!.Value,
                Comparer
            );

    /// <summary>What comes by npm, wherever in the tree it is asked for.</summary>
    private static Dictionary<string, string> Scripts()
    {
        var scripts = new Dictionary<string, string>(Comparer);
        foreach (var file in Repository.With("package.json"))
        {
            using var package = JsonDocument.Parse(Repository.Text(file));
            foreach (var group in (string[])["dependencies", "devDependencies"])
            {
                if (package.RootElement.TryGetProperty(group, out var members))
                {
                    foreach (var member in members.EnumerateObject())
                    {
                        scripts[member.Name] = member.Value.GetString()!;
                    }
                }
            }
        }

        return scripts;
    }
}
