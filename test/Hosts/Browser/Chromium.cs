using Microsoft.Playwright;

namespace Concord.Hosts.Browser;

/// <summary>A real chromium, found on the path, without a window and without errands.</summary>
internal static class Chromium
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Find(),
                Args = s_arguments,
                Headless = true,
            }
        );

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders
                .SelectMany(folder =>
                    new[] { "chromium", "chromium-browser" }.Select(name =>
                        Path.Combine(folder, name)
                    )
                )
                .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                "Pages are tested in chromium, and there is none on the path. "
                    + "Debian: apt-get install --no-install-recommends chromium"
            );
    }
}
