using Concord.Acts;
using Concord.Authority.Web.Filing;
using Concord.Hosts.Api;
using Microsoft.Playwright;
using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>Every form is filled in and sent by the keyboard alone.</summary>
public sealed class KeyboardTests
{
    // What must be reached: of radio buttons one of each name.
    private const string Asked = """
        () => [...new Set([...document.getElementById('form').elements]
          .filter(one => one.tabIndex >= 0 && one.type !== 'hidden' && one.checkVisibility()
            && one.tagName !== 'FIELDSET')
          .map(one => one.type === 'radio' ? one.name : one.id || one.name || one.textContent))]
        """;

    private const string Focused = """
        () => {
          const one = document.activeElement;
          return one.type === 'radio' ? one.name : one.id || one.name || one.textContent;
        }
        """;

    [Fact]
    public async Task Every_field_and_button_of_every_form_is_reached_in_order_and_sends_it()
    {
        await using var signing = await Signing.StartAsync(isFurnished: true);
        await signing.JoinAsync();
        var model = new ActId(await signing.FileAsync(Given.Model(signing.Party, "Tern 1")));
        var page = signing.Page;
        foreach (var journey in Journeys.All)
        {
            await page.GotoAsync($"{journey.Path}?party={signing.Party}&target={model}");
            var asked = await page.EvaluateAsync<string[]>(Asked);
            Assert.True(asked.Length > 3, journey.Name);

            var reached = await ReachedAsync(page, asked.Length);
            Assert.Equal(asked, reached);

            await page.Locator("button[name=check]").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForLoadStateAsync();
            // Nothing was answered, so something is wrong: the summary says what, and has focus.
            await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
            var found = await PageTests.JudgeAsync(page);
            Assert.True(found.Count == 0, $"{journey.Name}: {string.Join('\n', found)}");
        }
    }

    // The fields of the form in the order in which the tabulator leads to them.
    private static async Task<List<string>> ReachedAsync(IPage page, int most)
    {
        var reached = new List<string>();
        await page.Locator("h1")
            .EvaluateAsync(
                "one => { one.tabIndex = -1; one.focus(); one.removeAttribute('tabindex'); }"
            );
        for (var i = 0; i < 200 && reached.Count < most; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (
                await page.EvaluateAsync<bool>(
                    "document.getElementById('form').contains(document.activeElement)"
                        + " && document.activeElement.tagName !== 'A'"
                )
            )
            {
                var one = await page.EvaluateAsync<string>(Focused);
                if (!reached.Contains(one, StringComparer.Ordinal))
                {
                    reached.Add(one);
                }
            }
        }

        return reached;
    }
}
