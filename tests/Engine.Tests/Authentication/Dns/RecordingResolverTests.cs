using System.Net;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

public sealed class RecordingResolverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DnsType, DnsRecord> Records => new()
    {
        { DnsType.A, new DnsRecord.Address(IPAddress.Parse("192.0.2.1")) },
        { DnsType.Aaaa, new DnsRecord.Address(IPAddress.Parse("2001:db8::1")) },
        { DnsType.Mx, new DnsRecord.Exchanger(10, "mx.example.net") },
        { DnsType.Mx, new DnsRecord.Exchanger(0, "") },
        { DnsType.Reverse, new DnsRecord.Name("host.example.net") },
        { DnsType.Txt, new DnsRecord.Text(@"\# v=spf1 é -all") },
        { DnsType.Txt, new DnsRecord.Text("") },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public async Task An_answer_is_the_same_from_the_snapshot(DnsType type, DnsRecord record)
    {
        var recording = new RecordingResolver(new Asked(new DnsAnswer(DnsStatus.Found, [record], IsAuthenticated: true)));
        var first = await recording.QueryAsync("Example.NET.", type, Cancel);

        var again = await new SnapshotResolver(recording.Snapshot).QueryAsync("example.net", type, Cancel);

        Assert.Equal([record], first.Records);
        Assert.Equal([record], again.Records);
        Assert.True(again.IsAuthenticated);
    }

    [Fact]
    public async Task The_data_of_other_types_is_kept_as_it_stands()
    {
        var recording = new RecordingResolver(new Asked(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Other(new byte[] { 3, 1, 1, 255 })])));

        var answer = await recording.QueryAsync("_25._tcp.example.net", DnsType.Tlsa, Cancel);

        Assert.Equal([3, 1, 1, 255], Assert.IsType<DnsRecord.Other>(Assert.Single(answer.Records)).Data.ToArray());
    }

    [Theory]
    [InlineData(DnsStatus.NoData)]
    [InlineData(DnsStatus.NoDomain)]
    [InlineData(DnsStatus.ServerFailure)]
    [InlineData(DnsStatus.TimedOut)]
    public async Task How_a_question_ended_is_the_same_from_the_snapshot(DnsStatus status)
    {
        var recording = new RecordingResolver(new Asked(new DnsAnswer(status, [])));
        await recording.QueryAsync("example.net", DnsType.Txt, Cancel);

        Assert.Equal(status, (await new SnapshotResolver(recording.Snapshot).QueryAsync("example.net", DnsType.Txt, Cancel)).Status);
    }

    [Fact]
    public async Task A_question_is_asked_once_in_whatever_case()
    {
        var asked = new Asked(new DnsAnswer(DnsStatus.NoData, []));
        var recording = new RecordingResolver(asked);

        await recording.QueryAsync("example.net", DnsType.Txt, Cancel);
        await recording.QueryAsync("EXAMPLE.net.", DnsType.Txt, Cancel);

        Assert.Equal(1, asked.Count);
    }

    [Fact]
    public async Task An_answer_too_long_to_keep_is_a_failure_of_the_server()
    {
        var recording = new RecordingResolver(new Asked(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(new string('a', DnsExchange.MaxLength + 1))])));

        Assert.Equal(DnsStatus.ServerFailure, (await recording.QueryAsync("example.net", DnsType.Txt, Cancel)).Status);
    }

    [Fact]
    public async Task Answers_that_grow_beyond_the_bound_end_the_asking()
    {
        var recording = new RecordingResolver(new Asked(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(new string('a', DnsExchange.MaxLength))])));
        const int enough = (RecordingResolver.MaxLength / DnsExchange.MaxLength) + 1;
        for (var number = 0; number < enough; number++)
            await recording.QueryAsync($"{number}.example.net", DnsType.Txt, Cancel);

        Assert.Equal(DnsStatus.NotAsked, (await recording.QueryAsync("one-more.example.net", DnsType.Txt, Cancel)).Status);
        Assert.True(recording.LeftOut);
    }

    [Fact]
    public async Task What_is_not_in_a_snapshot_was_not_asked() =>
        Assert.Equal(DnsStatus.NotAsked, (await new SnapshotResolver(DnsSnapshot.Empty).QueryAsync("example.net", DnsType.Txt, Cancel)).Status);

    [Fact]
    public async Task A_kept_record_that_cannot_be_read_is_a_failure_of_the_server()
    {
        var snapshot = new DnsSnapshot([new DnsExchange("example.net", DnsType.A, DnsStatus.Found, ["no address"])]);

        Assert.Equal(DnsStatus.ServerFailure, (await new SnapshotResolver(snapshot).QueryAsync("example.net", DnsType.A, Cancel)).Status);
    }

    private sealed class Asked(DnsAnswer answer) : IDnsResolver
    {
        public int Count { get; private set; }

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            Count++;
            return ValueTask.FromResult(answer);
        }
    }
}
