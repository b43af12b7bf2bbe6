using System.Text.Json;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Intelligence;
using Platform.Engine.Preview;
using Platform.Engine.Verdicts;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Tests.Protocol;

public sealed class ScannerJsonTests
{
    private static readonly DateTimeOffset s_day = new(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void A_request_arrives_as_it_was_sent()
    {
        var context = new ScanContext(s_day, ["acme.test"], [new Person("山田 太郎", "taro@acme.test")], ["10.0.0.0/8"], new History(true, 3, 4, ["JP"], [2500], ["globex.test"]))
        {
            ServiceId = "mx.acme.test",
            Dns = new DnsSnapshot([new DnsExchange("b.test", DnsType.Txt, DnsStatus.Found, ["v=spf1 \u00ff"], IsAuthenticated: true)]),
        };
        var header = new RequestHeader(Operation.Scan)
        {
            Envelope = new Envelope("192.0.2.1", "mx", "helo", "", ["info@acme.test"], MailDirection.Outbound),
            Context = context,
            Limits = ScanLimits.Default with { MaxParts = 7, MaxTime = TimeSpan.FromSeconds(3) },
        };

        Assert.Equivalent(header, Through(header, ScannerJson.Default.RequestHeader), strict: true);
    }

    [Fact]
    public void A_verdict_arrives_as_it_was_sent()
    {
        var facts = new MessageFacts("id", "件名", "a@b.test", "A", ["r@b.test"], ["t@acme.test"], [], s_day, [new AttachmentFacts("a.zip", "application/zip", "application/zip", 12, "00ff")], ["https://b.test/"], "text");
        var reason = new Reason("reply-to-mismatch", -5, new Evidence(EvidenceKind.Header, "Reply-To", "<x@y.test>"), new Dictionary<string, string> { ["address"] = "x@y.test" });
        var verdict = new Verdict(VerdictKind.Phishing, AttackType.CredentialPhishing, 77, [reason], new Origin("192.0.2.1", "JP", 2500, "WIDE", "received", "hint"), facts, ["dns"], "1.0")
        {
            Authentication = new AuthenticationFacts(
                new SpfFacts(AuthenticationResult.Pass, "b.test", SpfIdentity.MailFrom, "mx"), null, [new DkimFacts(AuthenticationResult.Fail, "b.test", "s", "rsa-sha256", 2048, 3, "why")],
                new DmarcFacts(AuthenticationResult.Pass, "b.test", DmarcPolicy.Reject, "b.test", SpfAligned: true, DkimAligned: false, "why"), new ArcFacts(AuthenticationResult.None, "", ["c.test"]),
                [new ClaimFacts("d.test", ["spf=pass"])], [new MethodResult("spf", 1, "pass", "why", [new ResultProperty("smtp", "mailfrom", "a@b.test")])]),
        };

        Assert.Equivalent(verdict, Through(new ResponseHeader { Verdict = verdict }, ScannerJson.Default.ResponseHeader).Verdict, strict: true);
    }

    [Fact]
    public void A_preview_arrives_as_it_was_sent()
    {
        var preview = new SafePreview("<p>", "text", [new PreviewHeader("Subject", "s")], [new PreviewPart("1", "text/html", null, 3)], [new AttachmentFacts("a", "b", "c", 1, "d")]);

        Assert.Equivalent(preview, Through(new ResponseHeader { Preview = preview }, ScannerJson.Default.ResponseHeader).Preview, strict: true);
    }

    [Fact]
    public void Text_that_is_no_text_does_not_stop_an_answer()
    {
        var verdict = new Verdict(VerdictKind.Clean, null, 0, [], Origin.Unknown, MessageFacts.Empty with { Subject = "a\ud800b\0" }, [], "1.0");

        Assert.Equal("a\ufffdb\0", Through(new ResponseHeader { Verdict = verdict }, ScannerJson.Default.ResponseHeader).Verdict!.Facts.Subject);
    }

    private static T Through<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type), type)!;
}
