using Microsoft.Playwright;

namespace Concord.Hosts.Browser;

/// <summary>A browser's page with an authenticator of its own: one person's desk.</summary>
/// <param name="Page">The page.</param>
/// <param name="Devices">The authenticators of the page.</param>
/// <param name="Authenticator">The one that it has.</param>
internal sealed record Desk(IPage Page, ICDPSession Devices, string Authenticator)
{
    /// <summary>Opens a desk at a site.</summary>
    public static async Task<Desk> OpenAsync(IBrowser browser, string address)
    {
        var page = await browser.NewPageAsync(
            new()
            {
                BaseURL = address,
                ViewportSize = new() { Width = 1280, Height = 900 },
                AcceptDownloads = true,
            }
        );
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        var added = await devices.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
        return new(page, devices, added!.Value.GetProperty("authenticatorId").GetString()!);
    }
}
