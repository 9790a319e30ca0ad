using Concord.Acts;
using Concord.Ledger;
using Concord.Tests.Acts;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class CborDocumentFuzz
{
    [Fact]
    public void What_is_admitted_encodes_to_itself_and_nothing_throws() =>
        FuzzRun.Of(
            [
                ActBytes.Write(ExampleActs.All["network/genesis/1"]),
                ActBytes.Write(ExampleActs.All["network/key-set/1"]),
                CborDocument.FromJson("""{"a":[1,-1,null,true,"x"],"b":{"c":{}}}"""u8.ToArray()),
            ],
            input =>
            {
                if (CborDocument.TryToJson(input, out var json, out var fault))
                {
                    Assert.Equal(input, CborDocument.FromJson(json));
                }
                else
                {
                    Assert.NotEmpty(fault.Detail);
                }
            }
        );
}
