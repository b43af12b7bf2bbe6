using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Engine.Feeds;
using Platform.Feeds.Lists;
using Platform.Feeds.Misp;
using Platform.Feeds.Tests.Support;

namespace Platform.Feeds.Tests.Misp;

public sealed class MispTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ip-dst", "203.0.113.9", "Network 203.0.113.9/32")]
    [InlineData("ip-dst|port", "203.0.113.9|443", "Network 203.0.113.9/32")]
    [InlineData("domain", "Bad.example", "Domain bad.example")]
    [InlineData("url", "http://bad.example/x", "Url bad.example/x")]
    [InlineData("filename|md5", "a.exe|d41d8cd98f00b204e9800998ecf8427e", "Md5 d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("malware-sample", "a.exe|d41d8cd98f00b204e9800998ecf8427e", "Md5 d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("email-src", "who@bad.example", "Email who@bad.example")]
    [InlineData("comment", "bad.example", null)]
    public void An_attribute_is_what_its_type_says(string type, string value, string? expected)
    {
        var read = MispEvent.Read(Event(type, value, "true"), 10);

        Assert.Equal(expected, read.Count == 0 ? null : $"{read[0].Kind} {read[0].Value}");
    }

    [Fact]
    public void What_is_not_for_detection_is_passed_over() => Assert.Empty(MispEvent.Read(Event("domain", "bad.example", "false"), 10));

    [Fact]
    public void Both_values_of_a_pair_count()
    {
        Assert.Equal([IndicatorKind.Domain, IndicatorKind.Network], MispEvent.Read(Event("domain|ip", "bad.example|203.0.113.9", "true"), 10).Select(indicator => indicator.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1,")]
    public void What_is_no_event_is_refused(string json) => Assert.Throws<FeedException>(() => MispEvent.Read(Encoding.UTF8.GetBytes(json), 10));

    [Fact]
    public async Task A_feed_in_a_folder_is_read_by_its_manifest()
    {
        var folder = Directory.CreateTempSubdirectory("misp-test-").FullName;
        const string name = "9d3b2f6e-6f5f-4b6a-8d57-0a4a4e2b1c11";
        await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), $$$"""{"{{{name}}}":{"info":"case","timestamp":"1767225600"},"../outside":{}}""", Cancel);
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.json"), Event("domain", "bad.example", "true"), Cancel);
        using var room = new FeedRoom(new FeedSettings { Lists = [new ListSetting { Name = "misp", Location = folder, Format = FeedFormat.Misp }] }, null, online: false, TimeProvider.System, NullLogger.Instance);

        await room.LoadAsync(Cancel);
        var answers = await room.AskAsync(Ask.Host("bad.example"), default, Cancel);
        Directory.Delete(folder, recursive: true);

        Assert.Equal([new FeedHit("misp", HitKind.Domain, "", "bad.example", "a case")], answers.Hits);
    }

    private static byte[] Event(string type, string value, string forDetection) =>
        Encoding.UTF8.GetBytes($$$"""{"Event":{"info":"a case","Object":[{"Attribute":[{"type":"{{{type}}}","value":"{{{value}}}","to_ids":{{{forDetection}}} }]}]}}""");
}
