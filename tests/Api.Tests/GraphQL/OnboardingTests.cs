using System.Text.Json;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class OnboardingTests : IAsyncLifetime
{
    private const string Add = "mutation($name: String!) { addDomain(input: { name: $name }) { domain { id } claim { id name state recordName recordType recordValue problem explanation } errors { code } } }";
    private const string Check = "mutation($id: ID!) { checkDomain(input: { claimId: $id }) { claim { state problem explanation domainId } errors { code } } }";

    private readonly TestPlatform _platform = new();

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_domain_takes_part_once_its_record_is_seen()
    {
        var added = (await _platform.DataAsync("acme-api", Add, new { name = "New.acme.test" })).GetProperty("addDomain");
        var claim = added.GetProperty("claim");
        var id = claim.GetProperty("id").GetString();
        Assert.Equal((JsonValueKind.Null, "PENDING", "TXT", "_mail-inspection-challenge.new.acme.test"), (added.GetProperty("domain").ValueKind, Text(claim, "state"), Text(claim, "recordType"), Text(claim, "recordName")));

        _platform.Dns.Texts[Text(claim, "recordName")!] = Text(claim, "recordValue")!;
        var proven = (await _platform.DataAsync("acme-api", Check, new { id })).GetProperty("checkDomain").GetProperty("claim");
        var domains = (await _platform.DataAsync("acme-api", "{ domains { nodes { id name } } }")).GetProperty("domains").GetProperty("nodes").EnumerateArray().ToList();

        Assert.Equal("PROVEN", Text(proven, "state"));
        Assert.Contains(domains, domain => Text(domain, "id") == Text(proven, "domainId") && Text(domain, "name") == "new.acme.test");
    }

    [Theory]
    [InlineData("acme-api", null, "NO_RECORD", "TXT")]
    [InlineData("acme-api", "mail-inspection-proof=other", "OTHER_VALUE", "別")]
    public async Task What_is_wrong_with_the_record_is_told_in_the_callers_language(string client, string? published, string problem, string word)
    {
        var claim = (await _platform.DataAsync(client, Add, new { name = "wrong.acme.test" })).GetProperty("addDomain").GetProperty("claim");
        if (published is not null)
            _platform.Dns.Texts[Text(claim, "recordName")!] = published;

        var looked = (await _platform.DataAsync(client, Check, new { id = Text(claim, "id") }, ("Accept-Language", published is null ? "en" : "ja"))).GetProperty("checkDomain").GetProperty("claim");

        Assert.Equal(("PENDING", problem), (Text(looked, "state"), Text(looked, "problem")));
        Assert.True(word == "別" ? Text(looked, "explanation")!.Contains("異なり", StringComparison.Ordinal) : Text(looked, "explanation")!.Contains(word, StringComparison.Ordinal), Text(looked, "explanation"));
    }

    [Theory]
    [InlineData("mutation($id: ID!) { checkDomain(input: { claimId: $id }) { errors { code } } }")]
    [InlineData("mutation($id: ID!) { withdrawDomainClaim(input: { claimId: $id }) { errors { code } } }")]
    public async Task Anothers_claim_is_not_there(string mutation)
    {
        var payload = (await _platform.DataAsync("acme-api", mutation, new { id = _platform.Seed.Globex.GlobalClaim })).EnumerateObject().Single().Value;

        Assert.Equal("NOT_FOUND", payload.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_list_is_tried_and_taken()
    {
        const string Import = "mutation($csv: String!, $mode: MailboxImportMode!) { importMailboxes(input: { csv: $csv, mode: $mode }) { report { created refused applied newGroups lineErrors { line code field } } errors { code field } } }";
        const string Csv = "address;displayName;groups\r\nsato@acme.test;佐藤 健一;Sales\r\nx@elsewhere.test;;\r\n";

        var preview = Report(await _platform.DataAsync("acme-api", Import, new { csv = Csv, mode = "PREVIEW" }));
        var taken = Report(await _platform.DataAsync("acme-api", Import, new { csv = Csv, mode = "VALID" }));
        var none = (await _platform.DataAsync("acme-api", Import, new { csv = "name\r\nx", mode = "ALL" })).GetProperty("importMailboxes");

        Assert.Equal((1, 1, false), (preview.GetProperty("created").GetInt32(), preview.GetProperty("refused").GetInt32(), preview.GetProperty("applied").GetBoolean()));
        Assert.Equal((3, "DOMAIN_UNKNOWN"), (taken.GetProperty("lineErrors")[0].GetProperty("line").GetInt32(), Text(taken.GetProperty("lineErrors")[0], "code")));
        Assert.True(taken.GetProperty("applied").GetBoolean());
        Assert.Equal("BAD_USER_INPUT", Text(none.GetProperty("errors")[0], "code"));

        static JsonElement Report(JsonElement data) => data.GetProperty("importMailboxes").GetProperty("report");
    }

    [Fact]
    public async Task An_msp_sets_a_plan_and_more_than_it_holds_is_refused()
    {
        const string Set = "mutation($tenant: ID!) { setTenantPlan(input: { tenant: $tenant, plan: { name: \"Small\", mailboxes: 2, apiClients: 2 } }) { plan { name mailboxes domains } errors { code } } }";
        var tenant = _platform.Seed.Acme.GlobalTenant;
        var own = (await _platform.DataAsync("acme-api", Set, new { tenant })).GetProperty("setTenantPlan");
        var plan = (await _platform.DataAsync("demo-msp-api", Set, new { tenant })).GetProperty("setTenantPlan").GetProperty("plan");
        var mailbox = (await _platform.DataAsync("acme-api", "mutation { createMailbox(input: { address: \"third@acme.test\" }) { errors { code } } }")).GetProperty("createMailbox");
        var client = (await _platform.DataAsync("acme-api", "mutation { createApiClient(input: { displayName: \"x\", permissions: [\"messages.read\"] }) { errors { code } } }")).GetProperty("createApiClient");

        Assert.Equal("FORBIDDEN", Text(own.GetProperty("errors")[0], "code"));
        Assert.Equal(("Small", 2, JsonValueKind.Null), (Text(plan, "name"), plan.GetProperty("mailboxes").GetInt32(), plan.GetProperty("domains").ValueKind));
        Assert.Equal(("PLAN_LIMIT", "PLAN_LIMIT"), (Text(mailbox.GetProperty("errors")[0], "code"), Text(client.GetProperty("errors")[0], "code")));
    }

    [Fact]
    public async Task A_check_is_told_step_by_step_with_what_to_do()
    {
        var started = (await _platform.DataAsync("acme-api", "mutation { startFlowCheck(input: {}) { check { id state address steps { kind state explanation advice } } errors { code } } }")).GetProperty("startFlowCheck").GetProperty("check");
        var onboarding = (await _platform.DataAsync(
            "acme-api", "{ onboarding { readyAt flowChecks { state steps { finding explanation(language: JA) advice(language: JA) } } domainClaims { name } ldapDirectory { host } mailboxCount } }")).GetProperty("onboarding");

        Assert.Equal(("queued", 7), (Text(started, "state"), started.GetProperty("steps").GetArrayLength()));
        var old = onboarding.GetProperty("flowChecks")[1].GetProperty("steps")[0];
        Assert.Equal("mx-none", Text(old, "finding"));
        Assert.Contains("MX レコードがありません", Text(old, "explanation"), StringComparison.Ordinal);
        Assert.Contains("MX 10 zqacmecanary", Text(old, "advice"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MICROSOFT_365", "acme-test.mail.protection.outlook.com")]
    [InlineData("GOOGLE_WORKSPACE", "smtp.google.com")]
    [InlineData("POSTFIX", "smtpd_client_restrictions")]
    [InlineData("EXCHANGE", "New-ReceiveConnector")]
    public async Task A_guide_holds_the_tenants_values(string system, string word)
    {
        var guide = (await _platform.DataAsync("acme-api", "query($system: MailSystem!) { mailFlowGuide(system: $system) { title records { type name value purpose } steps } }", new { system })).GetProperty("mailFlowGuide");

        Assert.Contains(guide.GetProperty("steps").EnumerateArray(), step => step.GetString()!.Contains(word, StringComparison.Ordinal));
        Assert.Contains(guide.GetProperty("records").EnumerateArray(), record => Text(record, "type") == "MX" && Text(record, "value")!.StartsWith("10 ", StringComparison.Ordinal));
        Assert.DoesNotContain('{', guide.GetProperty("steps").ToString());
    }

    [Fact]
    public async Task A_directory_is_set_without_ever_showing_its_secret()
    {
        const string Set = "mutation($host: String!, $secret: String) { setLdapDirectory(input: { host: $host, port: 636, security: TLS, bindName: \"cn=reader\", bindSecret: $secret, base: \"dc=acme\" }) { directory { host filter addressAttribute maxRemovalPercent } errors { code } } }";
        var set = (await _platform.DataAsync("acme-api", Set, new { host = "ldap.acme.test", secret = "hidden" })).GetProperty("setLdapDirectory");
        var moved = (await _platform.DataAsync("acme-api", Set, new { host = "evil.test" })).GetProperty("setLdapDirectory");
        var run = (await _platform.DataAsync("acme-api", "mutation { runLdapDirectory(input: { test: true }) { directory { nextRunAt } errors { code } } }")).GetProperty("runLdapDirectory");

        Assert.Equal(("(mail=*)", 10), (Text(set.GetProperty("directory"), "filter"), set.GetProperty("directory").GetProperty("maxRemovalPercent").GetInt32()));
        Assert.Equal("LDAP_SECRET_REQUIRED", Text(moved.GetProperty("errors")[0], "code"));
        Assert.NotEqual(JsonValueKind.Null, run.GetProperty("directory").GetProperty("nextRunAt").ValueKind);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
