using System.Net;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

public sealed class CachingResolverTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ScriptedResolver _inner = new();

    [Theory]
    [InlineData(DnsStatus.Found, 60, 60)]
    [InlineData(DnsStatus.Found, 0, 5)]
    [InlineData(DnsStatus.Found, 86_400, 3_600)]
    [InlineData(DnsStatus.NoData, 60, 60)]
    [InlineData(DnsStatus.NoDomain, 1, 5)]
    [InlineData(DnsStatus.NoDomain, 86_400, 900)]
    [InlineData(DnsStatus.NoData, 0, 5)]
    [InlineData(DnsStatus.ServerFailure, 0, 5)]
    [InlineData(DnsStatus.TimedOut, 0, 5)]
    [InlineData(DnsStatus.NotAsked, 0, 0)]
    public async Task An_answer_is_kept_within_bounds(DnsStatus status, int ttl, int kept)
    {
        var resolver = Resolver();
        _inner.Next = new DnsAnswer(status, [], TimeSpan.FromSeconds(ttl));
        await AskAsync(resolver);

        if (kept > 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(kept) - TimeSpan.FromTicks(1));
            await AskAsync(resolver);
            Assert.Equal(1, _inner.Asked);
            _clock.Advance(TimeSpan.FromTicks(1));
        }

        await AskAsync(resolver);
        Assert.Equal(2, _inner.Asked);
    }

    [Fact]
    public async Task A_kept_answer_tells_what_is_left_of_its_time()
    {
        var resolver = Resolver();
        _inner.Next = new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text("x")], TimeSpan.FromSeconds(60));
        await AskAsync(resolver);
        _clock.Advance(TimeSpan.FromSeconds(20));

        var answer = await AskAsync(resolver);

        Assert.Equal((DnsStatus.Found, TimeSpan.FromSeconds(40)), (answer.Status, answer.Ttl));
        Assert.Equal([new DnsRecord.Text("x")], answer.Records);
    }

    [Fact]
    public async Task Case_and_the_last_dot_make_no_other_question_and_the_type_does()
    {
        var resolver = Resolver();

        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "A.Test.");
        await AskAsync(resolver, "a.test", DnsType.Mx);

        Assert.Equal(2, _inner.Asked);
    }

    [Fact]
    public async Task What_cannot_be_a_name_is_not_asked()
    {
        var answer = await AskAsync(Resolver(), $"{new string('a', 64)}.test");

        Assert.Equal((DnsStatus.NoDomain, 0), (answer.Status, _inner.Asked));
    }

    [Fact]
    public async Task The_least_recently_used_goes_when_memory_is_used_up()
    {
        var resolver = Resolver(new CachingLimits { MaxOctets = 1_200 });
        _inner.Next = new DnsAnswer(DnsStatus.Found, [new DnsRecord.Address(IPAddress.Loopback)], TimeSpan.FromSeconds(60));
        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "b.test");
        await AskAsync(resolver, "a.test");

        await AskAsync(resolver, "c.test");
        await AskAsync(resolver, "a.test");
        Assert.Equal(3, _inner.Asked);
        await AskAsync(resolver, "b.test");
        Assert.Equal(4, _inner.Asked);
    }

    [Fact]
    public async Task An_answer_larger_than_all_memory_is_not_kept()
    {
        var resolver = Resolver(new CachingLimits { MaxOctets = 1_200 });
        _inner.Next = new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(new string('x', 5_000))], TimeSpan.FromSeconds(60));

        Assert.Equal(DnsStatus.Found, (await AskAsync(resolver)).Status);
        await AskAsync(resolver);

        Assert.Equal(2, _inner.Asked);
    }

    [Fact]
    public async Task The_same_question_under_way_is_asked_once()
    {
        var gate = new GatedResolver();
        var resolver = new CachingResolver(gate, new CachingLimits(), _clock);
        var one = AskAsync(resolver);
        var other = AskAsync(resolver);

        gate.Answer(new DnsAnswer(DnsStatus.NoData, []));

        Assert.Equal((await one).Status, (await other).Status);
        Assert.Equal(["a.test Txt"], gate.Asked);
    }

    [Fact]
    public async Task Who_leaves_does_not_take_the_answer_from_the_others()
    {
        var gate = new GatedResolver();
        var resolver = new CachingResolver(gate, new CachingLimits(), _clock);
        using var source = new CancellationTokenSource();
        var leaving = resolver.QueryAsync("a.test", DnsType.Txt, source.Token).AsTask();
        var staying = AskAsync(resolver);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        gate.Answer(new DnsAnswer(DnsStatus.NoData, []));

        Assert.Equal(DnsStatus.NoData, (await staying).Status);
    }

    [Fact]
    public async Task A_failure_of_the_resolver_behind_is_told_and_not_kept()
    {
        var resolver = Resolver();
        _inner.Failure = new InvalidOperationException("no network at all");
        await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(resolver));
        _inner.Failure = null;

        await AskAsync(resolver);

        Assert.Equal(2, _inner.Asked);
    }

    private CachingResolver Resolver(CachingLimits? limits = null) => new(_inner, limits ?? new CachingLimits(), _clock);

    private static Task<DnsAnswer> AskAsync(CachingResolver resolver, string name = "a.test", DnsType type = DnsType.Txt) =>
        resolver.QueryAsync(name, type, TestContext.Current.CancellationToken).AsTask();

    private sealed class ScriptedResolver : IDnsResolver
    {
        public DnsAnswer Next { get; set; } = new(DnsStatus.NoData, [], TimeSpan.FromSeconds(60));

        public Exception? Failure { get; set; }

        public int Asked { get; private set; }

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            Asked++;
            return Failure is null ? ValueTask.FromResult(Next) : ValueTask.FromException<DnsAnswer>(Failure);
        }
    }
}
