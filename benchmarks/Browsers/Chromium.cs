using Microsoft.Playwright;
using Platform.Benchmarks.Peers;

namespace Platform.Benchmarks.Browsers;

/// <summary>Debian's Chromium, driven by Playwright.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    /// <exception cref="Runner.MissingPartException">There is no chromium here.</exception>
    public static async Task<Chromium> StartAsync()
    {
        var program = Programs.Require("chromium");
        var playwright = await Playwright.CreateAsync();
        // As root, which a container usually is, its own sandbox does not start; it opens nothing but the product.
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] });
        return new Chromium(playwright, browser);
    }

    /// <summary>A window of its own, without cookies.</summary>
    /// <param name="bypassPolicy">Lets a test bring script of its own into a page that forbids it.</param>
    public async Task<IPage> OpenAsync(Uri site, string language = "en", bool bypassPolicy = false, bool runsScript = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.ToString(), Locale = language, BypassCSP = bypassPolicy, JavaScriptEnabled = runsScript });
        return await context.NewPageAsync();
    }

    /// <summary>Plugs a security key into the page's window: it checks its owner without asking, and keeps passkeys.</summary>
    public static async Task PlugInKeyAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
