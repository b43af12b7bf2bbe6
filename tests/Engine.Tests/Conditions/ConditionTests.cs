using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Conditions;
using Platform.Engine.Intelligence;
using Platform.Engine.PersonalData;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Conditions;

public sealed class ConditionTests
{
    private static readonly ConditionFacts Facts = new(
        new Verdict(
            VerdictKind.Suspicious,
            AttackType.CredentialPhishing,
            62,
            [new Reason("credential-lure", 30, new Evidence(EvidenceKind.Text, "text", "verify"), new Dictionary<string, string>()), new Reason("link-ip-host", 26, new Evidence(EvidenceKind.Link, "1", "http://192.0.2.1"), new Dictionary<string, string>())],
            new Origin("192.0.2.7", "NL", 64_500, "Example Hosting", "connection"),
            MessageFacts.Empty with
            {
                Subject = "Ｕrgent: Überweisung für 株式会社例",
                FromAddress = "Billing@Mail.Partner.Example",
                FromName = "Billing",
                To = ["info@acme.test", "sales@acme.test"],
                Links = ["https://login.partner.example/a?b=c", "http://192.0.2.1/x"],
                Attachments = [new AttachmentFacts("Invoice 12.PDF.zip", "application/pdf", "application/zip", 3 * 1024 * 1024, "00ff")],
                Text = "Please verify your account.",
                FilesText = "Project Ｆalcon, 社外秘, contract K-20417",
            },
            [],
            "1.0.0")
        {
            PersonalData = [new PersonalDataFinding(PersonalDataClass.MyNumber, 12, [])],
        },
        new Envelope("192.0.2.7", null, "mail.partner.example", "bounce@partner.example", ["info@acme.test"]),
        4_000_000);

    [Theory]
    [InlineData("subject contains \"urgent\"")]
    [InlineData("subject contains \"uberweisung\"")]
    [InlineData("subject contains \"株式会社\"")]
    [InlineData("from.domain == \"mail.partner.example\"")]
    [InlineData("from.domain endsWith \".PARTNER.example\"")]
    [InlineData("from.domain in [\"a.example\", \"mail.partner.example\"]")]
    [InlineData("from.domain != \"other.example\"")]
    [InlineData("attachment.name like \"invoice*.zip\"")]
    [InlineData("attachment.name like \"INVOICE ??.pdf.*\"")]
    [InlineData("attachment.type == \"application/zip\" and attachment.largest > 2 MB")]
    [InlineData("attachment.count >= 1 and attachment.count <= 1")]
    [InlineData("link.host == \"login.partner.example\"")]
    [InlineData("to == \"sales@acme.test\"")]
    [InlineData("score >= 50 and attack")]
    [InlineData("verdict == \"suspicious\" and type == \"credential-phishing\"")]
    [InlineData("reason == \"link-ip-host\"")]
    [InlineData("origin.country in [\"nl\", \"de\"] and origin.asn == 64500")]
    [InlineData("direction == \"inbound\" and sender == \"bounce@partner.example\"")]
    [InlineData("size > 3.5 MB or subject == \"no\"")]
    [InlineData("not (subject == \"x\" or text == \"y\")")]
    [InlineData("not attack or score == 62")]
    [InlineData("subject startsWith [\"urgent\", \"dringend\"]")]
    [InlineData("dmarc == \"\"")]
    [InlineData("data.my_number >= 10 and data.card == 0 and data == \"my-number\"")]
    [InlineData("attachment.text contains \"falcon\"")]
    [InlineData("attachment.text matches \"\\bk-\\d{5}\\b\"")]
    [InlineData("subject matches [\"^nothing\", \"Überweisung (für|an) \"]")]
    [InlineData("attachment.name matches \"\\.pdf\\.zip$\"")]
    public void Holds(string source) => Assert.True(Parsed(source).Holds(Facts));

    [Theory]
    [InlineData("subject contains \"invoice\"")]
    [InlineData("from.domain endsWith \".other.example\"")]
    [InlineData("to != \"sales@acme.test\"")]
    [InlineData("attachment.name like \"invoice\"")]
    [InlineData("attachment.name like \"*.pdf\"")]
    [InlineData("size < 1 KB")]
    [InlineData("not attack")]
    [InlineData("attack and not attack or score < 10")]
    [InlineData("dmarc == \"pass\"")]
    [InlineData("data.phone > 0")]
    [InlineData("attachment.text matches \"^falcon\"")]
    public void Does_not_hold(string source) => Assert.False(Parsed(source).Holds(Facts));

