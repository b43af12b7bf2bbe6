using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Api.Identity.SelfService;
using Platform.Api.Tests.Identity.Flows;
using Platform.Storage.Accounts;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Outside;

/// <summary>People of a tenant sign in by its own provider (TEN3): which account they get, and when they are not let in.</summary>
public sealed class OutsideSignInTests : IAsyncLifetime
{
    private OutsidePlatform _outside = null!;

    public async ValueTask InitializeAsync() => _outside = await OutsidePlatform.StartAsync();

    public ValueTask DisposeAsync() => _outside.DisposeAsync();

    [Fact]
    public async Task The_question_has_pkce_state_nonce_and_the_redirect_address_of_the_tenant()
    {
        using var browser = _outside.People.Browser();
        var (target, question) = await OutsidePlatform.AskAsync(browser);

        Assert.StartsWith(_outside.Provider.Issuer + "/authorize?", target.ToString(), StringComparison.Ordinal);
        Assert.Equal(("code", ScriptedProvider.ClientId, "openid profile email", "S256", "taro@acme.test"),
            (question["response_type"], question["client_id"], question["scope"], question["code_challenge_method"], question["login_hint"]));
        Assert.Equal($"{_outside.People.Platform.Address.ToString().TrimEnd('/')}/account/sso/{GlobalId.Of(NodeKind.Tenant, _outside.Tenant)}", question["redirect_uri"]);
        Assert.All([question["state"], question["nonce"], question["code_challenge"]], text => Assert.Equal(43, text.Length));
    }

