using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.SelfService;
using Platform.Api.Identity.Sessions;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>The page of one's account, and passwords set by a link.</summary>
public sealed class SelfServiceTests : IAsyncLifetime
{
    private const string NewPassword = "slow river lantern";
    private static readonly string Admin = PeoplePlatform.Address("admin");
    private static readonly string Analyst = PeoplePlatform.Address("analyst");
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly RecordedMails _mails = new();
    private PeoplePlatform _people = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _people = await PeoplePlatform.StartAsync(services: services => services.AddSingleton<IAccountMails>(_mails));
        _browser = _people.Browser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _people.DisposeAsync();
    }

    [Fact]
    public async Task A_session_that_is_ended_takes_its_tokens_along_and_leaves_the_others()
    {
        var lost = _people.Client(_browser);
        var tokens = await lost.SignInAsync(Admin);
        using var here = _people.Browser();
        var home = await here.FollowAsync(await here.SignInAsync(Admin, PeoplePlatform.Password));
        await here.SubmitAsync(home, Nothing, "/account/sessions/end");
        var (refresh, _) = await lost.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
        var (events, _) = await lost.GetAsync("/v1/events", tokens.GetProperty("access_token").GetString()!);
        var (userinfo, _) = await lost.GetAsync("/connect/userinfo", tokens.GetProperty("access_token").GetString()!);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (refresh, events, userinfo));
        Assert.Equal("Sign in", (await _browser.FollowAsync(await _browser.GetAsync("/account"))).Title);
        Assert.Equal("Your account", (await here.GetAsync("/account")).Title);
    }

    [Fact]
    public async Task Nobody_ends_the_session_of_another()
    {
        await _browser.SignInAsync(Admin, PeoplePlatform.Password);
        using var other = _people.Browser();
        await other.SignInAsync(Analyst, PeoplePlatform.Password);
        using var another = _people.Browser();
        await another.SignInAsync(Analyst, PeoplePlatform.Password);
        var session = (await _people.InScopeAsync<SessionStore, IReadOnlyList<SessionRow>>(store => store.ListAsync(_people.Admin, TestContext.Current.CancellationToken))).Single();
        await other.SubmitAsync(await other.GetAsync("/account"), new Dictionary<string, string> { ["id"] = session.Id.ToString("N") }, "/account/sessions/end");

        Assert.Equal("Your account", (await _browser.GetAsync("/account")).Title);
    }

    [Fact]
    public async Task A_changed_password_holds_at_once_and_ends_the_other_sessions()
    {
        using var other = _people.Browser();
        await other.SignInAsync(Admin, PeoplePlatform.Password);
        var home = await _browser.FollowAsync(await _browser.SignInAsync(Admin, PeoplePlatform.Password));
        var wrong = await _browser.SubmitAsync(home, new Dictionary<string, string> { ["current"] = "not the one", ["password"] = NewPassword }, "/account/password");
        var weak = await _browser.SubmitAsync(home, new Dictionary<string, string> { ["current"] = PeoplePlatform.Password, ["password"] = "password1234" }, "/account/password");
        var done = await _browser.FollowAsync(await _browser.SubmitAsync(home, new Dictionary<string, string> { ["current"] = PeoplePlatform.Password, ["password"] = NewPassword }, "/account/password"));
        using var later = _people.Browser();

        Assert.Contains("not your current password", wrong.Document.GetElementById("current-error")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("easy to guess", weak.Document.GetElementById("password-error")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", weak.Document.GetElementById("password")!.GetAttribute("aria-invalid"));
        Assert.Contains("password-error", weak.Document.GetElementById("password")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Contains("The password was changed", done.Text, StringComparison.Ordinal);
        Assert.Equal("Sign in", (await other.FollowAsync(await other.GetAsync("/account"))).Title);
        Assert.Equal(HttpStatusCode.Unauthorized, (await later.SignInAsync(Admin, PeoplePlatform.Password)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await later.SignInAsync(Admin, NewPassword)).Status);
    }

    [Fact]
    public async Task An_authenticator_app_is_asked_for_and_neither_its_codes_nor_a_recovery_code_are_taken_twice()
    {
        await _browser.SignInAsync(Admin, PeoplePlatform.Password);
        var setUp = await _browser.GetAsync("/account/authenticator");
        var secret = FromBase32(setUp.Document.QuerySelector(".code")!.TextContent);
        var codes = (await _browser.SubmitAsync(setUp, Code(secret, 0))).Document.QuerySelectorAll(".codes li").Select(item => item.TextContent).ToList();

        using var later = _people.Browser();
        var asked = await later.FollowAsync(await later.SignInAsync(Admin, PeoplePlatform.Password));
        var notYet = await later.FollowAsync(await later.GetAsync("/account"));
        var twice = await later.SubmitAsync(asked, Code(secret, 0));
        var next = await later.SubmitAsync(asked, Code(secret, 1));
        var byRecovery = await SecondStepAsync(codes[3]);
        var again = await SecondStepAsync(codes[3]);

        Assert.Equal(10, codes.Count);
        Assert.Equal(("One more step", "Sign in", HttpStatusCode.Unauthorized, HttpStatusCode.Redirect), (asked.Title, notYet.Title, twice.Status, next.Status));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Unauthorized), (byRecovery.Status, again.Status));

        async Task<Page> SecondStepAsync(string code)
        {
            using var browser = _people.Browser();
            return await browser.SubmitAsync(await browser.FollowAsync(await browser.SignInAsync(Admin, PeoplePlatform.Password)), new Dictionary<string, string> { ["code"] = code.ToLowerInvariant() });
        }
    }

    [Fact]
    public async Task A_password_that_was_changed_since_opens_the_way_to_the_code_no_more()
    {
        await _browser.SignInAsync(Admin, PeoplePlatform.Password);
        var setUp = await _browser.GetAsync("/account/authenticator");
        var secret = FromBase32(setUp.Document.QuerySelector(".code")!.TextContent);
        await _browser.SubmitAsync(setUp, Code(secret, 0));
        using var thief = _people.Browser();
        var asked = await thief.FollowAsync(await thief.SignInAsync(Admin, PeoplePlatform.Password));
        await _browser.SubmitAsync(
            await _browser.GetAsync("/account"), new Dictionary<string, string> { ["current"] = PeoplePlatform.Password, ["password"] = NewPassword }, "/account/password");
        var late = await thief.SubmitAsync(asked, Code(secret, 1));

        Assert.Equal(("One more step", "Sign in"), (asked.Title, (await thief.FollowAsync(late)).Title));
    }

    [Fact]
    public async Task Guessed_codes_are_slowed()
    {
        await _browser.SignInAsync(Admin, PeoplePlatform.Password);
        var setUp = await _browser.GetAsync("/account/authenticator");
        await _browser.SubmitAsync(setUp, Code(FromBase32(setUp.Document.QuerySelector(".code")!.TextContent), 0));
        using var guesser = _people.Browser();
        var page = await guesser.FollowAsync(await guesser.SignInAsync(Admin, PeoplePlatform.Password));
        List<int> statuses = [];
        for (var i = 0; i < 6; i++)
            statuses.Add((int)(await guesser.SubmitAsync(page, new Dictionary<string, string> { ["code"] = "no code" })).Status);

        Assert.Equal([401, 401, 401, 401, 401, 429], statuses);
    }

    [Fact]
    public async Task Codes_guessed_elsewhere_do_not_hold_up_a_browser_where_one_was_given_before()
    {
        await _browser.SignInAsync(Admin, PeoplePlatform.Password);
        var setUp = await _browser.GetAsync("/account/authenticator");
        var codes = (await _browser.SubmitAsync(setUp, Code(FromBase32(setUp.Document.QuerySelector(".code")!.TextContent), 0))).Document.QuerySelectorAll(".codes li").Select(item => item.TextContent).ToList();
        await _browser.SubmitAsync(await _browser.GetAsync("/account"), new Dictionary<string, string>(), "/account/sign-out");
        using var guesser = _people.Browser();
        var page = await guesser.FollowAsync(await guesser.SignInAsync(Admin, PeoplePlatform.Password));
        for (var i = 0; i < 6; i++)
            await guesser.SubmitAsync(page, new Dictionary<string, string> { ["code"] = "no code" });

        var own = await _browser.FollowAsync(await _browser.SignInAsync(Admin, PeoplePlatform.Password));
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SubmitAsync(own, new Dictionary<string, string> { ["code"] = codes[0] })).Status);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_a_link_that_is_good_once()
    {
        using var thief = _people.Browser();
        await thief.SignInAsync(Admin, PeoplePlatform.Password);
        await _browser.SubmitAsync(await _browser.GetAsync("/account/forgotten"), new Dictionary<string, string> { ["email"] = Admin });
        var link = (await _mails.NextAsync()).PathAndQuery;
        var form = await _browser.GetAsync(link);
        var weak = await _browser.SubmitAsync(form, new Dictionary<string, string> { ["password"] = "short" });
        var done = await _browser.SubmitAsync(form, new Dictionary<string, string> { ["password"] = NewPassword });
        var again = await _browser.GetAsync(link);

        Assert.Equal(("Choose a new password", HttpStatusCode.BadRequest, "The password was changed", "This link no longer works"), (form.Title, weak.Status, done.Title, again.Title));
        Assert.Equal("Sign in", (await thief.FollowAsync(await thief.GetAsync("/account"))).Title);
        Assert.Equal(HttpStatusCode.Redirect, (await _browser.SignInAsync(Admin, NewPassword)).Status);
    }

    [Fact]
    public async Task Asking_for_an_unknown_address_looks_the_same_and_sends_nothing()
    {
        var unknown = await _browser.SubmitAsync(await _browser.GetAsync("/account/forgotten"), new Dictionary<string, string> { ["email"] = "nobody@acme.test" });
        var known = await _browser.SubmitAsync(await _browser.GetAsync("/account/forgotten"), new Dictionary<string, string> { ["email"] = Admin });
        await _mails.NextAsync();

        Assert.Equal((known.Status, known.Text), (unknown.Status, unknown.Text));
        Assert.Equal(1, _mails.Sent);
    }

    [Fact]
    public async Task An_invitation_sets_the_first_password_once()
    {
        var tenant = _people.Platform.Seed.Acme.Id;
        var invited = await _people.Platform.Provider.GetRequiredService<IAccountCommands>().InviteAsync(
            Scope.System(tenant, "tests"), AccountOwner.Tenant(tenant), new NewAccount("new@acme.test", "New Colleague", [BuiltInRoles.Analyst.Id]), TestContext.Current.CancellationToken);
        var invitations = _people.Platform.Provider.GetRequiredService<IInvitations>();
        var link = "/account/invitation?token=" + invitations.TokenOf((await invitations.FindAsync(invited.Value, TestContext.Current.CancellationToken))!.Id);
        var early = await _browser.SignInAsync("new@acme.test", NewPassword);
        var form = await _browser.GetAsync(link);
        var weak = await _browser.SubmitAsync(form, new Dictionary<string, string> { ["password"] = "new colleague 1" });
        var home = await _browser.FollowAsync(await _browser.SubmitAsync(form, new Dictionary<string, string> { ["password"] = NewPassword }));
        using var other = _people.Browser();
        var again = await other.GetAsync(link);

        Assert.Equal((HttpStatusCode.Unauthorized, "Welcome: choose a password", HttpStatusCode.BadRequest, "Your account", "This link no longer works"), (early.Status, form.Title, weak.Status, home.Title, again.Title));
        Assert.Equal(HttpStatusCode.Redirect, (await other.SignInAsync("new@acme.test", NewPassword)).Status);
    }

    [Fact]
    public async Task The_audit_log_says_who_signed_in_how_and_what_changed_and_no_secret()
    {
        var home = await _browser.FollowAsync(await _browser.SignInAsync(Admin, PeoplePlatform.Password));
        await _browser.SubmitAsync(home, new Dictionary<string, string> { ["current"] = PeoplePlatform.Password, ["password"] = NewPassword }, "/account/password");
        var entries = (await _people.Platform.DataAsync("acme-api", "{ auditLog(first: 2) { nodes { actor action target detail } } }"))
            .GetProperty("auditLog").GetProperty("nodes").EnumerateArray().ToList();

        Assert.Equal(["password.changed", "session.started"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.All(entries, entry => Assert.Equal("user:" + _people.Admin, entry.GetProperty("actor").GetString()));
        Assert.Contains("\"methods\":\"pwd\"", entries[1].GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(NewPassword, string.Join(' ', entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_that_was_let_in_can_be_shut_out()
    {
        var partner = _people.Client(_browser, PeoplePlatform.Partner, "partner-secret");
        var tokens = await partner.SignInAsync(Admin, "openid offline_access messages.read");
        await _browser.SubmitAsync(await _browser.GetAsync("/account"), Nothing, "/account/apps/end");
        var (refresh, _) = await partner.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!);
        var asked = await _browser.FollowAsync(await _browser.GetAsync(partner.AuthorizePath("openid messages.read")));

        var entry = (await _people.Platform.DataAsync("acme-api", "{ auditLog(first: 1) { nodes { action detail } } }")).GetProperty("auditLog").GetProperty("nodes")[0];

        Assert.Equal((HttpStatusCode.BadRequest, "Allow access?"), (refresh, asked.Title));
        Assert.Equal(("app.removed", "{\"app\":\"partner\"}"), (entry.GetProperty("action").GetString(), entry.GetProperty("detail").GetString()));
    }

    private static Dictionary<string, string> Code(byte[] secret, int later) =>
        new() { ["code"] = Totp.CodeOf(secret, Totp.StepOf(TimeProvider.System.GetUtcNow()) + later) };

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
