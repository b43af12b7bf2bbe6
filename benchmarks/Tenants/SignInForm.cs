using System.Net;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Tenants;

/// <summary>The sign-in page of the running product, from one address: a browser of its own, or a program that guesses.</summary>
internal sealed partial class SignInForm : IDisposable
{
    private readonly HttpClient http;
    private string? token;

    /// <param name="address">What the proxy on this machine, which the product trusts, says the request comes from.</param>
    public SignInForm(Uri site, string address)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = site, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    /// <summary>True when it led on to the account.</summary>
    public async Task<(bool Entered, HttpStatusCode Status)> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        token ??= await TokenAsync(cancellationToken);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = email, ["password"] = password, ["__RequestVerificationToken"] = token });
        using var response = await http.PostAsync(new Uri("/account/sign-in", UriKind.Relative), form, cancellationToken);
        var entered = response.StatusCode == HttpStatusCode.Redirect;
        // A form belongs to whoever was signed in when it was made.
        if (entered)
            token = null;
        return (entered, response.StatusCode);
    }

    /// <summary>Follows the link of an invitation and sets the first password.</summary>
    public async Task SetPasswordAsync(Uri link, string password, CancellationToken cancellationToken)
    {
        var path = new Uri(link.PathAndQuery, UriKind.Relative);
        var page = Token().Match(await http.GetStringAsync(path, cancellationToken));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = System.Web.HttpUtility.ParseQueryString(link.Query)["token"]!,
            ["password"] = password,
            ["__RequestVerificationToken"] = page.Groups[1].Value,
        });
        using var response = await http.PostAsync(path, form, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Redirect)
            throw new InvalidOperationException($"the invitation was not taken: {(int)response.StatusCode}");
    }

    /// <summary>A page of whoever is signed in.</summary>
    public Task<string> PageAsync(string path, CancellationToken cancellationToken) => http.GetStringAsync(new Uri(path, UriKind.Relative), cancellationToken);

    /// <summary>Sends the form of a page back. True when it led on.</summary>
    public async Task<bool> SendAsync(string path, string page, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", Token().Match(page).Groups[1].Value)]);
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), form, cancellationToken);
        return response.StatusCode == HttpStatusCode.Redirect;
    }

    public void Dispose() => http.Dispose();

    private async Task<string> TokenAsync(CancellationToken cancellationToken) =>
        Token().Match(await http.GetStringAsync(new Uri("/account/sign-in?again=true", UriKind.Relative), cancellationToken)) is { Success: true } match
            ? match.Groups[1].Value
            : throw new InvalidOperationException("the sign-in page has no form");

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
