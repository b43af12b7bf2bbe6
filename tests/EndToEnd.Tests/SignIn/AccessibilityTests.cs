using System.Text.Json;
using Microsoft.Playwright;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.Tenants;

namespace Platform.EndToEnd.Tests.SignIn;

/// <summary>axe-core over each page of sign-in, in both languages.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class AccessibilityTests(ProductFixture product, ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    public static TheoryData<string, string> Pages
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var language in (string[])["en", "ja"])
                foreach (var path in (string[])
                    ["/account/sign-in", "/account/forgotten", "/account/new-password?token=x", "/account/signed-out", "/account/device-done", "/connect/authorize?client_id=nobody"])
                    data.Add(language, path);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_for_everybody_has_no_barrier(string language, string path)
    {
        var page = await chromium.OpenAsync(product, language, bypassPolicy: true);
        await page.GotoAsync(path);

        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        Assert.Equal([], await BarriersAsync(page));
    }

    [Theory]
    [InlineData("admin@globex.test", "en")]
    [InlineData("admin@demo-msp.test", "ja")]
    public async Task Pages_behind_the_sign_in_have_no_barrier(string email, string language)
    {
        var page = await chromium.OpenAsync(product, "en", bypassPolicy: true);
        await page.GotoAsync("/account/sign-in");
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync("wrong but long enough");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("#form-error").WaitForAsync();
        var refused = await BarriersAsync(page);
        await page.Locator("#password").FillAsync(DemoPerson.Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/account");

        Assert.Equal([], refused);
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        foreach (var path in (string[])["/account", "/account/authenticator", "/connect/verify", "/connect/logout"])
        {
            await page.GotoAsync(path);
            Assert.Equal([], (await BarriersAsync(page)).Select(barrier => $"{path}: {barrier}"));
        }
    }

    private static async Task<IReadOnlyList<string>> BarriersAsync(IPage page)
    {
        var script = Parts.Require(() => Path.Combine(Workspace.Find().Peers, "node_modules", "axe-core", "axe.min.js") is var path && File.Exists(path) ? path : throw new MissingPartException("axe-core (npm ci in tests/peers)"));
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Path = script });
        var result = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document)).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(' ')}`)");
        return [.. result.EnumerateArray().Select(barrier => barrier.GetString()!)];
    }
}