    [Theory]
    [InlineData("", "unfinished", 0)]
    [InlineData("subject", "unfinished", 7)]
    [InlineData("subject contains", "unfinished", 16)]
    [InlineData("subject contains \"x", "open-text", 17)]
    [InlineData("subject contains 5", "text-expected", 17)]
    [InlineData("subject > \"x\"", "text-comparison-expected", 8)]
    [InlineData("score contains \"5\"", "number-comparison-expected", 6)]
    [InlineData("score > \"5\"", "number-expected", 8)]
    [InlineData("score > 5.5.5", "bad-number", 8)]
    [InlineData("size > 5 GB", "unexpected", 9)]
    [InlineData("size > 5GB", "bad-number", 7)]
    [InlineData("colour == \"red\"", "unknown-fact", 0)]
    [InlineData("\"red\" == subject", "fact-expected", 0)]
    [InlineData("(subject == \"x\"", "expected", 15)]
    [InlineData("from.domain in \"x\"", "expected", 15)]
    [InlineData("subject == \"x\" subject == \"y\"", "unexpected", 15)]
    [InlineData("subject == \"x\" & attack", "unknown-character", 15)]
    [InlineData("subject contains \"\\u200b\"", null, 0)]
    [InlineData("subject contains \"\u200b\"", "bad-text", 17)]
    [InlineData("subject contains \"a\0b\"", "bad-text", 19)]
    [InlineData("subject matches \"a[b\"", "bad-pattern", 19)]
    [InlineData("subject matches \"\"", "bad-pattern-length", 16)]
    [InlineData("subject matches \"(a)\\1\"", "pattern-unsupported", 16)]
    [InlineData("subject matches \"(?=a)b\"", "pattern-unsupported", 16)]
    [InlineData("subject matches \"((a{100}){100}){100}\"", "pattern-too-large", 16)]
    [InlineData("subject matches 5", "text-expected", 16)]
    public void What_is_wrong_is_told_with_its_place(string source, string? code, int position)
    {
        _ = Condition.TryParse(source, out _, out var error);
        Assert.Equal((code, position), (error?.Code, error?.Position ?? 0));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\ud83d')]
    [InlineData('\ude00')]
    public void A_text_that_no_database_takes_is_refused(char broken) => Assert.Equal("bad-text", Error($"subject contains \"a{broken}b\""));

    [Fact]
    public void A_pair_of_surrogates_is_a_character_like_others() => Assert.Null(Error("subject contains \"\ud83d\ude00\""));

    [Fact]
    public void Length_depth_and_number_of_comparisons_are_bounded()
    {
        Assert.Equal("too-long", Error(new string(' ', Condition.MaxLength) + "attack"));
        Assert.Equal("too-deep", Error(new string('(', 40) + "attack" + new string(')', 40)));
        Assert.Equal("too-deep", Error(string.Concat(Enumerable.Repeat("not ", 40)) + "attack"));
        Assert.Equal("too-many", Error(string.Join(" or ", Enumerable.Repeat("attack", 201))));
    }

    [Theory]
    [InlineData("en", "There is no fact named \"colour\" (character 1). The list of facts stands in the guide to rules.")]
    [InlineData("ja", "「colour」という項目はありません(1文字目)。項目の一覧はルールの手引きにあります。")]
    public void An_error_reads_as_a_sentence(string language, string sentence)
    {
        _ = Condition.TryParse("colour == \"red\"", out _, out var error);
        Assert.Equal(sentence, error!.Render(CultureInfo.GetCultureInfo(language)));
    }

    [Fact]
    public void Any_text_is_read_or_refused() =>
        Prop.ForAll<string?>(source => Condition.TryParse(source ?? "", out var condition, out var error) ? condition.Holds(Facts) || true : error.Position >= 0 && error.Render(CultureInfo.InvariantCulture).Length > 0).QuickCheckThrowOnFailure();

    [Fact]
    public void A_pattern_of_many_stars_stays_cheap()
    {
        var wide = new ConditionFacts(Facts.Verdict with { Facts = MessageFacts.Empty with { Text = new string('a', 32_000) } }, Envelope.None, 0);
        Assert.False(Parsed($"text like \"{string.Concat(Enumerable.Repeat("*a", 100))}*b\"").Holds(wide));
    }

    [Theory]
    [InlineData("subject contains \"urgent\"", "subject contains \"urgent\"")]
    [InlineData("from.domain in [\"a.example\", \"Mail.partner.example\", \"c.example\"]", "from.domain in \"Mail.partner.example\"")]
    [InlineData("subject contains \"no\" or attack", "attack")]
    [InlineData("(subject contains \"no\" or score >= 50) and  size > 2 MB", "score >= 50 and size > 2 MB")]
    [InlineData("(attack and score < 10) or size > 2 MB", "size > 2 MB")]
    [InlineData("not (subject == \"x\" or text == \"y\")", "not (subject == \"x\" or text == \"y\")")]
    [InlineData("from.domain != \"other.example\" and attack", "from.domain != \"other.example\" and attack")]
    [InlineData("not to in [\"x\"]", "not to in [\"x\"]")]
    [InlineData("subject contains \"invoice\"", null)]
    public void The_part_that_holds_is_told(string source, string? held) => Assert.Equal(held, Parsed(source).WhatHolds(Facts));

    [Fact]
    public void The_part_that_holds_is_bounded() => Assert.Equal(500, Parsed(string.Join(" and ", Enumerable.Repeat("subject contains \"urgent\"", 100))).WhatHolds(Facts)!.Length);

    [Fact]
    public void A_recipient_is_asked_of_each_delivery()
    {
        var condition = Parsed("recipient == \"info@acme.test\" and subject contains \"urgent\"");
        var facts = new ConditionFacts(Facts.Verdict, Facts.Envelope with { Recipients = ["info@acme.test", "sales@acme.test"] }, 1);

        Assert.Equal((true, true, false), (condition.AsksRecipient, condition.Holds(facts.For("info@acme.test")), condition.Holds(facts.For("sales@acme.test"))));
    }

    [Theory]
    [InlineData("text contains \"x\"", true, false)]
    [InlineData("attack or RECIPIENT == \"x\"", false, true)]
    [InlineData("attack", false, false)]
    public void A_condition_knows_what_it_asks(string source, bool text, bool recipient) => Assert.Equal((text, recipient), (Parsed(source).AsksText, Parsed(source).AsksRecipient));

    [Fact]
    public void Conditions_that_cost_too_much_end_and_say_so()
    {
        var links = Enumerable.Repeat(new string('a', 4_096), 100).ToList();
        var wide = new ConditionFacts(Facts.Verdict with { Facts = MessageFacts.Empty with { Links = links } }, Envelope.None, 0);
        var dear = Parsed($"link like \"*{new string('a', 490)}b\"");

        for (var tries = 0; tries < 200 && !wide.IsExhausted; tries++)
            Assert.False(dear.Holds(wide));

        Assert.True(wide.IsExhausted);
        Assert.False(Parsed("link contains \"a\"").Holds(wide));
    }

    [Fact]
    public void A_rich_set_of_conditions_over_a_real_mail_stays_far_below_the_limit()
    {
        var hosts = string.Join(", ", Enumerable.Range(0, 350).Select(i => $"\"*host-{i}.example*\""));
        var mail = new ConditionFacts(Facts.Verdict with { Facts = Facts.Verdict.Facts with { Text = string.Concat(Enumerable.Repeat("Please verify your account. ", 300)) } }, Facts.Envelope, 1);

        for (var rule = 0; rule < 50; rule++)
            Assert.False(Parsed($"link like [{hosts}]").Holds(mail) || Parsed("text contains \"invoice\" or text contains \"payment\"").Holds(mail));

        Assert.False(mail.IsExhausted);
    }

    private static Condition Parsed(string source)
    {
        Assert.True(Condition.TryParse(source, out var condition, out var error), error?.ToString());
        return condition;
    }

    private static string? Error(string source) => Condition.TryParse(source, out _, out var error) ? null : error.Code;
}
