using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Platform.Api.Identity.SignIn;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>Guessing becomes slow where it comes from, and never for the person (docs/decisions/0087).</summary>
public sealed class LockOutTests : IAsyncLifetime
{
    private const string Wrong = "wrong but long enough";
    private static readonly string Admin = PeoplePlatform.Address("admin");

    private PeoplePlatform _people = null!;

    public async ValueTask InitializeAsync() => _people = await PeoplePlatform.StartAsync();

    public ValueTask DisposeAsync() => _people.DisposeAsync();

    [Theory]
    [InlineData("admin")]
    [InlineData("nobody")]
    public async Task After_five_failures_a_stranger_waits_whether_or_not_there_is_an_account(string local)
    {
        using var stranger = _people.Browser();
        var statuses = await FailAsync(stranger, PeoplePlatform.Address(local), 6);
        var right = await stranger.SignInAsync(PeoplePlatform.Address(local), PeoplePlatform.Password);

        Assert.Equal([401, 401, 401, 401, 401, 429], statuses);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.Status);
        Assert.InRange(int.Parse(right.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 30);
    }

    [Fact]
    public async Task A_browser_that_signed_in_before_is_let_in_whatever_strangers_did()
    {
        using var known = _people.Browser();
        await known.SubmitAsync(await known.FollowAsync(await known.SignInAsync(Admin, PeoplePlatform.Password)), new Dictionary<string, string>(), "/account/sign-out");
        using var stranger = _people.Browser();
        await FailAsync(stranger, Admin, 8);

        Assert.Equal(HttpStatusCode.Redirect, (await known.SignInAsync(Admin, PeoplePlatform.Password)).Status);
    }

    [Fact]
    public async Task A_known_browser_is_no_way_to_guess_on()
    {
        using var stolen = _people.Browser();
        await stolen.SubmitAsync(await stolen.FollowAsync(await stolen.SignInAsync(Admin, PeoplePlatform.Password)), new Dictionary<string, string>(), "/account/sign-out");
        var statuses = await FailAsync(stolen, Admin, 11);

        Assert.Equal((401, 429), (statuses[9], statuses[10]));
    }

    [Fact]
    public async Task The_wait_doubles_and_ends_and_a_right_secret_forgets_the_failures()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
        var key = AttemptKey.OfPlace("a@b.test", "192.0.2.1");
        await using var scope = _people.Platform.Provider.CreateAsyncScope();
        var limits = new AttemptLimits(scope.ServiceProvider.GetRequiredService<Api.Identity.IdentityDb>(), time);
        for (var i = 0; i < 5; i++)
            Assert.True((await limits.TakeAsync(key, TestContext.Current.CancellationToken)).IsGiven);
        List<double> waits = [];
        for (var i = 0; i < 9; i++)
        {
            var wait = (await limits.TakeAsync(key, TestContext.Current.CancellationToken)).Wait;
            waits.Add(wait.TotalSeconds);
            time.Advance(wait);
            Assert.True((await limits.TakeAsync(key, TestContext.Current.CancellationToken)).IsGiven);
        }

        await limits.GiveBackAsync(key, whole: true, TestContext.Current.CancellationToken);

        Assert.Equal([30, 60, 120, 240, 480, 960, 1920, 3600, 3600], waits);
        Assert.True((await limits.TakeAsync(key, TestContext.Current.CancellationToken)).IsGiven);
    }

    /// <summary>In an office some login fails every hour of the year.</summary>
    [Fact]
    public async Task Failures_of_a_network_are_forgotten_while_others_come_in()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
        var key = AttemptKey.OfSubmission("198.51.100.9");
        await using var scope = _people.Platform.Provider.CreateAsyncScope();
        var limits = new AttemptLimits(scope.ServiceProvider.GetRequiredService<Api.Identity.IdentityDb>(), time);
        for (var i = 0; i < 300; i++)
        {
            Assert.True((await limits.TakeAsync(key, TestContext.Current.CancellationToken)).IsGiven);
            time.Advance(TimeSpan.FromSeconds(60));
        }

        // 299 minutes at one failure in 86.4 seconds.
        Assert.InRange((await limits.LookAsync(key, TestContext.Current.CancellationToken)).Failures, 92, 94);
    }

    [Fact]
    public async Task Many_attempts_at_once_gain_nothing()
    {
        var key = AttemptKey.OfPlace("many@b.test", "192.0.2.1");
        var given = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => _people.InScopeAsync<AttemptLimits, bool>(async limits => (await limits.TakeAsync(key, TestContext.Current.CancellationToken)).IsGiven)));

        Assert.Equal(5, given.Count(isGiven => isGiven));
    }

    private static async Task<IReadOnlyList<int>> FailAsync(Browser browser, string email, int times)
    {
        List<int> statuses = [];
        for (var i = 0; i < times; i++)
            statuses.Add((int)(await browser.SignInAsync(email, Wrong)).Status);
        return statuses;
    }
}
