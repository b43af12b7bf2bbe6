using System.Text;
using System.Text.Json;
using Platform.Engine.Verdicts;
using Platform.Storage.Events;
using Platform.Storage.Events.Formats;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Events.Formats;

/// <summary>Each form against the schema it claims, over every move and the hostile ends of each field.</summary>
public sealed class EventFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, 250, TimeSpan.Zero);

    public static TheoryData<string> Samples() => [.. All().Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Ecs_has_known_fields_of_their_types_alone(string sample) => Assert.Empty(FormatSchemas.EcsFaults(Written(EventFormat.Ecs, sample)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Ocsf_has_all_that_its_class_requires_and_nothing_unknown(string sample) => Assert.Empty(FormatSchemas.OcsfFaults(Written(EventFormat.Ocsf, sample)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Asim_has_all_mandatory_fields_and_allowed_values_alone(string sample) => Assert.Empty(FormatSchemas.AsimFaults(Written(EventFormat.Asim, sample)));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_form_stays_below_what_a_webhook_may_carry(string sample) =>
        Assert.All(Enum.GetValues<EventFormat>(), format => Assert.InRange(EventFormats.ToUtf8(format, Sample(sample), new string('c', 48)).Length, 1, 20_000));

    [Fact]
    public void Ecs_names_what_the_contract_maps()
    {
        var json = Written(EventFormat.Ecs, "quarantined");
        Assert.Equal("2026-11-24T09:00:00.250Z", json.GetProperty("@timestamp").GetString());
        Assert.Equal("boss@acme.test", json.GetProperty("email").GetProperty("from").GetProperty("address")[0].GetString());
        Assert.Equal("sender@outside.test", json.GetProperty("email").GetProperty("sender").GetProperty("address").GetString());
        Assert.Equal("id@outside.test", json.GetProperty("email").GetProperty("message_id").GetString());
        Assert.Equal("請求書.pdf", json.GetProperty("email").GetProperty("attachments")[0].GetProperty("file").GetProperty("name").GetString());
        Assert.Equal("NL", json.GetProperty("source").GetProperty("geo").GetProperty("country_iso_code").GetString());
        Assert.Equal(80, json.GetProperty("event").GetProperty("risk_score").GetInt32());
        Assert.Equal(("alert", "quarantine"), (json.GetProperty("event").GetProperty("kind").GetString(), json.GetProperty("event").GetProperty("action").GetString()));
        Assert.Equal("reply-to-mismatch", json.GetProperty("rule").GetProperty("id")[0].GetString());
        Assert.Equal("the-cursor", json.GetProperty("labels").GetProperty("cursor").GetString());
    }

    [Fact]
    public void Ocsf_names_what_the_contract_maps()
    {
        var json = Written(EventFormat.Ocsf, "quarantined");
        Assert.Equal(400903, json.GetProperty("type_uid").GetInt32());
        Assert.Equal(Now.ToUnixTimeMilliseconds(), json.GetProperty("time").GetInt64());
        Assert.Equal(7, json.GetProperty("metadata").GetProperty("sequence").GetInt64());
        Assert.Equal((1, 3), (json.GetProperty("direction_id").GetInt32(), json.GetProperty("disposition_id").GetInt32()));
        Assert.Equal(("sender@outside.test", "info@acme.test"), (json.GetProperty("from").GetString(), json.GetProperty("to")[0].GetString()));
        Assert.Equal("x@y.test", json.GetProperty("email").GetProperty("reply_to_list")[0].GetString());
        Assert.Equal(("softfail", "pass", "fail"), (Auth("spf"), Auth("dkim"), Auth("dmarc")));
        Assert.True(json.GetProperty("is_alert").GetBoolean());
        Assert.Equal("198.51.100.9", json.GetProperty("src_endpoint").GetProperty("ip").GetString());
        Assert.Equal(25, json.GetProperty("unmapped").GetProperty("links_total").GetInt32());
        Assert.Equal("the-cursor", json.GetProperty("unmapped").GetProperty("cursor").GetString());

        string? Auth(string method) => json.GetProperty("email_auth").GetProperty(method).GetString();
    }

    [Fact]
    public void Asim_names_what_the_contract_maps()
    {
        var json = Written(EventFormat.Asim, "quarantined");
        Assert.Equal(("boss@acme.test", "sender@outside.test"), (Text("EmailFromAddress"), Text("EmailMailFromAddress")));
        Assert.Equal(("Inbound", "Quarantine", "Quarantined"), (Text("EmailDirection"), Text("EmailDeliveryLocation"), Text("DvcAction")));
        Assert.Equal(("SoftFail", "Pass", "Fail"), (Text("EmailSpfResult"), Text("EmailDkimResult"), Text("EmailDmarcResult")));
        Assert.Equal(25, json.GetProperty("EmailUrlCount").GetInt32());
        Assert.Equal("id@outside.test", json.GetProperty("AdditionalFields").GetProperty("InternetMessageId").GetString());
        Assert.Equal("the-cursor", json.GetProperty("AdditionalFields").GetProperty("cursor").GetString());

        string? Text(string name) => json.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("quarantined", 3)]
    [InlineData("rejected", 25)]
    [InlineData("deleted", 5)]
    [InlineData("released", 9)]
    [InlineData("held", 14)]
    [InlineData("deferred", 14)]
    [InlineData("tagged", 18)]
    [InlineData("delivered", 1)]
    public void Ocsf_dispositions_are_those_of_the_contract(string sample, int disposition) =>
        Assert.Equal(disposition, Written(EventFormat.Ocsf, sample).GetProperty("disposition_id").GetInt32());

    [Fact]
    public void Our_own_form_is_the_data_as_stored_behind_the_members_of_the_event()
    {
        var sample = Sample("quarantined") with { Data = Encoding.UTF8.GetBytes("""{"kind":"forged","cursor":"forged","subject":"<b>件名</b>","nested":{"id":1,"a":[1,2]}}""") };
        var text = Encoding.UTF8.GetString(EventFormats.ToUtf8(EventFormat.Native, sample, "the-cursor"));
        var json = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.Equal((EventKinds.Quarantined, "the-cursor"), (json.GetProperty("kind").GetString(), json.GetProperty("cursor").GetString()));
        Assert.Equal("""{"id":1,"a":[1,2]}""", json.GetProperty("nested").GetRawText());
        Assert.Equal(json.EnumerateObject().Count(), json.EnumerateObject().Select(member => member.Name).Distinct().Count());
        Assert.Contains("<b>件名</b>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ecs", EventFormat.Ecs)]
    [InlineData("", EventFormat.Native)]
    [InlineData(null, EventFormat.Native)]
    public void A_form_is_found_by_its_name(string? name, EventFormat format) => Assert.Equal(format, EventFormats.Find(name));

    [Fact]
    public void A_name_of_no_form_finds_none() => Assert.Null(EventFormats.Find("leef"));

    private static JsonElement Written(EventFormat format, string sample) => JsonSerializer.Deserialize<JsonElement>(EventFormats.ToUtf8(format, Sample(sample), "the-cursor"));

    private static FeedEvent Sample(string name) => All().Single(sample => sample.Name == name).Event;

    private static IEnumerable<(string Name, FeedEvent Event)> All()
    {
        var verdict = Mails.Verdict() with { Authentication = Mails.Authentication() };
        var scanned = Summary(verdict);
        foreach (var state in Enum.GetValues<DeliveryState>().Where(state => state is not (DeliveryState.Received or DeliveryState.Queued)))
            yield return (state.ToString().ToLowerInvariant(), Mail(scanned, Moved(state) with { Verdict = verdict, Action = state is DeliveryState.Quarantined ? "quarantine" : "deliver", Actor = "user:x" }));
        yield return ("received", Mail(Summary(null), Moved(DeliveryState.Received)));
        yield return ("tagged", Mail(scanned, Moved(DeliveryState.Queued) with { Verdict = verdict, Action = "tag", Rule = new RuleHit(Guid.NewGuid(), "Invoices", 3, FromMsp: false, "score > 10") }));
        yield return ("deferred", Mail(scanned, Moved(DeliveryState.Queued) with { Kind = EventKinds.Deferred, Verdict = verdict, Status = "451 4.7.1 later" }));
        yield return ("clean", Mail(Summary(Mails.Verdict(VerdictKind.Clean)), Moved(DeliveryState.Queued) with { Verdict = Mails.Verdict(VerdictKind.Clean) }));
        foreach (var (name, letter) in new[] { ("quotes", "\""), ("controls", "\u0001"), ("wide", "語"), ("pairs", "😀") })
        {
            var hostile = Hostile(string.Concat(Enumerable.Repeat(letter, 2_000)));
            yield return ("hostile " + name, Mail(Summary(hostile) with { Sender = hostile.Facts.Subject, ClientAddress = hostile.Facts.Subject }, Moved(DeliveryState.Held) with { Recipient = hostile.Facts.Subject, Verdict = hostile, Status = hostile.Facts.Subject, Reason = hostile.Facts.Subject, NextHop = hostile.Facts.Subject }));
        }

        yield return ("policy", Other(EventKinds.PolicyChanged, """{"actor":"client:a","policy":{"actions":{}}}"""));
        yield return ("rule", Other(EventKinds.RuleChanged, """{"actor":"client:a","action":"delete","rule":{"name":"x","revision":1,"action":"tag","enabled":true,"from":"tenant"}}"""));
        yield return ("directory", Other(EventKinds.DirectoryChanged, """{"actor":"client:a","action":"mailbox.add","target":"a@b.test"}"""));
        yield return ("list", Other(EventKinds.ListChanged, """{"actor":"client:a","action":"import","origin":"tenant","revision":2,"entries":{"total":0,"truncated":false,"items":[]}}"""));
    }

    private static Verdict Hostile(string text) => Mails.Verdict() with
    {
        Origin = Mails.Verdict().Origin with { Address = text, Country = text, Network = text },
        Authentication = Mails.Authentication() with { Dmarc = Mails.Authentication().Dmarc with { Domain = text } },
        Reasons = [.. Enumerable.Range(0, 50).Select(_ => Mails.Verdict().Reasons[0])],
        Facts = Mails.Verdict().Facts with
        {
            Subject = text,
            FromAddress = text,
            FromName = text,
            MessageIdHeader = text,
            ReplyTo = [.. Enumerable.Repeat(text, 50)],
            Links = [.. Enumerable.Repeat(text, 50)],
            Attachments = [.. Enumerable.Repeat(new AttachmentFacts(text, text, text, long.MaxValue, new string('b', 64)), 50)],
        },
    };

    private static MessageSummary Summary(Verdict? verdict) => MessageSummary.Of(Mails.To(Guid.NewGuid(), Now, "info@acme.test")) with
    {
        Verdict = verdict?.Kind,
        AttackType = verdict?.Type,
        Score = verdict?.Score,
        Subject = verdict?.Facts.Subject,
        FromAddress = verdict?.Facts.FromAddress,
        FromName = verdict?.Facts.FromName,
        MessageIdHeader = verdict?.Facts.MessageIdHeader,
        OriginAddress = verdict?.Origin.Address,
        OriginCountry = verdict?.Origin.Country,
    };

    private static DeliveryMoved Moved(DeliveryState state) => new(Guid.NewGuid(), "info@acme.test", state);

    private static FeedEvent Mail(MessageSummary message, DeliveryMoved moved)
    {
        var pending = DeliveryEvents.Of(message, moved, Now);
        return new FeedEvent(Guid.NewGuid(), message.TenantId, 7, pending.Kind, Now, Now.AddSeconds(1), pending.MessageId, pending.DeliveryId, Encoding.UTF8.GetBytes(pending.Data));
    }

    private static FeedEvent Other(string kind, string data) => new(Guid.NewGuid(), Guid.NewGuid(), 8, kind, Now, Now, null, null, Encoding.UTF8.GetBytes(data));
}