    [Fact]
    public async Task A_person_gets_an_account_and_comes_back_to_where_it_wanted()
    {
        using var browser = _outside.People.Browser();
        var (_, question) = await OutsidePlatform.AskAsync(browser, returnUrl: "/account?done=x");
        var page = await OutsidePlatform.ReturnAsync(browser, question);

        Assert.Equal("/account?done=x", page.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
        var account = await _outside.AccountAsync();
        Assert.Equal(("山田 太郎", AccountState.Active, (Guid?)_outside.Tenant), (account!.Name, account.State, account.TenantId));
        Assert.True(account.Permissions.SetEquals(BuiltInRoles.Analyst.Permissions));
        Assert.Equal("authorization_code", _outside.Provider.Asked["grant_type"]);
        Assert.Equal("Basic " + Convert.ToBase64String("mail:s3cret%3Awith%2Fsigns"u8), _outside.Provider.Authorization);
        var linked = Assert.Single(await _outside.EventsAsync("sign-in.linked"));
        Assert.True(linked.Data.GetProperty("made").GetBoolean());
    }

    [Fact]
    public async Task The_same_subject_is_the_same_account_whatever_address_the_provider_names_later()
    {
        await _outside.SignInAsync(_outside.People.Browser());
        var first = await _outside.AccountAsync();
        _outside.Provider.Address = "someone@elsewhere.test";

        Assert.Equal("/account", (await _outside.SignInAsync(_outside.People.Browser())).Location);
        Assert.Null(await _outside.AccountAsync("someone@elsewhere.test"));
        Assert.Equal(first!.Id, (await _outside.AccountAsync())!.Id);
    }

    [Fact]
    public async Task Another_subject_with_the_same_address_does_not_take_the_account_over()
    {
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);
        _outside.Provider.Subject = "subject-2";

        Assert.Contains("belongs to another person", (await _outside.SignInAsync(_outside.People.Browser())).Text, StringComparison.Ordinal);
        var refused = Assert.Single(await _outside.EventsAsync("sign-in.refused"));
        Assert.Equal("linkedElsewhere", refused.Data.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Another_provider_does_not_take_the_account_over()
    {
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);
        await using var other = await ScriptedProvider.StartAsync();
        await _outside.ChangeAsync(new SignInProviderChange(Issuer: other.Issuer, ClientSecret: ScriptedProvider.Secret));

        Assert.Contains("belongs to another person", (await _outside.SignInAsync(_outside.People.Browser())).Text, StringComparison.Ordinal);
        var data = await _outside.People.Platform.DataAsync("acme-api", "mutation($id: ID!) { forgetOutsideSignIn(input: { accountId: $id }) { accountId errors { code } } }", new { id = GlobalId.Of(NodeKind.Account, (await _outside.AccountAsync())!.Id) });
        Assert.Empty(data.GetProperty("forgetOutsideSignIn").GetProperty("errors").EnumerateArray());
        Assert.Equal("/account", (await _outside.SignInAsync(_outside.People.Browser())).Location);
    }

    [Fact]
    public async Task An_account_with_a_password_and_an_invited_one_are_linked_by_their_address()
    {
        var invited = await _outside.People.Platform.Provider.GetRequiredService<IAccountCommands>().InviteAsync(
            Scope.System(_outside.Tenant, "tests"), AccountOwner.Tenant(_outside.Tenant), new NewAccount("taro@acme.test", "Taro", [BuiltInRoles.Auditor.Id]), TestContext.Current.CancellationToken);
        Assert.Equal("/account", (await _outside.SignInAsync(_outside.People.Browser())).Location);
        _outside.Provider.Address = PeoplePlatform.Address("admin");
        _outside.Provider.Subject = "subject-2";
        Assert.Equal("/account", (await _outside.SignInAsync(_outside.People.Browser(), PeoplePlatform.Address("admin"))).Location);

        var account = await _outside.AccountAsync();
        Assert.Equal((invited.Value, AccountState.Active), (account!.Id, account.State));
        Assert.True(account.Permissions.SetEquals(BuiltInRoles.Auditor.Permissions));
    }

    [Theory]
    [InlineData("someone@elsewhere.test")]
    [InlineData("someone@globex.test")]
    [InlineData("someone@acme.test.evil.example")]
    [InlineData("someone@acme.test@evil.example")]
    public async Task An_address_outside_of_the_routed_domains_is_not_believed(string address)
    {
        _outside.Provider.Address = address;

        Assert.Contains("may not vouch for", (await _outside.SignInAsync(_outside.People.Browser())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_of_somebody_else_with_an_address_of_the_domain_is_not_touched()
    {
        var msp = _outside.People.Platform.Seed.Msp;
        await _outside.People.Platform.Provider.GetRequiredService<IAccountCommands>().CreateAsync(
            new Scope(new HashSet<Guid> { _outside.Tenant }, Permissions.All, "tests", msp), AccountOwner.Msp(msp), new NewAccount("taro@acme.test", "Taro of the MSP", [BuiltInRoles.MspAdministrator.Id]), TestContext.Current.CancellationToken);

        Assert.Contains("may not vouch for", (await _outside.SignInAsync(_outside.People.Browser())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disabled_account_stays_out_linked_or_not()
    {
        var commands = _outside.People.Platform.Provider.GetRequiredService<IAccountCommands>();
        await commands.DisableAsync(Scope.System(_outside.Tenant, "tests"), _outside.People.Analyst, TestContext.Current.CancellationToken);
        _outside.Provider.Address = PeoplePlatform.Address("analyst");
        var unlinked = await _outside.SignInAsync(_outside.People.Browser(), PeoplePlatform.Address("analyst"));
        (_outside.Provider.Address, _outside.Provider.Subject) = ("taro@acme.test", "subject-2");
        await _outside.SignInAsync(_outside.People.Browser());
        await commands.DisableAsync(Scope.System(_outside.Tenant, "tests"), (await _outside.AccountAsync())!.Id, TestContext.Current.CancellationToken);
        var linked = await _outside.SignInAsync(_outside.People.Browser());

        Assert.All([unlinked, linked], page => Assert.Equal((HttpStatusCode.Forbidden, true), (page.Status, page.Text.Contains("is disabled", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Without_just_in_time_accounts_a_stranger_stays_out()
    {
        await _outside.ChangeAsync(new SignInProviderChange(CreatesAccounts: false));

        Assert.Contains("no account here", (await _outside.SignInAsync(_outside.People.Browser())).Text, StringComparison.Ordinal);
        Assert.Null(await _outside.AccountAsync());
    }

    [Fact]
    public async Task Roles_follow_the_claim_at_each_sign_in_and_without_one_nobody_gets_in()
    {
        await _outside.ChangeAsync(new SignInProviderChange(
            RoleClaim: "realm.roles", RoleMap: [new RoleMapping("a", [BuiltInRoles.Auditor.Id]), new RoleMapping("b", [BuiltInRoles.Helpdesk.Id])], DefaultRoles: []));
        Set("a");
        await _outside.SignInAsync(_outside.People.Browser());
        var first = await _outside.AccountAsync();
        Set("b", "c");
        await _outside.SignInAsync(_outside.People.Browser());
        var second = await _outside.AccountAsync();
        Set("c");
        var third = await _outside.SignInAsync(_outside.People.Browser());

        Assert.True(first!.Permissions.SetEquals(BuiltInRoles.Auditor.Permissions));
        Assert.True(second!.Permissions.SetEquals(BuiltInRoles.Helpdesk.Permissions));
        Assert.Contains("no role", third.Text, StringComparison.Ordinal);

        void Set(params string[] roles) => _outside.Provider.Claims = claims => claims["realm"] = new Dictionary<string, object> { ["roles"] = roles };
    }

    [Fact]
    public async Task An_administrator_keeps_what_it_has_where_no_role_follows()
    {
        await _outside.ChangeAsync(new SignInProviderChange(RoleClaim: "grups", RoleMap: [], DefaultRoles: []));
        _outside.Provider.Address = PeoplePlatform.Address("admin");

        Assert.Equal("/account", (await _outside.SignInAsync(_outside.People.Browser(), PeoplePlatform.Address("admin"))).Location);
        Assert.True((await _outside.AccountAsync(PeoplePlatform.Address("admin")))!.Permissions.SetEquals(BuiltInRoles.Administrator.Permissions));
    }

    [Fact]
    public async Task An_administrator_who_was_taken_out_of_every_group_stays_out()
    {
        await _outside.ChangeAsync(new SignInProviderChange(RoleClaim: "groups", RoleMap: [new RoleMapping("admins", [BuiltInRoles.Administrator.Id])], DefaultRoles: []));
        _outside.Provider.Address = PeoplePlatform.Address("admin");

        Assert.Contains("no role", (await _outside.SignInAsync(_outside.People.Browser(), PeoplePlatform.Address("admin"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_people_may_choose_is_no_address()
    {
        _outside.Provider.Claims = claims =>
        {
            claims.Remove("email");
            claims["preferred_username"] = PeoplePlatform.Address("admin");
        };

        Assert.Contains("names no mail address", (await _outside.SignInAsync(_outside.People.Browser())).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_userinfo_endpoint_fails_to_say_is_not_taken_for_said()
    {
        await _outside.ChangeAsync(new SignInProviderChange(RoleClaim: "roles", RoleMap: [new RoleMapping("a", [BuiltInRoles.Auditor.Id])], DefaultRoles: [BuiltInRoles.Employee.Id]));
        _outside.Provider.Metadata = said => said["userinfo_endpoint"] = _outside.Provider.Issuer + "/nowhere";
        _outside.Provider.Claims = claims => claims["roles"] = new[] { "a" };
        await _outside.SignInAsync(_outside.People.Browser());
        _outside.Provider.Claims = _ => { };
        await _outside.SignInAsync(_outside.People.Browser());

        Assert.True((await _outside.AccountAsync())!.Permissions.SetEquals(BuiltInRoles.Auditor.Permissions));
    }

    [Fact]
    public async Task While_passwords_are_closed_no_mail_offers_one_no_link_sets_one_and_an_invitation_leads_to_the_provider()
    {
        var mails = new RecordedMails();
        await using var outside = await OutsidePlatform.StartAsync(services => services.AddSingleton<IAccountMails>(mails));
        var invited = await outside.People.Platform.Provider.GetRequiredService<IAccountCommands>().InviteAsync(
            Scope.System(outside.Tenant, "tests"), AccountOwner.Tenant(outside.Tenant), new NewAccount("jiro@acme.test", "Jiro", [BuiltInRoles.Auditor.Id]), TestContext.Current.CancellationToken);
        await outside.SignInAsync(outside.People.Browser());
        using var browser = outside.People.Browser();
        var ticket = await outside.People.InScopeAsync<PasswordTickets, string>(tickets => tickets.MakeAsync(outside.People.Admin, TestContext.Current.CancellationToken));
        var form = await browser.GetAsync("/account/new-password?token=" + Uri.EscapeDataString(ticket));
        await outside.ChangeAsync(new SignInProviderChange(LocalSignIn: false));
        var late = await browser.SubmitAsync(form, new Dictionary<string, string> { ["password"] = "a password of today" });
        await AskAsync("admin");
        var invitations = outside.People.Platform.Provider.GetRequiredService<IInvitations>();
        var invitation = await invitations.FindAsync(invited.Value, TestContext.Current.CancellationToken);
        var accepted = await browser.GetAsync("/account/invitation?token=" + invitations.TokenOf(invitation!.Id));
        await outside.ChangeAsync(new SignInProviderChange(LocalSignIn: true));
        await AskAsync("analyst");
        await mails.NextAsync();

        Assert.Equal("/account/sign-in", accepted.Location);
        Assert.Contains("own sign-in alone", late.Text, StringComparison.Ordinal);
        Assert.Equal(1, mails.Sent);

        async Task AskAsync(string local) => await browser.SubmitAsync(await browser.GetAsync("/account/forgotten"), new Dictionary<string, string> { ["email"] = PeoplePlatform.Address(local) });
    }

    [Fact]
    public async Task Passwords_of_before_come_back_only_by_saying_so()
    {
        var commands = _outside.People.Platform.Provider.GetRequiredService<ISignInProviderCommands>();
        var scope = Scope.System(_outside.Tenant, "tests");
        await _outside.SignInAsync(_outside.People.Browser());
        await _outside.ChangeAsync(new SignInProviderChange(LocalSignIn: false));
        var silent = await commands.UpdateAsync(scope, _outside.ProviderId, new SignInProviderChange(Enabled: false), TestContext.Current.CancellationToken);
        var elsewhere = await commands.UpdateAsync(scope, _outside.ProviderId, new SignInProviderChange(Domains: []), TestContext.Current.CancellationToken);
        var removed = await commands.RemoveAsync(scope, _outside.ProviderId, TestContext.Current.CancellationToken);
        var said = await commands.UpdateAsync(scope, _outside.ProviderId, new SignInProviderChange(Enabled: false, LocalSignIn: true), TestContext.Current.CancellationToken);

        Assert.Equal(("SIGN_IN_NO_WAY_IN", "SIGN_IN_NO_WAY_IN", "SIGN_IN_NO_WAY_IN", null), (silent.Code, elsewhere.Code, removed.Code, said.Code));
    }

    [Fact]
    public async Task Forgetting_who_somebody_is_ends_its_sessions()
    {
        using var browser = _outside.People.Browser();
        await _outside.SignInAsync(browser);
        await _outside.People.Platform.DataAsync("acme-api", "mutation($id: ID!) { forgetOutsideSignIn(input: { accountId: $id }) { errors { code } } }", new { id = GlobalId.Of(NodeKind.Account, (await _outside.AccountAsync())!.Id) });

        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Passwords_are_closed_for_accounts_of_the_tenant_once_the_provider_is_proven()
    {
        var commands = _outside.People.Platform.Provider.GetRequiredService<ISignInProviderCommands>();
        var scope = Scope.System(_outside.Tenant, "tests");
        var early = await commands.UpdateAsync(scope, _outside.ProviderId, new SignInProviderChange(LocalSignIn: false), TestContext.Current.CancellationToken);
        await _outside.SignInAsync(_outside.People.Browser());
        await _outside.ChangeAsync(new SignInProviderChange(LocalSignIn: false));
        using var browser = _outside.People.Browser();
        var page = await browser.SubmitAsync(
            await browser.GetAsync("/account/sign-in?way=password"), new Dictionary<string, string> { ["email"] = PeoplePlatform.Address("admin"), ["password"] = PeoplePlatform.Password });

        Assert.Equal("SIGN_IN_NOT_PROVEN", early.Code);
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task An_answer_to_another_browser_another_state_or_a_second_time_is_refused()
    {
        using var browser = _outside.People.Browser();
        var (_, question) = await OutsidePlatform.AskAsync(browser);
        var elsewhere = await OutsidePlatform.ReturnAsync(_outside.People.Browser(), question);
        var otherState = await OutsidePlatform.ReturnAsync(browser, question, state: "x");
        var right = await OutsidePlatform.ReturnAsync(browser, question);
        var again = await OutsidePlatform.ReturnAsync(browser, question);

        Assert.Equal("/account", right.Location);
        Assert.All([elsewhere, otherState, again], page => Assert.Equal(HttpStatusCode.BadRequest, page.Status));
    }

    [Fact]
    public async Task An_answer_to_the_address_of_another_tenant_is_refused()
    {
        using var browser = _outside.People.Browser();
        var (_, question) = await OutsidePlatform.AskAsync(browser);

        var page = await browser.GetAsync($"/account/sso/{_outside.People.Platform.Seed.Globex.GlobalTenant}?code={question["nonce"]}&state={question["state"]}");

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
    }

    [Fact]
    public async Task A_domain_that_is_not_routed_is_asked_for_a_password()
    {
        using var browser = _outside.People.Browser();
        var first = await browser.GetAsync("/account/sign-in");
        var second = await browser.SubmitAsync(first, new Dictionary<string, string> { ["email"] = "someone@globex.test" });

        Assert.Null(first.Document.QuerySelector("label[for=password]"));
        Assert.NotNull(second.Document.QuerySelector("label[for=password]"));
    }
}
