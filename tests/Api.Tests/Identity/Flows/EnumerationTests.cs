using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Identity.Credentials;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>Refusing costs the same work whatever is wrong: the hash, which is nearly all of it, is computed once each time.</summary>
public sealed class EnumerationTests : IAsyncLifetime
{
    private readonly CountingHasher _hasher = new();
    private PeoplePlatform _people = null!;

    public async ValueTask InitializeAsync()
    {
        _people = await PeoplePlatform.StartAsync(services: services => services.AddSingleton<IPasswordHasher<Credential>>(_hasher));
        var tenant = _people.Platform.Seed.Acme.Id;
        var accounts = _people.Platform.Provider.GetRequiredService<IAccountCommands>();
        await accounts.InviteAsync(
            Scope.System(tenant, "tests"), AccountOwner.Tenant(tenant), new NewAccount("invited@acme.test", "Invited", [BuiltInRoles.Analyst.Id]), TestContext.Current.CancellationToken);
        await accounts.DisableAsync(Scope.System(tenant, "tests"), _people.Analyst, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Theory]
    [InlineData("admin@acme.test", "wrong but long enough")]
    [InlineData("invited@acme.test", PeoplePlatform.Password)]
    [InlineData("analyst@acme.test", PeoplePlatform.Password)]
    [InlineData("nobody@acme.test", PeoplePlatform.Password)]
    [InlineData("nobody@elsewhere.test", PeoplePlatform.Password)]
    [InlineData("not an address", PeoplePlatform.Password)]
    public async Task Every_refusal_takes_one_hash_and_says_the_same(string email, string password)
    {
        using var browser = _people.Browser();
        var before = _hasher.Verified;
        var page = await browser.SignInAsync(email, password);

        Assert.Equal(1, _hasher.Verified - before);
        Assert.Equal("The address or the password is not right. Check both and try again.", page.Alert);
    }

    private sealed class CountingHasher : IPasswordHasher<Credential>
    {
        private readonly PasswordHasher<Credential> _inner = new();
        private int _verified;

        public int Verified => _verified;

        public string HashPassword(Credential user, string password) => _inner.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(Credential user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verified);
            return _inner.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
