using System.Globalization;
using Platform.Engine.Language;
using Platform.Engine.Learning;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Learning;

public sealed class MailFeaturesTests
{
    private static readonly TestMail Plain = new() { Subject = "Your invoice", Text = "Please pay the invoice of 120 EUR until Friday." };

    private static readonly Dictionary<string, TestMail> Changed = new()
    {
        { "date", Plain with { Date = "Mon, 2 Feb 2004 10:00:00 +0000" } },
        { "list headers", Plain with { Headers = ["List-Id: <users.lists.example>", "List-Post: <mailto:users@lists.example>", "Precedence: list"] } },
        { "list tag", Plain with { Subject = "[users] Your invoice" } },
        { "mark of another filter", Plain with { Subject = "***SPAM*** Your invoice" } },
        { "mail program", Plain with { Headers = ["X-Mailer: Made Up 6.0", "User-Agent: Other/1"] } },
        { "thread", Plain with { Headers = ["In-Reply-To: <a@b.example>", "References: <a@b.example>"] } },
        { "reply mark", Plain with { Subject = "Re: Your invoice" } },
        { "path", Plain with { Headers = ["Received: from a.example by b.example; Mon, 2 Feb 2004 10:00:00 +0000"] } },
        { "message id", Plain with { MessageId = "<1234@other.example>" } },
        { "other number", Plain with { Text = "Please pay the invoice of 98 EUR until Friday." } },
        { "recipient", Plain with { To = "someone@elsewhere.example" } },
        { "footer of a list", Plain with { Text = "Please pay the invoice of 120 EUR until Friday.\r\n_______________________________________________\r\nusers mailing list" } },
        { "quoted text", Plain with { Text = "Please pay the invoice of 120 EUR until Friday.\r\n> an older word of somebody else" } },
    };

    public static TheoryData<string> Artefacts => [.. Changed.Keys];

    [Theory]
    [MemberData(nameof(Artefacts))]
    public void What_tells_only_where_a_mail_was_collected_is_not_seen(string artefact)
    {
        Assert.Equal(Features.Indices(Plain), Features.Indices(Changed[artefact]));
    }

    [Theory]
    [InlineData("Dear taro.yamada, welcome", "taro.yamada@acme.test", "Dear jo.smith, welcome", "jo.smith@acme.test")]
    [InlineData("To info@acme.test: hello", "info@acme.test", "To mail@acme.test: hello", "mail@acme.test")]
    public void The_recipients_own_name_is_a_class(string text, string to, string otherText, string otherTo)
    {
        Assert.Equal(Features.Indices(Plain with { Text = text, To = to }), Features.Indices(Plain with { Text = otherText, To = otherTo }));
    }

    [Fact]
    public void Words_and_pairs_of_words_are_seen()
    {
        var words = Features.Names(Plain, FeatureView.Words);

        Assert.Contains("invoice", words);
        Assert.Contains("please pay", words);
    }

    [Fact]
    public void Japanese_is_seen_in_pieces()
    {
        Assert.Contains("暗証", Features.Names(Plain with { Text = "暗証番号をご確認ください。" }, FeatureView.Words));
    }

    [Theory]
    [InlineData("links none to sender", "https://elsewhere.example/a")]
    [InlineData("links all to sender", "https://www.partner.example/a")]
    public void Where_links_lead_is_seen(string name, string link)
    {
        Assert.Contains(name, Features.Names(Plain with { Html = $"<p>Look</p><a href=\"{link}\">here</a>" }, FeatureView.Build));
    }

    [Fact]
    public void Every_trait_that_is_shown_has_words()
    {
        Assert.All(TraitNames.Ids, id => Assert.True(Texts.Of(new CultureInfo("ja")).Has($"trait.{id}"), id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    [InlineData("From: \"\r\nSubject: [[[[\r\n\r\nhttp:// @@@ www. ٣٣٣ 円")]
    public void Any_mail_has_features(string mail)
    {
        Assert.NotNull(Features.Of(System.Text.Encoding.UTF8.GetBytes(mail)));
    }
}
