using System.Globalization;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;

namespace Platform.Mails.Tests;

public sealed class MailTests
{
    private static readonly MailBrand Brand = new("メール検査 “A”", "no-reply@mx.example", "Mail Inspection");

    public static TheoryData<int, string> Mails
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var i = 0; i < TemplateSamples.All.Count; i++)
            {
                data.Add(i, "en");
                data.Add(i, "ja");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task A_mail_loads_nothing_runs_nothing_and_names_its_language(int template, string language)
    {
        var mail = await RenderAsync(template, language);
        using var page = await new HtmlParser().ParseDocumentAsync(mail.Html, TestContext.Current.CancellationToken);

        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Empty(page.QuerySelectorAll("script, img, link, iframe, object, form, [src], [background]"));
        Assert.DoesNotContain("url(", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", mail.Html, StringComparison.OrdinalIgnoreCase);
        Assert.All(page.QuerySelectorAll("a"), link => Assert.StartsWith("https://mail.example/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Contains("prefers-color-scheme: dark", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task Text_and_HTML_say_the_same_and_neither_shows_a_strangers_link(int template, string language)
    {
        var mail = await RenderAsync(template, language);
        using var page = await new HtmlParser().ParseDocumentAsync(mail.Html, TestContext.Current.CancellationToken);

        Assert.All(page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!), href => Assert.Contains(href, mail.Text, StringComparison.Ordinal));
        Assert.All(page.QuerySelectorAll("p:not(:has(a)), dd, h1").Select(p => p.TextContent.Trim()), text => Assert.Contains(text, mail.Text, StringComparison.Ordinal));
        Assert.All(new[] { mail.Text, page.Body!.TextContent, mail.Subject }, text =>
        {
            Assert.DoesNotContain("https://evil.test", text, StringComparison.Ordinal);
            Assert.DoesNotContain("www.evil.test", text, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202e', text);
        });
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task The_bytes_are_a_mail_that_says_that_a_program_made_it(int template, string language)
    {
        var id = Guid.NewGuid();
        var bytes = new MimeMail(id, "mx.example", Brand, "info@acme.test", new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), await RenderAsync(template, language), new Uri("https://mail.example/l/stop")).ToBytes();
        var message = await MimeMessage.LoadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);

        Assert.Equal($"{id:N}@mx.example", message.MessageId);
        Assert.Equal(("メール検査 “A”", "no-reply@mx.example"), (message.From.Mailboxes.Single().Name, message.From.Mailboxes.Single().Address));
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("<https://mail.example/l/stop>", message.Headers["List-Unsubscribe"]);
        Assert.Null(message.Headers["Bcc"]);
        Assert.Equal("alternative", Assert.IsType<MultipartAlternative>(message.Body).ContentType.MediaSubtype);
        Assert.Equal((await RenderAsync(template, language)).Subject, message.Subject);
        Assert.All(bytes, octet => Assert.InRange(octet, 1, 127));
        Assert.All(System.Text.Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.True(line.Length <= 998 && !line.Contains('\n', StringComparison.Ordinal), line));
    }

    [Theory]
    [InlineData("<a@b.test>", "<a@b.test>")]
    [InlineData("<a@b.test>\r\nBcc: <x@y.test>", null)]
    [InlineData("<a b@c.test>", null)]
    [InlineData("<a@b.test> <c@d.test>", null)]
    [InlineData("a@b.test", null)]
    public async Task An_answer_names_what_it_answers_when_that_is_a_message_id(string given, string? written)
    {
        var bytes = new MimeMail(Guid.NewGuid(), "mx.example", Brand, "info@acme.test", DateTimeOffset.UnixEpoch, await RenderAsync(0, "en"), InReplyTo: given).ToBytes();
        var message = await MimeMessage.LoadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);

        Assert.Equal((written, "auto-replied"), (message.Headers["In-Reply-To"], message.Headers["Auto-Submitted"]));
        Assert.Null(message.Headers["Bcc"]);
    }

    [Fact]
    public void Both_languages_have_every_text_with_the_same_places_for_values()
    {
        var english = Texts("Texts.resx");
        var japanese = Texts("Texts.ja.resx");

        Assert.Equal(english.Keys.Order(), japanese.Keys.Order());
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(japanese[text.Key])));
    }

    [Fact]
    public void A_moment_is_told_in_the_readers_zone_which_is_named()
    {
        var moment = new DateTimeOffset(2026, 11, 24, 20, 5, 0, TimeSpan.Zero);

        Assert.Equal("2026年11月25日 5:05 (UTC+9:00)", Wording.Of("ja").Moment(moment, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")));
        Assert.Equal("24 Nov 2026, 20:05 (UTC)", Wording.Of("en").Moment(moment, TimeZoneInfo.Utc));
    }

    private static async Task<RenderedMail> RenderAsync(int template, string language)
    {
        using var renderer = new MailRenderer(NullLoggerFactory.Instance);
        return await renderer.RenderAsync(TemplateSamples.All[template], Brand, language);
    }

    private static string Places(string text) => string.Join(' ', Enumerable.Range(0, 9).Where(i => text.Contains($"{{{i}}}", StringComparison.Ordinal)).Select(i => i.ToString(CultureInfo.InvariantCulture)));

    private static Dictionary<string, string> Texts(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
            folder = folder.Parent;
        return XDocument.Load(Path.Combine(folder!.FullName, "src", "Mails", file)).Descendants("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);
    }
}
