using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

public sealed class BudgetedResolverTests
{
    private static readonly DnsAnswer Nothing = new(DnsStatus.NoData, []);

    private readonly FakeTimeProvider _clock = new();
    private readonly GatedResolver _gate = new();

    [Fact]
    public async Task Beyond_the_number_of_questions_none_is_asked()
    {
        var resolver = Resolver(questions: 1);
        var first = AskAsync(resolver);
        _gate.Answer(Nothing);

        Assert.Equal(DnsStatus.NoData, (await first).Status);
        Assert.Equal(DnsStatus.NotAsked, (await AskAsync(resolver)).Status);
        Assert.Single(_gate.Asked);
        Assert.Equal(2, resolver.Asked);
    }

    [Fact]
    public async Task When_time_is_up_none_is_asked()
    {
        var resolver = Resolver(questions: 10);
        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(DnsStatus.NotAsked, (await AskAsync(resolver)).Status);
        Assert.Empty(_gate.Asked);
    }

    [Fact]
    public async Task A_question_under_way_ends_when_time_is_up()
    {
        var resolver = Resolver(questions: 10);
        var asked = AskAsync(resolver);

        _clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(DnsStatus.TimedOut, (await asked).Status);
    }

    [Fact]
    public async Task A_cancelled_question_ends_by_its_token()
    {
        using var source = new CancellationTokenSource();
        var asked = Resolver(questions: 10).QueryAsync("a.test", DnsType.A, source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    private BudgetedResolver Resolver(int questions) => new(_gate, questions, TimeSpan.FromSeconds(20), _clock);

    private static Task<DnsAnswer> AskAsync(BudgetedResolver resolver) => resolver.QueryAsync("a.test", DnsType.A, TestContext.Current.CancellationToken).AsTask();
}
