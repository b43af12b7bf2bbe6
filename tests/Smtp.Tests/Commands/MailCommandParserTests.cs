using System.Text;
using Platform.Smtp.Commands;

namespace Platform.Smtp.Tests.Commands;

public sealed class MailCommandParserTests
{
    [Fact]
    public void All_parameters_are_read()
    {
        var mail = Parse("FROM:<a@b.test> size=1000 BODY=8bitmime SMTPUTF8 RET=hdrs ENVID=x+2By AUTH=c+40d.test");

        Assert.Equal(
            new MailCommand("a@b.test") { Size = 1000, Body = MailBody.EightBitMime, SmtpUtf8 = true, Ret = DsnReturn.Headers, EnvId = "x+y", Auth = "c@d.test" },
            mail);
    }

    [Fact]
    public void Without_parameters_nothing_is_asked()
    {
        Assert.Equal(new MailCommand("a@b.test"), Parse("FROM:<a@b.test>"));
    }

    [Theory]
    [InlineData("RET=FULL", DsnReturn.Full)]
    [InlineData("RET=HDRS", DsnReturn.Headers)]
    public void What_to_return_is_read(string parameter, DsnReturn ret)
    {
        Assert.Equal(ret, Parse($"FROM:<> {parameter}")!.Ret);
    }

    [Fact]
    public void An_empty_submitter_is_told_from_none()
    {
        Assert.Equal("", Parse("FROM:<a@b.test> AUTH=<>")!.Auth);
        Assert.Null(Parse("FROM:<a@b.test>")!.Auth);
    }

    [Theory]
    [InlineData("FROM:<a@b.test> SIZE", 501)]
    [InlineData("FROM:<a@b.test> SIZE=", 501)]
    [InlineData("FROM:<a@b.test> SIZE=-1", 501)]
    [InlineData("FROM:<a@b.test> SIZE=1x", 501)]
    [InlineData("FROM:<a@b.test> SIZE=123456789012345678901", 501)]
    [InlineData("FROM:<a@b.test> SIZE=1001", 552)]
    [InlineData("FROM:<a@b.test> BODY", 555)]
    [InlineData("FROM:<a@b.test> SMTPUTF8=yes", 501)]
    [InlineData("FROM:<a@b.test> RET=SOME", 501)]
    [InlineData("FROM:<a@b.test> RET", 501)]
    [InlineData("FROM:<a@b.test> ENVID", 501)]
    [InlineData("FROM:<a@b.test> ENVID=+0A", 501)]
    [InlineData("FROM:<a@b.test> ENVID=+E5+A4+AA", 501)]
    [InlineData("FROM:<a@b.test> AUTH", 501)]
    [InlineData("FROM:<a@b.test> RET=FULL RET=FULL", 501)]
    [InlineData("FROM:<a@b.test> =x", 501)]
    [InlineData("FROM:<a@b.test> -X=1", 501)]
    [InlineData("FROM:<a@b.test> X=a=b", 501)]
    [InlineData("FROM:<a@b.test> TRANSID=1", 555)]
    [InlineData("FROM:<a@b.test>SIZE=1", 501)]
    [InlineData("FROM<a@b.test>", 501)]
    [InlineData("", 501)]
    public void What_cannot_be_met_is_refused(string arguments, int code)
    {
        Assert.False(MailCommandParser.TryParse(Encoding.UTF8.GetBytes(arguments), 1000, out _, out var refusal));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void An_envelope_id_has_100_octets()
    {
        Assert.NotNull(Parse($"FROM:<> ENVID={new string('a', 100)}"));
        Assert.Null(Parse($"FROM:<> ENVID={new string('a', 101)}"));
    }

    private static MailCommand? Parse(string arguments) =>
        MailCommandParser.TryParse(Encoding.UTF8.GetBytes(arguments), 1000, out var mail, out _) ? mail : null;
}
