using System.Text.Json;
using Concord.Acts;
using Concord.Tests.Acts;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class ActJsonFuzz
{
    [Fact]
    public void No_bent_act_throws_and_what_is_admitted_is_read_back_the_same() =>
        FuzzRun.Of(
            [.. ExampleActs.All.Values.Select(ActJson.Write)],
            input =>
            {
                if (ActJson.TryParse(input, out var act, out var fault))
                {
                    var written = ActJson.Write(act);
                    Assert.True(ActJson.TryParse(written, out var again, out _));
                    Assert.Equal(written, ActJson.Write(again));
                }
                else
                {
                    Assert.StartsWith("$", fault.Path, StringComparison.Ordinal);
                    Assert.NotEmpty(fault.Rule);
                    Assert.NotEmpty(fault.Detail);
                }
            }
        );

    [Fact]
    public void No_bent_sealed_part_throws()
    {
        var type = ActTable.Find("registry/transfer/1");
        Assert.NotNull(type);
        FuzzRun.Of(
            [.. ExampleActs.Parts.Values.Select(ActJson.Write)],
            input =>
            {
                if (!ActJson.TryParsePart(type, input, out _, out var fault))
                {
                    Assert.NotEmpty(fault.Detail);
                }
            }
        );
    }

    [Fact]
    public void A_log_entry_that_cannot_be_built_is_a_named_failure() =>
        FuzzRun.Of(
            [.. ExampleActs.All.Values.Select(ActJson.Write)],
            input =>
            {
                try
                {
                    ActBytes.Rebuild(Concord.Ledger.Statement.JsonAct, input);
                }
                catch (JsonException)
                {
                    // The one exception that replay names; any other is a defect.
                }
            }
        );
}
