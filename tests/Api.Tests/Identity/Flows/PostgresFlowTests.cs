using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Identity;
using Platform.Storage.Tests.Support;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>What differs by database: statements of our own, migrations, revocation and clean-up, with the identity database on PostgreSQL.</summary>
public sealed class PostgresFlowTests(PostgresServer server) : IAsyncLifetime
{
    private PeoplePlatform _people = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await server.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        _people = await PeoplePlatform.StartAsync(settings => settings with { Provider = "postgres", ConnectionString = connection });
        _browser = _people.Browser();
    }

    public async ValueTask DisposeAsync()
    {
        _browser?.Dispose();
        if (_people is not null)
            await _people.DisposeAsync();
    }

    [Fact]
    public async Task A_person_signs_in_refreshes_and_ends_the_session()
    {
        var portal = _people.Client(_browser);
        var first = await portal.SignInAsync(PeoplePlatform.Address("admin"));
        var (refreshed, second) = await portal.RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        var (events, _) = await portal.GetAsync("/v1/events", second.GetProperty("access_token").GetString()!);
        await _browser.SubmitAsync(await _browser.GetAsync("/account"), new Dictionary<string, string>(), "/account/sign-out");
        var (after, _) = await portal.GetAsync("/v1/events", second.GetProperty("access_token").GetString()!);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (refreshed, events, after));
    }

    [Fact]
    public async Task A_refresh_token_shown_twice_ends_its_family()
    {
        var portal = _people.Client(_browser);
        var first = await portal.SignInAsync(PeoplePlatform.Address("admin"));
        var (_, second) = await portal.RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        var (reused, _) = await portal.RefreshAsync(first.GetProperty("refresh_token").GetString()!);
        var (newest, _) = await portal.RefreshAsync(second.GetProperty("refresh_token").GetString()!);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (reused, newest));
    }

    [Fact]
    public async Task Failures_are_counted_and_clean_up_runs()
    {
        List<int> statuses = [];
        for (var i = 0; i < 6; i++)
            statuses.Add((int)(await _browser.SignInAsync(PeoplePlatform.Address("admin"), "wrong but long enough")).Status);
        await _people.Platform.Provider.GetRequiredService<IdentityCleanup>().CleanAsync(TestContext.Current.CancellationToken);

        Assert.Equal([401, 401, 401, 401, 401, 429], statuses);
    }
}
