using Microsoft.Playwright;
using Platform.Benchmarks.Browsers;

namespace Platform.EndToEnd.Tests.SignIn;

/// <summary>One Chromium for the tests of a class; each page is a window of its own.</summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private Chromium? chromium;

    public async ValueTask InitializeAsync() => chromium = await Parts.RequireAsync(Chromium.StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
    }

    /// <summary>By name and not by address, which passkeys want.</summary>
    internal Task<IPage> OpenAsync(ProductFixture product, string language = "en", bool bypassPolicy = false) =>
        chromium!.OpenAsync(new Uri($"http://localhost:{product.Product.Http.Port}/"), language, bypassPolicy);
}
