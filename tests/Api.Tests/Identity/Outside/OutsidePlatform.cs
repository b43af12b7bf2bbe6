using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Tests.Identity.Flows;
using Platform.Storage.Accounts;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Outside;

/// <summary>The API, a provider, and a browser that goes between them.</summary>
internal sealed class OutsidePlatform(PeoplePlatform people, ScriptedProvider provider, Guid providerId) : IAsyncDisposable
{
    public PeoplePlatform People => people;

    public ScriptedProvider Provider => provider;

    public Guid ProviderId => providerId;

    /// <summary>The address that is typed at the sign-in page.</summary>
    public string Typed { get; init; } = "taro@acme.test";

    public Guid Tenant => people.Platform.Seed.Acme.Id;

    public static async Task<OutsidePlatform> StartAsync(Action<IServiceCollection>? services = null, Func<NewSignInProvider, NewSignInProvider>? change = null)
    {
        var people = await PeoplePlatform.StartAsync(services: services);
        var provider = await ScriptedProvider.StartAsync();
        var wanted = new NewSignInProvider("Company", provider.Issuer, ScriptedProvider.ClientId, ScriptedProvider.Secret, ["acme.test"], [], CreatesAccounts: true, null, [], [BuiltInRoles.Analyst.Id]);
        var tenant = people.Platform.Seed.Acme.Id;
        var made = await people.Platform.Provider.GetRequiredService<ISignInProviderCommands>()
            .CreateAsync(Scope.System(tenant, "tests"), tenant, change is null ? wanted : change(wanted), TestContext.Current.CancellationToken);
        Assert.Null(made.Code);
        return new OutsidePlatform(people, provider, made.Value);
    }

    public async Task ChangeAsync(SignInProviderChange change)
    {
        var done = await people.Platform.Provider.GetRequiredService<ISignInProviderCommands>().UpdateAsync(Scope.System(Tenant, "tests"), providerId, change, TestContext.Current.CancellationToken);
        Assert.Null(done.Code);
    }

    /// <summary>Types the address; gives the question that leads to the provider.</summary>
    public static async Task<(Uri Target, IReadOnlyDictionary<string, string> Question)> AskAsync(Browser browser, string address = "taro@acme.test", string? returnUrl = null)
    {
        var page = await browser.GetAsync("/account/sign-in" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)));
        var leading = await browser.SubmitAsync(page, new Dictionary<string, string> { ["email"] = address });
        var link = leading.Document.GetElementById("lead")?.GetAttribute("href");
        Assert.True(link is not null, leading.Text);
        var target = new Uri(link);
        return (target, QueryHelpers.ParseQuery(target.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()));
    }

    /// <summary>Comes back from the provider with a code that carries the nonce.</summary>
    public static Task<Page> ReturnAsync(Browser browser, IReadOnlyDictionary<string, string> question, string? state = null, string more = "") => browser.GetAsync(
        $"{new Uri(question["redirect_uri"]).AbsolutePath}?code={Uri.EscapeDataString(question["nonce"])}&state={Uri.EscapeDataString(state ?? question["state"])}{more}");

    public async Task<Page> SignInAsync(Browser browser, string? address = null)
    {
        var (_, question) = await AskAsync(browser, address ?? Typed);
        return await ReturnAsync(browser, question);
    }

    public Task<SignInAccount?> AccountAsync(string address = "taro@acme.test") =>
        people.Platform.Provider.GetRequiredService<IAccountDirectory>().FindByAddressAsync(address, TestContext.Current.CancellationToken);

    /// <summary>Events of these kinds, newest last, as their data.</summary>
    public async Task<IReadOnlyList<(string Kind, JsonElement Data)>> EventsAsync(params string[] kinds)
    {
        await using var db = people.Platform.Provider.GetRequiredService<Platform.Storage.Model.IPlatformDbFactory>().Open(Scope.System(Tenant, "tests"));
        return [.. db.Events.Where(row => kinds.Contains(row.Kind)).OrderBy(row => row.Sequence).AsEnumerable().Select(row => (row.Kind, JsonSerializer.Deserialize<JsonElement>(row.Data)))];
    }

    public string Global => GlobalId.Of(NodeKind.SignInProvider, providerId);

    public async ValueTask DisposeAsync()
    {
        await people.DisposeAsync();
        await provider.DisposeAsync();
    }
}
