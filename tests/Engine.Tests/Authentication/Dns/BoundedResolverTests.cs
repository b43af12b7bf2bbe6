using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

public sealed class BoundedResolverTests
{
    private static readonly DnsAnswer Nothing = new(DnsStatus.NoData, []);

    private readonly FakeTimeProvider _clock = new();
    private readonly GatedResolver _gate = new();

    [Fact]
    public async Task No_more_questions_than_places_are_under_way()
    {
        using var resolver = Resolver(places: 2);
        var asked = Enumerable.Range(1, 3).Select(i => AskAsync(resolver, $"n{i}.test")).ToList();
        Assert.Equal(2, _gate.UnderWay);

        _gate.Answer(Nothing);
        await asked[0];
        await UntilAsync(() => _gate.Asked.Count == 3);
        _gate.Answer(Nothing);
        _gate.Answer(Nothing);

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(DnsStatus.NoData, answer.Status));
    }

    [Fact]
    public async Task A_question_that_finds_no_place_in_time_is_not_asked()
    {
        using var resolver = Resolver(places: 1);
        var first = AskAsync(resolver, "a.test");
        var second = AskAsync(resolver, "b.test");

        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(DnsStatus.NotAsked, (await second).Status);
        _gate.Answer(Nothing);
        await first;
    }

    [Fact]
    public async Task A_question_that_was_cancelled_gives_its_place_back()
    {
        using var resolver = Resolver(places: 1);
        using var source = new CancellationTokenSource();
        var first = resolver.QueryAsync("a.test", DnsType.A, source.Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        _ = AskAsync(resolver, "b.test");

        Assert.Equal(["a.test A", "b.test A"], _gate.Asked);
    }

    private BoundedResolver Resolver(int places) => new(_gate, places, TimeSpan.FromSeconds(5), _clock);

    private static Task<DnsAnswer> AskAsync(BoundedResolver resolver, string name) => resolver.QueryAsync(name, DnsType.A, TestContext.Current.CancellationToken).AsTask();

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1_000 && !condition(); i++)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.True(condition(), "the next question takes the place that was freed");
    }
}
