using Microsoft.Extensions.Time.Testing;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;

namespace Platform.Scanning.Tests.Pool;

/// <summary>Questions to DNS of a process without network, answered by the pool.</summary>
public sealed class QuestionTests
{
    private static readonly ScannerPoolOptions s_options = new() { Size = 1, PoisonForTests = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_goes_on_with_what_the_pool_answered()
    {
        var resolver = ScriptedResolver.Telling("next.test");
        await using var pool = await Pools.StartedAsync(s_options, resolver: resolver);

        var result = await pool.ScanAsync(Pools.Request(Mails.Poisoned("ask")), Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.Equal([("poison.test", DnsType.Txt), ("next.test", DnsType.A)], resolver.Asked.Take(2));
    }

    [Fact]
    public async Task A_sender_is_authenticated_by_a_process_without_network()
    {
        var resolver = new ScriptedResolver((name, _) => Task.FromResult(name switch
        {
            "example.net" => new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text("v=spf1 ip4:203.0.113.9 -all")]),
            "_dmarc.example.net" => new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text("v=DMARC1; p=reject")]),
            _ => new DnsAnswer(DnsStatus.NoDomain, []),
        }));
        await using var pool = await Pools.StartedAsync(s_options, resolver: resolver);
        var request = Pools.Request(Mails.Plain()) with { Envelope = new Envelope("203.0.113.9", null, "mail.example.net", "a@example.net", ["b@example.com"]) };

        var verdict = (await pool.ScanAsync(request, Cancel)).Value!;

        Assert.Equal((AuthenticationResult.Pass, AuthenticationResult.Pass), (verdict.Authentication!.Spf!.Result, verdict.Authentication.Dmarc.Result));
        Assert.DoesNotContain("dns", verdict.NotAsked);
        Assert.Equal(resolver.Asked.Count, verdict.Dns!.Exchanges.Count);
    }

    [Fact]
    public async Task A_pool_without_DNS_says_that_nobody_was_asked()
    {
        await using var pool = await Pools.StartedAsync(s_options);

        var verdict = (await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel)).Value!;

        Assert.Null(verdict.Authentication);
        Assert.Contains("dns", verdict.NotAsked);
    }

    [Fact]
    public async Task What_was_answered_comes_with_the_verdict()
    {
        await using var pool = await Pools.StartedAsync(s_options, resolver: ScriptedResolver.Telling("next.test"));

        var dns = (await pool.ScanAsync(Pools.Request(Mails.Poisoned("ask")), Cancel)).Value!.Dns;

        Assert.Equivalent(new DnsExchange("poison.test", DnsType.Txt, DnsStatus.Found, ["next.test"]), dns!.Exchanges[0]);
    }

    [Fact]
    public async Task A_resolver_that_throws_is_a_server_that_failed()
    {
        await using var pool = await Pools.StartedAsync(s_options, resolver: new ScriptedResolver((_, _) => throw new IOException("as the test says")));

        var result = await pool.ScanAsync(Pools.Request(Mails.Poisoned("ask")), Cancel);

        Assert.All(result.Value!.Dns!.Exchanges, exchange => Assert.Equal(DnsStatus.ServerFailure, exchange.Status));
    }

    [Fact]
    public async Task Past_the_time_for_questions_the_process_goes_on_without_answers()
    {
        var resolver = new ScriptedResolver(NeverAsync);
        await using var pool = await Pools.StartedAsync(s_options, resolver: resolver);
        var request = Pools.Request(Mails.Poisoned("ask")) with { Limits = ScanLimits.Default with { MaxDnsTime = TimeSpan.FromSeconds(1) } };

        var result = await pool.ScanAsync(request, Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.Equal([("poison.test", DnsType.Txt)], resolver.Asked);
        Assert.Contains("dns", result.Value!.NotAsked);
    }

    [Fact]
    public async Task A_snapshot_is_answered_from_and_nobody_is_asked()
    {
        var resolver = ScriptedResolver.Telling("next.test");
        await using var pool = await Pools.StartedAsync(s_options, resolver: resolver);
        var request = Pools.Request(Mails.Plain());

        var result = await pool.ScanAsync(request with { Context = request.Context with { Dns = DnsSnapshot.Empty } }, Cancel);

        Assert.True(result.Succeeded, result.Detail);
        Assert.Empty(resolver.Asked);
    }

    [Theory]
    [InlineData("ask-often")]
    [InlineData("ask-nonsense")]
    [InlineData("ask-at-length")]
    public async Task A_process_that_asks_what_ours_would_not_is_ended(string kind)
    {
        var resolver = ScriptedResolver.Telling("next.test");
        await using var pool = await Pools.StartedAsync(s_options, resolver: resolver);

        var result = await pool.ScanAsync(Pools.Request(Mails.Poisoned(kind)), Cancel);

        Assert.Equal(ScannerFailure.Crashed, result.Failure);
        Assert.InRange(resolver.Asked.Count, 0, ScanLimits.Default.MaxDnsQuestions);
    }

    [Fact]
    public async Task A_process_that_asks_a_pool_without_DNS_is_ended()
    {
        await using var pool = await Pools.StartedAsync(s_options);

        Assert.Equal(ScannerFailure.Crashed, (await pool.ScanAsync(Pools.Request(Mails.Poisoned("ask")), Cancel)).Failure);
    }

    [Fact]
    public async Task A_process_that_asks_in_an_operation_without_questions_is_ended()
    {
        await using var pool = await Pools.StartedAsync(s_options, resolver: ScriptedResolver.Telling("next.test"));

        Assert.Equal(ScannerFailure.Crashed, (await pool.PreviewAsync(Mails.Poisoned("ask"), Cancel)).Failure);
    }

    [Fact]
    public async Task A_deadline_ends_a_process_that_waits_for_a_resolver_which_never_answers()
    {
        var (asked, time) = (new TaskCompletionSource(), new FakeTimeProvider());
        var deaf = new ScriptedResolver((name, _) =>
        {
            if (name != "poison.test")
                return Task.FromResult(new DnsAnswer(DnsStatus.NoDomain, []));
            asked.TrySetResult();
            return new TaskCompletionSource<DnsAnswer>().Task;
        });
        await using var pool = await Pools.StartedAsync(s_options, time: time, resolver: deaf);

        var scan = pool.ScanAsync(Pools.Request(Mails.Poisoned("ask")), Cancel);
        await asked.Task.WaitAsync(Cancel);
        // The question may come before the pool has set its clock for the answer.
        while (!scan.IsCompleted)
        {
            time.Advance(s_options.Deadline);
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
        }

        var waiting = await scan;
        var next = await pool.ScanAsync(Pools.Request(Mails.Plain()), Cancel);

        Assert.Equal(ScannerFailure.TimedOut, waiting.Failure);
        Assert.True(next.Succeeded, next.Detail);
    }

    private static async Task<DnsAnswer> NeverAsync(string name, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return DnsAnswer.NotAsked;
    }
}
