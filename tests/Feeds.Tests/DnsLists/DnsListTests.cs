using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Feeds;
using Platform.Feeds.Tests.Support;

namespace Platform.Feeds.Tests.DnsLists;

public sealed class DnsListTests
{
    [Theory]
    [InlineData("address", "99.2.0.192.list.test", "127.0.0.2", SourceOutcome.Hit, "sends spam")]
    [InlineData("address", "99.2.0.192.list.test", "127.0.0.9", SourceOutcome.Hit, "127.0.0.9")]
    [InlineData("address", "99.2.0.192.list.test", "203.0.113.1", SourceOutcome.NoHit, null)]
    [InlineData("address", "99.2.0.192.list.test", "127.255.255.254", SourceOutcome.Failed, null)]
    [InlineData("domain", "bad.example.list.test", "127.0.0.2", SourceOutcome.Hit, "sends spam")]
    [InlineData("domain", "other.example.list.test", "127.0.0.2", SourceOutcome.NoHit, null)]
    public async Task An_answer_means_what_the_code_says(string kind, string name, string answer, SourceOutcome outcome, string? detail)
    {
        using var room = new FeedRoom(
            new FeedSettings { DnsLists = [new DnsListSetting { Zone = "list.test", Kind = kind, Codes = "127.0.0.2=sends spam" }] },
            new OneName(name, IPAddress.Parse(answer)), online: true, TimeProvider.System, NullLogger.Instance);

        var answers = await room.AskAsync(Ask.Host("www.bad.example") with { Origin = "192.0.2.99" }, default, TestContext.Current.CancellationToken);

        Assert.Equal((outcome, detail), (answers.Sources[0].Outcome, answers.Hits.Count == 0 ? null : answers.Hits[0].Detail));
    }

    [Fact]
    public async Task Without_DNS_there_is_no_answer()
    {
        using var room = new FeedRoom(new FeedSettings { DnsLists = [new DnsListSetting { Zone = "list.test" }] }, null, online: true, TimeProvider.System, NullLogger.Instance);

        Assert.Equal(SourceOutcome.Failed, (await room.AskAsync(Ask.Origin("192.0.2.99"), default, TestContext.Current.CancellationToken)).Sources[0].Outcome);
    }

    private sealed class OneName(string known, IPAddress address) : IDnsResolver
    {
        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) =>
            ValueTask.FromResult(name == known ? new DnsAnswer(DnsStatus.Found, [new DnsRecord.Address(address)]) : new DnsAnswer(DnsStatus.NoDomain, []));
    }
}
