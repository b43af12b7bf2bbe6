using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge.Whence;
using Platform.Api.Smtp.Submission;
using Platform.Api.Tests.Identity.Flows;
using Platform.Smtp;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Connectors;
using Platform.Storage.Directory;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.Tests.Smtp;

/// <summary>Who logs in to send mail: a mailbox by an app password, or a person by a token of its own.</summary>
public sealed class SubmissionAuthenticatorTests : IAsyncLifetime
{
    private const string Own = "admin@acme.test";
    private PeoplePlatform _people = null!;
    private SubmissionAuthenticator _authenticator = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _people = await PeoplePlatform.StartAsync();
        var services = _people.Platform.Provider;
        var tenant = _people.Platform.Seed.Acme.Id;
        foreach (var local in new[] { "admin", "other" })
            await services.GetRequiredService<IDirectoryCommands>().AddMailboxAsync(Scope.System(tenant, "tests"), tenant, $"{local}@acme.test", null, Stop);
        _authenticator = new SubmissionAuthenticator(
            services.GetRequiredService<IRecipientDirectory>(), services.GetRequiredService<IAppPasswords>(), services.GetRequiredService<IConnectorBook>(), services.GetRequiredService<AccessGate>(), services.GetRequiredService<IServiceScopeFactory>());
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Theory]
    [InlineData("openid submission.write", null, Own)]
    [InlineData("openid submission.write", Own, Own)]
    [InlineData("openid submission.write", "other@acme.test", null)]
    [InlineData("openid messages.read", Own, null)]
    public async Task A_token_sends_as_its_owner_alone_and_only_if_it_was_granted_for_that(string scope, string? user, string? expected)
    {
        using var browser = _people.Browser();
        var tokens = await _people.Client(browser).SignInAsync(Own, scope);
        var result = await _authenticator.CheckTokenAsync(Attempt("OAUTHBEARER", user), tokens.GetProperty("access_token").GetString()!, Stop);

        Assert.Equal(expected, result.Login?.UserName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no token")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task What_is_no_token_of_ours_lets_nobody_in(string token) => Assert.Null((await _authenticator.CheckTokenAsync(Attempt("OAUTHBEARER", Own), token, Stop)).Login);

    [Fact]
    public async Task A_token_of_a_disabled_account_lets_nobody_in()
    {
        using var browser = _people.Browser();
        var tokens = await _people.Client(browser).SignInAsync(Own, "openid submission.write");
        var tenant = _people.Platform.Seed.Acme.Id;
        await _people.AddAsync("second", BuiltInRoles.Administrator);
        Assert.Null((await _people.Platform.Provider.GetRequiredService<IAccountCommands>().DisableAsync(Scope.System(tenant, "tests"), _people.Admin, Stop)).Code);

        Assert.Null((await _authenticator.CheckTokenAsync(Attempt("OAUTHBEARER", Own), tokens.GetProperty("access_token").GetString()!, Stop)).Login);
    }

    [Fact]
    public async Task Guessing_is_slowed_and_does_not_keep_others_out()
    {
        var password = await MakeAsync();
        for (var i = 0; i < 50; i++)
            Assert.Null((await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own), "wrong", Stop)).Login);

        var refused = await Assert.ThrowsAsync<SmtpRefusedException>(async () => await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own), password, Stop));
        Assert.Equal(454, refused.Reply.Code);
        Assert.Equal(Own, (await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own, "198.51.100.7"), password, Stop)).Login?.UserName);
    }

    /// <summary>A scanner on the second floor tries its old password for years.</summary>
    [Fact]
    public async Task A_device_with_an_old_password_keeps_nobody_else_of_its_network_out()
    {
        var password = await MakeAsync();
        var refused = 0;
        for (var i = 0; i < 1_100; i++)
        {
            try
            {
                await _authenticator.FindSecretsAsync(Attempt("SCRAM-SHA-256", "other@acme.test"), Stop);
            }
            catch (SmtpRefusedException)
            {
                refused++;
            }
        }

        Assert.Equal(1_050, refused);
        Assert.Equal(Own, (await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own), password, Stop)).Login?.UserName);
    }

    /// <summary>An app password names nobody; whose own the mailbox is counts.</summary>
    [Fact]
    public async Task The_rules_of_a_person_hold_for_its_mailbox_too()
    {
        var services = _people.Platform.Provider;
        var tenant = _people.Platform.Seed.Acme.Id;
        var scope = Scope.System(tenant, "tests");
        var password = await MakeAsync();
        var mailbox = (await services.GetRequiredService<IRecipientDirectory>().FindAsync("admin", "acme.test", Stop)).Mailbox!;
        var account = await services.GetRequiredService<IAccountCommands>().CreateAsync(scope, AccountOwner.Tenant(tenant), new NewAccount("owner@acme.test", "Owner", [BuiltInRoles.Analyst.Id], MailboxId: mailbox.Id), Stop);
        Assert.Null(account.Code);
        Assert.Null((await services.GetRequiredService<IAccessRuleCommands>().CreateAsync(
            scope, new AccessTarget(AccessLevel.Account, account.Value), new NewAccessRule([AccessService.Submission], ["198.51.100.0/24"], [], false, false, "", null), new AccessMaker(null, false, [], null, false), Stop)).Code);
        var login = (await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own, "198.51.100.7"), password, Stop)).Login!;
        var submitters = new Submitters(
            services.GetRequiredService<IRecipientDirectory>(), services.GetRequiredService<IAppPasswords>(), services.GetRequiredService<IConnectorBook>(), services.GetRequiredService<AccessGate>());

        Assert.Null((await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own), password, Stop)).Login);
        Assert.NotNull((await submitters.BeginAsync(Attempt("PLAIN", Own, "198.51.100.7").Peer with { Authenticated = login }, Own, Stop)).Submitter);
        Assert.Equal(550, (await submitters.BeginAsync(Attempt("PLAIN", Own).Peer with { Authenticated = login }, Own, Stop)).Refusal?.Code);
    }

    [Fact]
    public async Task A_session_remembers_who_is_behind_its_login()
    {
        using var browser = _people.Browser();
        var tokens = await _people.Client(browser).SignInAsync(Own, "openid submission.write");
        var byToken = await _authenticator.CheckTokenAsync(Attempt("OAUTHBEARER", Own), tokens.GetProperty("access_token").GetString()!, Stop);
        var maker = Guid.NewGuid();
        var byPassword = await _authenticator.CheckPasswordAsync(Attempt("PLAIN", Own), await MakeAsync(maker), Stop);

        Assert.Equal([_people.Admin], SubmissionLogin.Parse(byToken.Login!.Reference)!.People);
        Assert.Equal([maker], SubmissionLogin.Parse(byPassword.Login!.Reference)!.People);
    }

    [Fact]
    public async Task Nothing_tells_a_mailbox_that_is_there_from_one_that_is_not()
    {
        var (there, nowhere) = (await _authenticator.FindSecretsAsync(Attempt("SCRAM-SHA-256", "other@acme.test"), Stop), await _authenticator.FindSecretsAsync(Attempt("SCRAM-SHA-256", "nobody@acme.test"), Stop));
        var again = await _authenticator.FindSecretsAsync(Attempt("SCRAM-SHA-256", "nobody@acme.test"), Stop);
        await MakeAsync();
        var known = await _authenticator.FindSecretsAsync(Attempt("SCRAM-SHA-256", Own), Stop);

        Assert.Equal((there.Salt.Length, there.Iterations), (nowhere.Salt.Length, nowhere.Iterations));
        Assert.Equal((known.Salt.Length, known.Iterations), (nowhere.Salt.Length, nowhere.Iterations));
        Assert.Equal(nowhere.Salt.ToArray(), again.Salt.ToArray());
    }

    private async Task<string> MakeAsync(Guid? maker = null)
    {
        var services = _people.Platform.Provider;
        var passwords = services.GetRequiredService<IAppPasswords>();
        var mailbox = (await services.GetRequiredService<IRecipientDirectory>().FindAsync("admin", "acme.test", Stop)).Mailbox!;
        var made = NewAppPassword.Of(mailbox.Address, passwords);
        Assert.Null((await passwords.CreateAsync(Scope.System(_people.Platform.Seed.Acme.Id, "tests") with { Makers = maker is { } account ? [account] : [] }, mailbox.Id, "Test", 1, made.Keys, Stop)).Code);
        return made.Password;
    }

    private static SmtpAuthAttempt Attempt(string mechanism, string? user, string from = "192.0.2.1") =>
        new(new SmtpPeer { SessionId = "1", RemoteAddress = IPAddress.Parse(from), ConnectionAddress = IPAddress.Loopback }, mechanism, user);
}
