using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Grains.Push.Syslog;

namespace Platform.Grains.Tests.Push.Syslog;

public sealed class SyslogFormatTests
{
    private static readonly Gen<string> Hostile = Gen.Elements("a", "=", "|", "\\", "\n", "\r", "\t", " ", "\0", "\u001b", "件", "😀", "\u2028", "key=", "CEF:0|", "\"").ArrayOf().Select(string.Concat);

    [Fact]
    public void Cef_by_the_dictionary()
    {
        Assert.Equal(
            "CEF:0|Mail Inspection|Platform|1|delivery.quarantined|delivery.quarantined: phishing|8|rt=1795510800000 externalId=e1 cat=credential-phishing act=quarantine outcome=QUARANTINED "
            + "suser=boss@evil.test duser=info@acme.test msg=Pay \\= now\\nor | else src=198.51.100.9 deviceDirection=0 fname=a.pdf fsize=9 fileHash=bb request=https://y.test/ "
            + "cs1=phishing cs1Label=Verdict cs4=reply-to-mismatch first-contact cs4Label=Reasons cs5=NL cs5Label=Country cn1=80 cn1Label=Score cn2=7 cn2Label=Sequence",
            CefFormat.Write(new EventFields(Event())));
    }

    [Fact]
    public void Leef_2_with_tabs()
    {
        Assert.Equal(
            "LEEF:2.0|Mail Inspection|Platform|1|delivery.quarantined|x09|devTime=2026-11-24T09:00:00.000Z\tdevTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSX\tsev=8\tcat=credential-phishing\tsrc=198.51.100.9\t"
            + "usrName=info@acme.test\turl=https://y.test/\teventId=e1\tsequence=7\taction=quarantine\tstate=QUARANTINED\tsender=boss@evil.test\tsubject=Pay = now or | else\tdirection=inbound\t"
            + "verdict=phishing\tscore=80\tcountry=NL\treasons=reply-to-mismatch first-contact\tfileName=a.pdf\tfileHash=bb",
            LeefFormat.Write(new EventFields(Event())));
    }

    [Fact]
    public void An_IPv6_source_has_its_own_key()
    {
        var json = Event();
        json["origin"]!["address"] = "2001:db8::1";

        Assert.Contains("c6a2=2001:db8::1 c6a2Label=Source IPv6 Address", CefFormat.Write(new EventFields(json)), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_mail_holds_a_reader_of_CEF_gets_back_what_was_meant() => Prop.ForAll(Hostile.ToArbitrary(), subject =>
    {
        var json = Event();
        json["subject"] = subject;
        var line = CefFormat.Write(new EventFields(json));
        var meant = OneLine.Bounded(subject, 1_000, keepBreaks: true);
        return !line.Contains('\n', StringComparison.Ordinal) && !line.Contains('\r', StringComparison.Ordinal) && (meant.Length == 0 || Unescaped(line, "msg", "src") == meant);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_a_mail_holds_LEEF_has_the_same_fields() => Prop.ForAll(Hostile.ToArbitrary(), subject =>
    {
        var json = Event();
        json["subject"] = "x" + subject;
        var line = LeefFormat.Write(new EventFields(json));
        return line.Split('\t').Length == LeefFormat.Write(new EventFields(Event())).Split('\t').Length && !line.AsSpan().ContainsAny('\n', '\r', '\0');
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_frame_counts_its_octets() => Prop.ForAll(Hostile.ToArbitrary(), text =>
    {
        var frame = SyslogMessage.Frame(16, 6, DateTimeOffset.UnixEpoch, "host", "delivery.queued", text);
        var space = Array.IndexOf(frame, (byte)' ');
        return int.Parse(Encoding.ASCII.GetString(frame, 0, space), CultureInfo.InvariantCulture) == frame.Length - space - 1
            && Encoding.UTF8.GetString(frame, space + 1, frame.Length - space - 1).StartsWith("<134>1 1970-01-01T00:00:00.000Z host mail-inspection - delivery.queued - ", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("", "-")]
    [InlineData("a b\u00e9", "a_b_")]
    public void A_header_field_is_printable(string hostname, string shown)
    {
        Assert.Contains($"Z {shown} mail-inspection", Encoding.UTF8.GetString(SyslogMessage.Frame(0, 0, DateTimeOffset.UnixEpoch, hostname, "x", "")), StringComparison.Ordinal);
    }

    /// <summary>As a reader does it: up to the next key, escapes undone from left to right.</summary>
    private static string Unescaped(string line, string key, string next)
    {
        var from = line.IndexOf($" {key}=", StringComparison.Ordinal) + key.Length + 2;
        var value = line[from..line.LastIndexOf($" {next}=", StringComparison.Ordinal)];
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
            {
                text.Append(value[i]);
                continue;
            }

            i++;
            text.Append(value[i] switch { 'n' => '\n', 'r' => '\r', var c => c });
        }

        return text.ToString();
    }

    private static JsonObject Event() => new()
    {
        ["id"] = "e1",
        ["sequence"] = 7,
        ["kind"] = "delivery.quarantined",
        ["occurredAt"] = "2026-11-24T09:00:00.000Z",
        ["state"] = "QUARANTINED",
        ["recipient"] = "info@acme.test",
        ["action"] = "quarantine",
        ["direction"] = "inbound",
        ["sender"] = "boss@evil.test",
        ["subject"] = "Pay = now\nor | else",
        ["verdict"] = "phishing",
        ["attackType"] = "credential-phishing",
        ["score"] = 80,
        ["origin"] = new JsonObject { ["address"] = "198.51.100.9", ["country"] = "NL" },
        ["links"] = new JsonObject { ["items"] = new JsonArray("https://y.test/") },
        ["attachments"] = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["name"] = "a.pdf", ["size"] = 9, ["sha256"] = "bb" }) },
        ["reasons"] = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["id"] = "reply-to-mismatch" }, new JsonObject { ["id"] = "first-contact" }) },
    };
}
