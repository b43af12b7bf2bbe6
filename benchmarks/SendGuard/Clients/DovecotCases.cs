using Platform.Benchmarks.Peers;

namespace Platform.Benchmarks.SendGuard.Clients;

/// <summary>Dovecot, a mail server of the tenant's own, which asks about each login by the auth-policy protocol and reports how it ended.</summary>
internal sealed class DovecotCases : IClientCases
{
    private const string Restricted = "keiri@acme.test";
    private const string Free = "sales@acme.test";
    private const string Japan = "133.242.0.3";
    private const string America = "8.8.8.8";

    /// <summary>More than what costs nothing.</summary>
    private const int Guesses = 22;

    public string Name => "Dovecot";

    public async Task<IReadOnlyList<ClientCase>> RunAsync(TestedTenant tenant, CancellationToken cancellationToken)
    {
        List<ClientCase> cases = [];
        await tenant.AddRuleAsync(Restricted, ["MAIL_SERVER"], [], ["JP"], cancellationToken);
        await using var dovecot = await DovecotInstance.StartAsync(new Uri(tenant.Product.Http, "/v1/auth-policy"), "acme-api", "acme-api-secret", cancellationToken);

        cases.Add(ClientCase.Begins("OUT2", "the country that is admitted", "OK", await LoginAsync(Restricted, Japan)));
        cases.Add(ClientCase.Begins("OUT2", "another country", "NO", await LoginAsync(Restricted, America)));
        cases.Add(ClientCase.Begins("OUT2", "an address of no country", "NO", await LoginAsync(Restricted, "203.0.113.7")));
        cases.Add(ClientCase.Begins("OUT2", "a mailbox without a rule", "OK", await LoginAsync(Free, America)));
        var refused = (await tenant.EventsAsync("access.refused", Restricted, cancellationToken)).Where(one => one.GetProperty("service").GetString() == "mail-server")
            .Select(one => one.GetProperty("reason").GetString()).Order(StringComparer.Ordinal);
        cases.Add(ClientCase.Equal("OUT2", "refusals are told", "country, unknown-country", string.Join(", ", refused)));

        // At once, since those that come one after another are slowed.
        await Task.WhenAll(Enumerable.Range(0, Guesses).Select(number => dovecot.LoginAsync(Free, $"guess {number}", "198.51.100.9", cancellationToken)));
        cases.Add(ClientCase.Begins("OUT2", "after many guesses the right password too", "NO", await LoginAsync(Free, "198.51.100.9")));
        cases.Add(ClientCase.Begins("OUT2", "from elsewhere it goes on", "OK", await LoginAsync(Free, America)));
        cases.Add(ClientCase.Equal("OUT2", "failures are told", true, (await tenant.EventsAsync("login.failed", Free, cancellationToken)).Count > 0));

        var places = (await tenant.Api.QueryAsync(
            "query($id: ID!) { recentPlaces(mailbox: $id) { address country service } }", new { id = await tenant.MailboxIdAsync(Restricted, cancellationToken) }, cancellationToken)).GetProperty("recentPlaces");
        cases.Add(ClientCase.Equal(
            "OUT2",
            "where it got in is remembered",
            $"{Japan} JP mail-server",
            places.EnumerateArray().Select(place => $"{place.GetProperty("address").GetString()} {place.GetProperty("country").GetString()} {place.GetProperty("service").GetString()}").FirstOrDefault(place => place.EndsWith("mail-server", StringComparison.Ordinal)) ?? ""));
        return cases;

        Task<string> LoginAsync(string user, string from) => dovecot.LoginAsync(user, DovecotInstance.Password, from, cancellationToken);
    }
}
