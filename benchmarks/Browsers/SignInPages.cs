using Microsoft.Playwright;

namespace Platform.Benchmarks.Browsers;

/// <summary>The sign-in pages as a person uses them, in whichever language they come. Each step waits for the page that follows.</summary>
internal static class SignInPages
{
    public static async Task ByPasswordAsync(IPage page, string email, string password)
    {
        await page.GotoAsync("/account/sign-in");
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("button[type=submit]").ClickAsync();
        await AccountAsync(page);
    }

    public static async Task AddPasskeyAsync(IPage page, string name)
    {
        await page.Locator("#passkey-name").FillAsync(name);
        await page.Locator("[data-passkey=add] button").ClickAsync();
        await page.WaitForURLAsync("**/account?done=passkey");
    }

    public static async Task ByPasskeyAsync(IPage page)
    {
        await page.GotoAsync("/account/sign-in");
        await page.Locator("[data-passkey=sign-in] button").ClickAsync();
        await AccountAsync(page);
    }

    public static async Task SignOutAsync(IPage page)
    {
        await page.GotoAsync("/account");
        await page.Locator("form[action='/account/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync("**/account/signed-out");
    }

    public static Task AccountAsync(IPage page) => page.WaitForURLAsync("**/account");
}
