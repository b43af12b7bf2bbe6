using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

public sealed class OutageResolverTests
{
    private static readonly OutageLimits s_limits = new();

    private readonly FakeTimeProvider _clock = new();
    private readonly Servers _servers = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_server_of_a_sender_is_no_outage()
    {
        var resolver = new OutageResolver(_servers, s_limits, _clock);
        var slow = resolver.QueryAsync("slow.test", DnsType.Txt, Cancel).AsTask();
        _clock.Advance(s_limits.Patience);
        await _servers.AskedAsync("com");
        _servers.Answer("com", DnsStatus.Found);
        _servers.Answer("slow.test", DnsStatus.NoData);

        Assert.Equal(DnsStatus.NoData, (await slow).Status);
    }

    [Fact]
    public async Task Questions_under_way_end_when_nobody_answers()
    {
        var resolver = new OutageResolver(_servers, s_limits, _clock);

        var waiting = await FallSilentAsync(resolver);

        Assert.Equal(DnsStatus.NotAsked, waiting.Status);
    }

    [Fact]
    public async Task During_an_outage_nobody_is_asked_and_nobody_waits()
    {
        var resolver = new OutageResolver(_servers, s_limits, _clock);
        await FallSilentAsync(resolver);
        var before = _servers.Count;

        Assert.Equal(DnsStatus.NotAsked, (await resolver.QueryAsync("other.test", DnsType.Txt, Cancel)).Status);
        Assert.Equal(before, _servers.Count);
    }

    [Fact]
    public async Task An_outage_ends_when_the_question_put_now_and_then_is_answered()
    {
        var resolver = new OutageResolver(_servers, s_limits, _clock);
        await FallSilentAsync(resolver);
        _servers.Reset();
        _clock.Advance(s_limits.Rest);
        await resolver.QueryAsync("first.test", DnsType.Txt, Cancel);
        await _servers.AskedAsync("com");
        _servers.Answer("com", DnsStatus.NoDomain);

        _servers.Answer("later.test", DnsStatus.NoData);
        var answer = await resolver.QueryAsync("later.test", DnsType.Txt, Cancel);
        for (var turn = 0; turn < 1_000 && answer.Status == DnsStatus.NotAsked; turn++)
        {
            await Task.Yield();
            answer = await resolver.QueryAsync("later.test", DnsType.Txt, Cancel);
        }

        Assert.Equal(DnsStatus.NoData, answer.Status);
    }

    [Fact]
    public async Task A_server_that_refuses_at_once_is_there()
    {
        _servers.Answer("refused.test", DnsStatus.ServerFailure);
        _servers.Answer("next.test", DnsStatus.NoData);
        var resolver = new OutageResolver(_servers, s_limits, _clock);

        await resolver.QueryAsync("refused.test", DnsType.Txt, Cancel);

        Assert.Equal(DnsStatus.NoData, (await resolver.QueryAsync("next.test", DnsType.Txt, Cancel)).Status);
    }

    private async Task<DnsAnswer> FallSilentAsync(OutageResolver resolver)
    {
        var waiting = resolver.QueryAsync("any.test", DnsType.Txt, Cancel).AsTask();
        _clock.Advance(s_limits.Patience);
        await _servers.AskedAsync("com");
        while (!waiting.IsCompleted)
        {
            _clock.Advance(s_limits.Patience);
            await Task.Yield();
        }

        return await waiting;
    }

    /// <summary>Answers each name when the test says so.</summary>
    private sealed class Servers : IDnsResolver
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, TaskCompletionSource<DnsAnswer>> _answers = [];
        private readonly Dictionary<string, TaskCompletionSource> _asked = [];

        public int Count { get; private set; }

        public void Answer(string name, DnsStatus status) => Of(_answers, name).TrySetResult(new DnsAnswer(status, []));

        public Task AskedAsync(string name) => Of(_asked, name).Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        public void Reset()
        {
            lock (_gate)
            {
                _answers.Clear();
                _asked.Clear();
            }
        }

        public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            lock (_gate)
                Count++;
            Of(_asked, name).TrySetResult();
            return await Of(_answers, name).Task.WaitAsync(cancellationToken);
        }

        private T Of<T>(Dictionary<string, T> all, string name)
            where T : class, new()
        {
            lock (_gate)
            {
                if (!all.TryGetValue(name, out var one))
                    all[name] = one = new T();
                return one;
            }
        }
    }
}
