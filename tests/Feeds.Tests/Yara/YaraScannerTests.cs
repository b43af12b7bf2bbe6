using System.Runtime.InteropServices;
using Platform.Engine.Feeds;
using Platform.Engine.Mail;
using Platform.Feeds.Tests.Support;
using Platform.Yara;

namespace Platform.Feeds.Tests.Yara;

/// <summary>Against the libyara of the system.</summary>
public sealed class YaraScannerTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("rule Made : malware test { strings: $a = \"made mark\" condition: $a }", HitKind.MalwareRule, "malware test")]
    [InlineData("rule Made : curious { strings: $a = \"made mark\" condition: $a }", HitKind.Rule, "curious")]
    [InlineData("rule Made { strings: $a = { 6D 61 64 ?? 20 } condition: $a and filesize < 1KB }", HitKind.Rule, "")]
    public void A_file_that_meets_a_rule_is_a_hit(string rule, HitKind kind, string tags)
    {
        using var scanner = Scanner(rule);

        var answers = scanner.Scan([Attachment("the made mark"), Attachment("nothing")], Cancel);

        Assert.Equal([new FeedHit("yara", kind, "a.bin", "Made", tags)], answers.Hits);
        Assert.Equal(SourceOutcome.Hit, answers.Sources[0].Outcome);
    }

    [Fact]
    public void Rules_that_do_not_compile_are_a_failure_that_says_where()
    {
        using var scanner = Scanner("rule Broken {\n condition: nonsense }");

        var status = scanner.Scan([], Cancel).Sources[0];

        Assert.Equal(SourceOutcome.Failed, status.Outcome);
        Assert.Contains("line 2", status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_that_are_not_there_are_a_failure()
    {
        using var scanner = YaraScanner.Create([$"{_path}.absent"])!;

        Assert.Equal(SourceOutcome.Failed, scanner.Scan([], Cancel).Sources[0].Outcome);
    }

    [Fact]
    public void Without_rules_there_is_no_scanner() => Assert.Null(YaraScanner.Create([]));

    private static MailAttachment Attachment(string text) => new("a.bin", "a.bin", "", FileType.Unknown, System.Text.Encoding.ASCII.GetBytes(text), 0, false);

    private YaraScanner Scanner(string rule)
    {
        if (!NativeLibrary.TryLoad("libyara.so.9", out _))
            Parts.Missing("libyara");
        File.WriteAllText(_path, rule);
        return YaraScanner.Create([_path])!;
    }
}
