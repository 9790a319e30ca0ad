using System.Text;
using System.Text.Json;
using Concord.Authority.Web;
using Concord.Authority.Web.Languages;
using Xunit;

namespace Concord.Tests.Web;

/// <summary>The file with what scripts say in a language.</summary>
public sealed class ScriptPhraseTests
{
    [Theory]
    [InlineData("fr", "false")]
    [InlineData("ar", "true")]
    public void It_has_the_phrases_of_scripts_in_all_their_forms_and_no_others(
        string tag,
        string isRightToLeft
    )
    {
        var file = Assets.Find(Path.GetFileName(Assets.Href($"phrases-{tag}.js")))!;
        var lines = Encoding.UTF8.GetString(file.Bytes.Span).Split('\n');
        Assert.Equal($"export const language = \"{tag}\";", lines[0]);
        Assert.Equal($"export const isRightToLeft = {isRightToLeft};", lines[1]);
        const string Start = "export const phrases = ";
        var phrases = JsonSerializer.Deserialize<Dictionary<string, string[]>>(
            lines[2][Start.Length..^1]
        )!;

        var catalogue = Language.Find(tag)!.Catalogue;
        Assert.Equal(
            catalogue.Forms("One file is added above."),
            phrases["One file is added above."]
        );
        Assert.Equal([catalogue.Find("Nothing was filed.")!], phrases["Nothing was filed."]);
        Assert.NotNull(catalogue.Find("Skip to main content"));
        Assert.DoesNotContain("Skip to main content", phrases.Keys);
        Assert.Equal(
            Catalogue.TemplateOf("Authority/Web/Scripts/").Order(StringComparer.Ordinal),
            phrases.Keys.Order(StringComparer.Ordinal)
        );
    }
}
