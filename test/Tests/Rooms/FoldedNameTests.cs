using Concord.Rooms;
using Xunit;

namespace Concord.Tests.Rooms;

public sealed class FoldedNameTests
{
    [Theory]
    [InlineData("Llama 3.1-405B", "llama31405b")]
    [InlineData("Tülu 3 70B", "tulu370b")]
    [InlineData("  GPT-4o (mini) ", "gpt4omini")]
    [InlineData("Ça·va", "cava")]
    [InlineData("文心 4.0", "文心40")]
    [InlineData("***", "")]
    public void Names_that_read_alike_fold_alike(string name, string folded) =>
        Assert.Equal(folded, FoldedName.Of(name));
}
