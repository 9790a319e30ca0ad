using Concord.Authority.Web;
using Concord.Authority.Web.Tables;
using Concord.Rooms;
using Concord.Tests.Rulebooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>What the register finds of what people write, over the real reports.</summary>
public sealed class SearchTests
{
    private static readonly Lazy<RegisterTable> s_real = new(() =>
        RegisterTable.Of(RealModels.World, RealModels.World.Registry.Models.Keys)
    );

    private static RegisterTable Real => s_real.Value;

    [Theory]
    [InlineData("lama 3.1 405", "Llama 3.1-405B")]
    [InlineData("lamma 3.1 405b", "Llama 3.1-405B")]
    [InlineData("Antropic claude 2", "Claude 2")]
    [InlineData("chatgtp 4", "GPT-4")]
    [InlineData("gemeni 1.5", "Gemini 1.5 Pro")]
    [InlineData("gemnini ultra", "Gemini 1.0 Ultra")]
    [InlineData("deepsek v3", "DeepSeek-V3")]
    [InlineData("depseek r1", "DeepSeek-R1")]
    [InlineData("mistrall large", "Mistral Large")]
    [InlineData("Quen2.5 72b", "Qwen2.5-72B")]
    [InlineData("grok3", "Grok-3")]
    [InlineData("gork 3", "Grok-3")]
    [InlineData("claud opus", "Claude 3 Opus")]
    [InlineData("cluade 3.5 sonet", "Claude 3.5 Sonnet")]
    [InlineData("flacon 180b", "Falcon-180B")]
    [InlineData("405b llama", "Llama 3.1-405B")]
    [InlineData("amazone nova", "Amazon Nova Pro")]
    [InlineData("behemot", "Llama 4 Behemoth (preview)")]
    [InlineData("comand r+", "Command R+")]
    [InlineData("micorsoft phi 4", "Phi-4")]
    [InlineData("opena ai gtp 4o mini", "GPT-4o mini")]
    [InlineData("yandx gpt", "YandexGPT 3")]
    [InlineData("metta llama 4 scuot", "Llama 4 Scout")]
    public void A_misspelt_name_has_its_model_among_the_first_three(string search, string wanted)
    {
        var found = Ask(search).Answered(Real).Lines.Take(3).Select(NameOf).ToList();

        Assert.Contains(wanted, found);
    }

    [Theory]
    [InlineData("Antropic", "Anthropic")]
    [InlineData("Mistrel", "Mistral AI")]
    [InlineData("Nvida", "NVIDIA")]
    public void A_misspelt_maker_has_models_of_that_maker(string search, string maker)
    {
        var (found, isNear) = Ask(search).Answered(Real);

        Assert.True(isNear);
        Assert.All(
            found.Take(3),
            line => Assert.Contains(FoldedName.Of(maker), line.Folded, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("no such model")]
    [InlineData("nobody made this")]
    [InlineData("nothing-like-it")]
    [InlineData("xyzzy")]
    [InlineData("qqq 405")]
    [InlineData("99999")]
    [InlineData("…")]
    [InlineData("weather forecast tomorrow")]
    public void Words_that_are_near_nothing_find_nothing(string search)
    {
        var (found, isNear) = Ask(search).Answered(Real);

        Assert.Empty(found.Select(NameOf));
        Assert.False(isNear);
    }

    [Fact]
    public void What_is_near_is_never_told_as_the_same()
    {
        Assert.True(Ask("lama 3.1 405x").Answered(Real).IsNear);
        Assert.True(Ask("Gemini 77").Answered(Real).IsNear);
        Assert.False(Ask("Llama 3.1 405b").Answered(Real).IsNear);
        // Part of the name, as everybody may cut it: the same.
        Assert.False(Ask("lama 3.1 405").Answered(Real).IsNear);
    }

    [Fact]
    public void A_name_that_only_a_filter_hides_is_not_misspelt()
    {
        var hidden = Ask("grok-3") with { Status = "registered" };

        var (found, isNear) = hidden.Answered(Real);

        Assert.Empty(found);
        Assert.False(isNear);
    }

    [Fact]
    public void A_filter_holds_for_what_is_near()
    {
        var near = Ask("Antropic");
        var all = near.Answered(Real).Lines;
        var asked = near with { Answer = StateKind.NoFigure, Law = Real.Columns[0].Id };

        var found = asked.Answered(Real).Lines;

        Assert.NotEmpty(found);
        Assert.Equal(all.Where(line => line.Answer(Real.Columns[0]) == StateKind.NoFigure), found);
    }

    [Theory]
    [InlineData("claude", "Claude")]
    [InlineData("gpt-4", "GPT-4")]
    [InlineData("qwen 7b", "Qwen-7B")]
    [InlineData("70b llama 3", "Llama 3-70B")]
    public void The_same_comes_before_what_begins_with_it(string search, string first)
    {
        var (found, isNear) = Ask(search).Answered(Real);

        Assert.False(isNear);
        Assert.Equal(first, NameOf(found[0]));
    }

    // Each word is held against those of all models: a question of fifty costs fifty times as much.
    [Fact]
    public void A_question_of_more_words_than_a_name_has_is_near_nothing()
    {
        var many = string.Join(' ', Enumerable.Range(0, SearchWords.Max).Select(i => $"{i}"));
        Assert.NotEmpty(Ask("Antropic claude 2").Answered(Real).Lines);
        Assert.Empty(Ask($"Antropic claude {many}").Answered(Real).Lines);
    }

    [Fact]
    public void A_number_is_like_no_other_number()
    {
        var names = Ask("lllama 405").Answered(Real).Lines.Select(NameOf).ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains("405", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Qwen2.5-72B", "qwen 2.5 72 b")]
    [InlineData("01.AI", "01 ai")]
    [InlineData("Pangu-Σ", "pangu σ")]
    [InlineData("…v..3. ", "v 3")]
    [InlineData("", "")]
    public void A_name_has_words(string name, string words) =>
        Assert.Equal(words, string.Join(' ', SearchWords.Of(name)));

    [Theory]
    [InlineData("gpt", "gpt", 0)]
    [InlineData("gtp", "gpt", 1)]
    [InlineData("antropic", "anthropic", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Edits_are_counted_with_a_swap_of_neighbours_as_one(string a, string b, int edits)
    {
        Assert.Equal(edits, WordDistance.Edits(a, b));
        Assert.Equal(edits, WordDistance.Edits(b, a));
    }

    private static string NameOf(RegisterLine line) =>
        RealModels.World.Registry.Models[line.Id].FullName;

    private static RegisterQuestion Ask(string search) =>
        RegisterQuestion.Read(
            new QueryCollection(
                new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["search"] = search }
            ),
            Real,
            out _
        )!;
}
