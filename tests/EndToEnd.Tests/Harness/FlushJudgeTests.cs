using Platform.Benchmarks.MainJob.Flush;

namespace Platform.EndToEnd.Tests.Harness;

/// <summary>The judge of durability must see each kind of omission, or its zero means nothing.</summary>
public sealed class FlushJudgeTests
{
    private const string Socket = "20<TCP:[127.0.0.1:2525->127.0.0.1:40001]>";

    private static readonly string[] Right =
    [
        $"10 1.000100 sendto({Socket}, \"354 Go ahead\\r\\n\", 14, 0, NULL, 0) = 14 <0.000010>",
        "11 1.000200 openat(AT_FDCWD, \"/data/bodies/tmp/a.tmp\", O_WRONLY|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = 30</data/bodies/tmp/a.tmp> <0.000010>",
        "11 1.000300 pwrite64(30</data/bodies/tmp/a.tmp>, \"x\", 1000, 0) = 1000 <0.000010>",
        "11 1.000400 fsync(30</data/bodies/tmp/a.tmp>) = 0 <0.000100>",
        "11 1.000600 rename(\"/data/bodies/tmp/a.tmp\", \"/data/bodies/7f/a\") = 0 <0.000010>",
        "11 1.000700 fsync(31</data/bodies/7f>) = 0 <0.000100>",
        "12 1.000900 pwrite64(40</data/platform.db-wal>, \"x\", 4096, 0) = 4096 <0.000010>",
        "12 1.001000 fdatasync(40</data/platform.db-wal>) = 0 <0.000100>",
        $"10 1.001200 sendto({Socket}, \"250 2.0.0 OK\\r\\n\", 14, 0, NULL, 0) = 14 <0.000010>",
    ];

    [Fact]
    public void A_reply_after_all_flushes_lacks_nothing() => Assert.Empty(Judge(Right));

    [Theory]
    [InlineData(3, "not flushed after the last write")]
    [InlineData(5, "the folder was not flushed")]
    [InlineData(6, "nothing was written to the database's log")]
    [InlineData(7, "the database's log was not flushed")]
    public void A_missing_step_is_seen(int left, string why) =>
        Assert.Contains(why, Assert.Single(Judge(Right.Where((_, i) => i != left))), StringComparison.Ordinal);

    [Theory]
    [InlineData(3, "1.000250", "not flushed after the last write")]
    [InlineData(3, "1.000650", "not flushed after the last write")]
    [InlineData(4, "1.000450", "not renamed after the flush")]
    [InlineData(5, "1.000500", "the folder was not flushed")]
    [InlineData(5, "1.001250", "the folder was not flushed")]
    [InlineData(6, "1.000710", "nothing was written to the database's log")]
    [InlineData(7, "1.001150", "the database's log was not flushed")]
    public void A_step_at_the_wrong_time_is_seen(int moved, string time, string why)
    {
        var lines = Right.Select((line, i) => i == moved ? line[..3] + time + line[11..] : line).Order(Comparer<string>.Create((a, b) => string.CompareOrdinal(a[3..11], b[3..11])));

        Assert.Contains(why, Assert.Single(Judge(lines)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_whose_body_never_reached_a_file_is_seen() =>
        Assert.Contains("0 body files in the trace", Assert.Single(Judge([Right[0], .. Right[6..]])), StringComparison.Ordinal);

    [Fact]
    public void A_call_in_two_parts_ends_where_it_is_resumed()
    {
        string[] lines =
        [
            .. Right[..7],
            "12 1.001000 fdatasync(40</data/platform.db-wal> <unfinished ...>",
            Right[8],
            "12 1.001300 <... fdatasync resumed>) = 0 <0.000300>",
        ];

        Assert.Contains("the database's log was not flushed", Assert.Single(Judge(lines)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_354_behind_other_replies_in_one_write_opens_the_data()
    {
        var lines = Right.ToArray();
        lines[0] = $"10 1.000100 sendmsg({Socket}, {{msg_name=NULL, msg_namelen=0, msg_iov=[{{iov_base=\"250 2.1.0 OK\\r\\n250 2.1.5 OK\\r\\n354 Go ahead\\r\\n\", iov_len=42}}], msg_iovlen=1, msg_controllen=0, msg_flags=0}}, MSG_NOSIGNAL) = 42 <0.000010>";

        Assert.Empty(Judge(lines));
    }

    private static IReadOnlyList<string> Judge(IEnumerable<string> lines) =>
        FlushJudge.WhatLacks([.. TraceReader.Read(lines)], "/data", new Dictionary<int, IReadOnlyList<int>> { [40001] = [900] });
}
