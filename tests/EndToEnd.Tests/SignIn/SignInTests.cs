using Microsoft.Playwright;
using Platform.Benchmarks.Browsers;
using Platform.Benchmarks.Tenants;

namespace Platform.EndToEnd.Tests.SignIn;

/// <summary>The sign-in pages of the running product in Chromium. Each test has an account of its own, so that none changes another's.</summary>
[Collection(RunningProductCollection.Name)]
public sealed class SignInTests(ProductFixture product, ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task With_the_keyboard_alone_a_person_signs_in_and_out()
    {
        var page = await chromium.OpenAsync(product);
        await page.GotoAsync("/account/sign-in");
        // The first field has the focus.
        await page.Keyboard.TypeAsync(DemoPerson.Administrator);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("input[name=password]:focus");
        await page.Keyboard.TypeAsync(DemoPerson.Password);
        await page.Keyboard.PressAsync("Enter");
        await SignInPages.AccountAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/account/signed-out");
    }

    [Fact]
    public async Task A_passkey_signs_in_without_address_or_password()
    {
        var page = await chromium.OpenAsync(product);
        await Chromium.PlugInKeyAsync(page);
        await SignInPages.ByPasswordAsync(page, "analyst@acme.test", DemoPerson.Password);
        await SignInPages.AddPasskeyAsync(page, "key of the test");
        await SignInPages.SignOutAsync(page);
        await SignInPages.ByPasskeyAsync(page);

        Assert.Contains("analyst@acme.test", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("key of the test", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authenticator_app_is_set_up_and_asked_for_and_a_recovery_code_stands_in_for_it()
    {
        const string email = "approver@acme.test";
        var page = await chromium.OpenAsync(product);
        await SignInPages.ByPasswordAsync(page, email, DemoPerson.Password);
        await page.Locator("a[href='/account/authenticator']").ClickAsync();
        var secret = await page.Locator(".code").InnerTextAsync();
        await page.Locator("#code").FillAsync(AuthenticatorApp.CodeOf(secret));
        await page.Locator("form button").ClickAsync();
        var codes = await page.Locator(".codes li").AllInnerTextsAsync();

        var second = await chromium.OpenAsync(product);
        await SubmitPasswordAsync(second, email);
        await second.Locator("#code").FillAsync(AuthenticatorApp.CodeOf(secret, later: 1));
        await second.Locator("form button").ClickAsync();
        await SignInPages.AccountAsync(second);

        var third = await chromium.OpenAsync(product);
        await SubmitPasswordAsync(third, email);
        await third.Locator("#code").FillAsync(codes[0]);
        await third.Locator("form button").ClickAsync();
        await SignInPages.AccountAsync(third);

        Assert.Equal(10, codes.Count);
    }

    private static async Task SubmitPasswordAsync(IPage page, string email)
    {
        await page.GotoAsync("/account/sign-in");
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(DemoPerson.Password);
        await page.Locator("button[type=submit]").ClickAsync();
    }
}
