using Concord.Rooms.Rulebooks;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class RulebookFuzz
{
    [Fact]
    public void No_bent_rulebook_throws_and_what_is_refused_is_refused_by_path()
    {
        var folder = Path.Combine(Golden.Root, "rulebooks");
        FuzzRun.Of(
            [
                File.ReadAllBytes(Path.Combine(folder, "illinois-aisma.json")),
                File.ReadAllBytes(Path.Combine(folder, "concord-default.json")),
                File.ReadAllBytes(Path.Combine(folder, "concord-readings.json")),
            ],
            input =>
            {
                if (Rulebook.TryParse(input, out var rulebook, out var faults))
                {
                    Assert.Empty(faults);
                    Assert.NotEmpty(rulebook.Id);
                }
                else
                {
                    Assert.NotEmpty(faults);
                    Assert.All(
                        faults,
                        fault =>
                        {
                            Assert.StartsWith("$", fault.Path, StringComparison.Ordinal);
                            Assert.NotEmpty(fault.Rule);
                        }
                    );
                }
            }
        );
    }
}
