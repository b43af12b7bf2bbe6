using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class ReplyToMismatchTests
{
    [Theory]
    [InlineData("boss@partner.example", "boss@gmail.com", "reply-to-free-mail")]
    [InlineData("boss@partner.example", "boss@evil.test", "reply-to-mismatch")]
    [InlineData("boss@yahoo.co.jp", "boss@outlook.com", "reply-to-other-free-mail")]
    [InlineData("first@gmail.com", "second@gmail.com", "reply-to-other-free-mail")]
    public void Answers_that_go_elsewhere_are_seen(string from, string reply, string sign)
    {
        Assert.Equal([sign], Signs(from, reply));
    }

    [Theory]
    [InlineData("boss@partner.example", "sales@partner.example")]
    [InlineData("news@mail.partner.example", "contact@partner.example")]
    [InlineData("boss@gmail.com", "boss@gmail.com")]
    [InlineData("boss@partner.example", "boss@evil.test, boss@partner.example")]
    public void Answers_to_the_same_organisation_pass(string from, string reply)
    {
        Assert.Empty(Signs(from, reply));
    }

    [Theory]
    [InlineData("List-Unsubscribe: <https://news.example/u>")]
    [InlineData("List-Id: <talk.lists.example>", "List-Post: <mailto:talk@lists.example>")]
    public void A_service_that_answers_for_bulk_mail_and_lists_passes(params string[] headers)
    {
        var mail = new TestMail { From = "news@shop.test", Headers = ["Reply-To: answers@service.example", .. headers] };

        Assert.Empty(mail.SignsOf(new ReplyToMismatch()));
    }

    private static IReadOnlyList<string> Signs(string from, string reply) => new TestMail { From = from, Headers = [$"Reply-To: {reply}"] }.SignsOf(new ReplyToMismatch());
}
