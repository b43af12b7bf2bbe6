using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Identity.SignIn;
using Platform.Api.Rest.AuthPolicy;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Access;
using Platform.Storage.Directory;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Rest;

/// <summary>The auth-policy protocol (OUT2), as Dovecot speaks it: one fixed header, a flat JSON object, status and msg.</summary>
public sealed class AuthPolicyTests : IAsyncLifetime
{
    private const string Japan = "133.242.0.3";
    private const string America = "8.8.8.8";

    private readonly TestPlatform _platform = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task The_tenants_rules_answer()
    {
        Assert.Equal(0, await AllowAsync("somebody@acme.test", America));
        await RuleAsync(new NewAccessRule([AccessService.MailServer], [], ["JP"], false, false, "", null));

        Assert.Equal((0, -1, -1), (await AllowAsync("somebody@acme.test", Japan), await AllowAsync("somebody@acme.test", America), await AllowAsync("no address", America)));
        await using var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "tests"));
        var row = await db.AccessRefusals.SingleAsync(one => one.Service == AccessService.MailServer, Stop);
        Assert.Equal((AccessReason.Country, "US", America, ""), (row.Reason, row.Country, row.Address, row.Account));
    }

    [Fact]
    public async Task Who_guesses_is_slowed_then_refused_and_the_others_are_not()
    {
        var answers = new List<int>();
        for (var i = 0; i < 21; i++)
        {
            answers.Add(await AllowAsync("info@acme.test", America));
            await ReportAsync("info@acme.test", America, success: false);
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 3, 4, 5, 5], answers.Take(10));
        Assert.Equal(-1, answers[20]);
        Assert.Equal((0, 0), (await AllowAsync("info@acme.test", Japan), await AllowAsync("sales@acme.test", America)));
    }

    [Fact]
    public async Task A_login_that_goes_well_forgets_what_failed_before()
    {
        for (var i = 0; i < 6; i++)
            await ReportAsync("info@acme.test", America, success: false);
        Assert.Equal(3, await AllowAsync("info@acme.test", America));
        await ReportAsync("info@acme.test", America, success: true);

        Assert.Equal(0, await AllowAsync("info@acme.test", America));
    }

    [Theory]
    [InlineData("""{"success":false,"policy_reject":true}""")]
    [InlineData("""{"success":false,"fail_type":"internal"}""")]
    [InlineData("""{"success":"false","policy_reject":"true"}""")]
    [InlineData("{}")]
    public async Task What_is_nobodys_failure_is_not_counted(string report)
    {
        for (var i = 0; i < 6; i++)
            await AnswerAsync("report", report.Insert(1, $"\"login\":\"info@acme.test\",\"remote\":\"{America}\"{(report == "{}" ? "" : ",")}"));

        Assert.Equal(0, await AllowAsync("info@acme.test", America));
    }

    [Theory]
    [InlineData("acme-api", "acme-api-secret", HttpStatusCode.OK)]
    [InlineData("acme-api", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("nobody", "acme-api-secret", HttpStatusCode.Unauthorized)]
    [InlineData("acme-siem", "acme-siem-secret", HttpStatusCode.Forbidden)]
    public async Task Id_and_secret_of_a_client_are_taken_as_they_are(string id, string secret, HttpStatusCode status)
    {
        using var response = await SendAsync("/v1/auth-policy?command=allow", Basic(id, secret), """{"login":"info@acme.test","remote":"192.0.2.7"}""");

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Guesses_at_the_secret_of_a_client_are_slowed()
    {
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 11; i++)
        {
            using var response = await SendAsync("/v1/auth-policy?command=allow", Basic("acme-api", $"guess {i}"), """{"login":"info@acme.test","remote":"192.0.2.7"}""");
            answers.Add(response.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 10), HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task A_server_with_an_old_secret_is_one_failure_for_a_while()
    {
        for (var i = 0; i < 20; i++)
        {
            using var response = await SendAsync("/v1/auth-policy?command=allow", Basic("acme-api", "old"), """{"login":"info@acme.test","remote":"192.0.2.7"}""");
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Equal(0, await AllowAsync("info@acme.test", America));
    }

    /// <summary>A server can report any address: its word keeps nobody out but at that tenant's servers.</summary>
    [Fact]
    public async Task What_a_server_reports_holds_the_network_at_that_tenants_servers_alone()
    {
        var acme = _platform.Seed.Acme.Id;
        for (var i = 0; i < 15; i++)
        {
            Assert.Null((await _platform.Provider.GetRequiredService<IDirectoryCommands>().AddMailboxAsync(Scope.System(acme, "tests"), acme, $"spray{i}@acme.test", null, Stop)).Code);
            await ReportAsync($"spray{i}@acme.test", America, success: false);
        }

        await using var scope = _platform.Provider.CreateAsyncScope();
        var limits = scope.ServiceProvider.GetRequiredService<AttemptLimits>();
        Assert.Equal(-1, await AllowAsync("spray0@acme.test", America));
        Assert.Equal(TimeSpan.Zero, (await limits.LookAsync(AttemptKey.OfSubmission(America), Stop)).Wait);
        Assert.Equal(TimeSpan.Zero, (await limits.LookAsync(AttemptKey.OfNetwork(America), Stop)).Wait);
    }

    [Theory]
    [InlineData("/v1/list-entries")]
    [InlineData("/graphql")]
    public async Task And_nowhere_else(string path)
    {
        using var response = await SendAsync(path, Basic("acme-api", "acme-api-secret"), """{"query":"{ viewer { id } }"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("allow", "", "body")]
    [InlineData("allow", "no json", "body")]
    [InlineData("allow", "[]", "body")]
    [InlineData("allow", """{"remote":"192.0.2.7"}""", "login")]
    [InlineData("allow", """{"login":7,"remote":"192.0.2.7"}""", "login")]
    [InlineData("allow", """{"login":"\ud800","remote":"192.0.2.7"}""", "login")]
    [InlineData("allow", """{"login":"info@acme.test"}""", "remote")]
    [InlineData("allow", """{"login":"info@acme.test","remote":"here"}""", "remote")]
    [InlineData("reset", """{"login":"info@acme.test","remote":"192.0.2.7"}""", "command")]
    public async Task What_is_no_question_gets_a_clear_error(string command, string body, string field)
    {
        using var response = await SendAsync($"/v1/auth-policy?command={command}", Basic("acme-api", "acme-api-secret"), body);
        var problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Stop));

        Assert.Equal((HttpStatusCode.BadRequest, field), (response.StatusCode, problem.GetProperty("field").GetString()));
    }

    /// <summary>As Dovecot 2.3 sends it, with members that nobody here asks for.</summary>
    [Fact]
    public void The_members_of_dovecot_are_read()
    {
        var (question, address) = AuthPolicyRoutes.Read(Encoding.UTF8.GetBytes(
            """{"device_id":"","login":"Info@acme.test","protocol":"imap","pwhash":"0e5","remote":"2001:db8::7","session_id":"x","attrs":{"cos":["premium"]},"success":true,"policy_reject":false,"tls":true}"""));

        Assert.Equal(("Info@acme.test", "imap", true, false, IPAddress.Parse("2001:db8::7")), (question.Login, question.Protocol, question.Success!.Value, question.PolicyReject!.Value, address));
    }

    private static AuthenticationHeaderValue Basic(string id, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));

    private async Task RuleAsync(NewAccessRule rule)
    {
        var acme = _platform.Seed.Acme.Id;
        Assert.Null((await _platform.Provider.GetRequiredService<IAccessRuleCommands>().CreateAsync(
            Scope.System(acme, "tests"), new AccessTarget(AccessLevel.Tenant, acme), rule, new AccessMaker(null, false, [], null, false), Stop)).Code);
    }

    private async Task<int> AllowAsync(string login, string remote) => (await AnswerAsync("allow", JsonSerializer.Serialize(new { login, remote, protocol = "imap" }))).GetProperty("status").GetInt32();

    private Task<JsonElement> ReportAsync(string login, string remote, bool success) => AnswerAsync("report", JsonSerializer.Serialize(new { login, remote, success, policy_reject = false }));

    private async Task<JsonElement> AnswerAsync(string command, string body)
    {
        using var response = await SendAsync($"/v1/auth-policy?command={command}", Basic("acme-api", "acme-api-secret"), body);
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, AuthenticationHeaderValue credentials, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = credentials;
        return await _platform.Http.SendAsync(request, Stop);
    }
}
