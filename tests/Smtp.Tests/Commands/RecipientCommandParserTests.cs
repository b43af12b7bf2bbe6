using System.Text;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Tests.Commands;

public sealed class RecipientCommandParserTests
{
    [Theory]
    [InlineData("NOTIFY=NEVER", DsnNotify.Never)]
    [InlineData("NOTIFY=SUCCESS", DsnNotify.Success)]
    [InlineData("notify=success,failure", DsnNotify.Success | DsnNotify.Failure)]
    [InlineData("NOTIFY=DELAY,FAILURE,SUCCESS", DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay)]
    public void When_to_report_is_read(string parameter, DsnNotify notify)
    {
        Assert.Equal(notify, Parse($"TO:<a@b.test> {parameter}")!.Notify);
    }

    [Theory]
    [InlineData("ORCPT=rfc822;a+2Bb@c.test", "rfc822", "a+b@c.test")]
    [InlineData("ORCPT=x-local;user", "x-local", "user")]
    [InlineData("ORCPT=utf-8;+E5+A4+AA@c.test", "utf-8", "太@c.test")]
    [InlineData("ORCPT=utf-8;太@c.test", "utf-8", "太@c.test")]
    public void The_original_recipient_is_read(string parameter, string type, string address)
    {
        Assert.Equal(new OriginalRecipient(type, address), Parse($"TO:<a@b.test> {parameter}")!.Orcpt);
    }

    [Fact]
    public void Without_parameters_nothing_is_asked()
    {
        Assert.Equal(new RecipientCommand("a@B.test", "a", "b.test"), Parse("TO:<a@B.test>"));
    }

    [Theory]
    [InlineData("TO:<a@b.test> NOTIFY", 501)]
    [InlineData("TO:<a@b.test> NOTIFY=", 501)]
    [InlineData("TO:<a@b.test> NOTIFY=NEVER,SUCCESS", 501)]
    [InlineData("TO:<a@b.test> NOTIFY=SUCCESS,", 501)]
    [InlineData("TO:<a@b.test> NOTIFY=SUCCESS NOTIFY=DELAY", 501)]
    [InlineData("TO:<a@b.test> ORCPT", 501)]
    [InlineData("TO:<a@b.test> ORCPT=rfc822", 501)]
    [InlineData("TO:<a@b.test> ORCPT=rfc822;", 501)]
    [InlineData("TO:<a@b.test> ORCPT=;x", 501)]
    [InlineData("TO:<a@b.test> ORCPT=a/b;x", 501)]
    [InlineData("TO:<a@b.test> ORCPT=rfc822;a+0D+0Ab", 501)]
    [InlineData("TO:<a@b.test> ORCPT=rfc822;太", 501)]
    [InlineData("TO:<a@b.test> ORCPT=rfc822;a ORCPT=rfc822;a", 501)]
    [InlineData("TO:<a@b.test> SIZE=1", 555)]
    [InlineData("TO:<nobody>", 501)]
    [InlineData("FROM:<a@b.test>", 501)]
    public void What_cannot_be_met_is_refused(string arguments, int code)
    {
        Assert.False(RecipientCommandParser.TryParse(Encoding.UTF8.GetBytes(arguments), smtpUtf8: true, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    private static RecipientCommand? Parse(string arguments) =>
        RecipientCommandParser.TryParse(Encoding.UTF8.GetBytes(arguments), smtpUtf8: true, out var recipient, out _) ? recipient : null;
}
