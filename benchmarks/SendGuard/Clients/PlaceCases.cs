using System.Text.Json;
using MailKit.Security;
using Platform.Benchmarks.Tenants;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>Whence a mailbox comes in: by address on submission, by country at sign-in, told with the place.</summary>
internal sealed class PlaceCases : IClientCases
{
    private static readonly string[] s_portal = ["PORTAL"];
    private static readonly string[] s_japan = ["JP"];

    private const string Inside = "127.0.0.9";

    /// <summary>Of networks that the embedded table knows: Japan, the United States.</summary>
    private const string Japan = "133.242.0.3";
    private const string America = "8.8.8.8";

    public string Name => "places";

    public async Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        List<ClientCase> cases = [];
        const string address = "keiri@acme.test";
        var password = await tenant.NewAppPasswordAsync(address, cancellationToken);
        using (var open = await MailKitCases.ConnectAsync(tenant, null, cancellationToken))
        {
            await open.AuthenticateAsync(new SaslMechanismPlain(address, password), cancellationToken);
            var rule = await tenant.AddRuleAsync(address, ["SUBMISSION"], [Inside], [], cancellationToken);
            cases.Add(ClientCase.Begins("OUT2", "an open session ends with the rule", "550 5.7.1", await MailKitCases.SendAsync(open, tenant.NewId(), address, TestedTenant.Colleague, cancellationToken)));
            cases.Add(ClientCase.Equal("OUT2", "the address that is admitted", null, await MailKitCases.LoginAsync(tenant, address, password, Inside, cancellationToken)));
            var refused = await MailKitCases.LoginAsync(tenant, address, password, null, cancellationToken);
            cases.Add(new("OUT2", "another address", refused?.Contains("5.7.1", StringComparison.Ordinal) == true ? null : refused ?? "it got in"));
            var wrong = await MailKitCases.LoginAsync(tenant, address, "wrong", null, cancellationToken);
            cases.Add(new("OUT2", "a wrong password is told no rule", wrong?.Contains("5.7.8", StringComparison.Ordinal) == true ? null : wrong ?? "it got in"));
            cases.Add(new("OUT2", "another mailbox is not concerned", await MailKitCases.LoginAsync(tenant, TestedTenant.Mailbox, TestedTenant.AppPassword, null, cancellationToken)));
            var told = (await tenant.EventsAsync("access.refused", address, cancellationToken)).Select(one => $"{Text(one, "service")} {Text(one, "reason")}").LastOrDefault(told => told.StartsWith("submission", StringComparison.Ordinal));
            cases.Add(ClientCase.Equal("OUT2", "it is told", "submission network", told));
            await tenant.RunAsync("removeAccessRule", "RemoveAccessRuleInput", "removedRuleId", new { ruleId = rule }, cancellationToken);
        }

        cases.Add(ClientCase.Equal("OUT2", "without the rule", null, await MailKitCases.LoginAsync(tenant, address, password, null, cancellationToken)));
        await SignInAsync(tenant, cases, cancellationToken);
        return cases;
    }

    /// <summary>The administrator's own account, at the sign-in page and with a proxy in front that says whence.</summary>
    private static async Task SignInAsync(TestedTenant tenant, List<ClientCase> cases, CancellationToken cancellationToken)
    {
        var accounts = (await tenant.Api.QueryAsync("{ accounts(first: 50) { nodes { id address } } }", null, cancellationToken)).GetProperty("accounts").GetProperty("nodes");
        var id = accounts.EnumerateArray().Single(node => node.GetProperty("address").GetString() == DemoPerson.Administrator).GetProperty("id").GetString();
        var rule = (await tenant.RunAsync(
            "addAccessRule", "AddAccessRuleInput", "rule { id }", new { accountId = id, services = s_portal, countries = s_japan }, cancellationToken)).GetProperty("rule").GetProperty("id").GetString();
        foreach (var (from, entered, name) in new[] { (Japan, true, "sign-in from Japan"), (America, false, "sign-in from the United States"), ("203.0.113.7", false, "sign-in from where no country is known") })
        {
            using var browser = new SignInForm(tenant.Product.Http, from);
            cases.Add(ClientCase.Equal("OUT2", name, entered, (await browser.TryAsync(DemoPerson.Administrator, DemoPerson.Password, cancellationToken)).Entered));
        }

        var told = (await tenant.EventsAsync("access.refused", DemoPerson.Administrator, cancellationToken))
            .Select(one => $"{Text(one, "reason")} {Text(one.GetProperty("origin"), "country")}").Order(StringComparer.Ordinal);
        cases.Add(ClientCase.Equal("OUT2", "both are told with their place", "country US, unknown-country ", string.Join(", ", told)));
        await tenant.RunAsync("removeAccessRule", "RemoveAccessRuleInput", "removedRuleId", new { ruleId = rule }, cancellationToken);
    }

    private static string? Text(JsonElement told, string name) => told.TryGetProperty(name, out var value) ? value.GetString() : null;
}
