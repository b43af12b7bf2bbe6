using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Authentication.Results;

namespace Platform.Engine.Tests.Authentication.Results;

public sealed class ResultsFieldTests
{
    [Fact]
    public void A_field_is_read()
    {
        var field = Parse(" mx.one.test 1;\r\n spf=pass (a; comment) smtp.mailfrom=a@two.test;\r\n dkim=fail reason=\"bad; body\" header.d=two.test header.s=\"s 1\"; dmarc/2 = none");
        Assert.Equal(("mx.one.test", 1, false), (field.ServiceId, field.Version, field.IsMalformed));
        Assert.Equal([("spf", "pass"), ("dkim", "fail"), ("dmarc", "none")], field.Results.Select(result => (result.Method, result.Result)));
        Assert.Equal("a@two.test", field.Results[0].Value("smtp", "mailfrom"));
        Assert.Equal(("bad; body", "s 1", 2), (field.Results[1].Reason, field.Results[1].Value("header", "s"), field.Results[2].Version));
    }

    [Theory]
    [InlineData("mx.one.test; none", false)]
    [InlineData("mx.one.test", false)]
    [InlineData("mx.one.test; spf", true)]
    [InlineData("mx.one.test one; spf=pass", true)]
    [InlineData("mx.one.test; spf=pass (open", true)]
    [InlineData("mx.one.test; spf=pass \"a", true)]
    [InlineData("mx.one.test; spf=pass smtp=a", true)]
    public void What_the_form_does_not_allow_is_told(string value, bool isMalformed) => Assert.Equal(isMalformed, Parse(value).IsMalformed);

    [Theory]
    [InlineData("two.test'a.three.test", "header.d=\"two.test'a.three.test\"")]
    [InlineData("two.test; spf=pass", "header.d=\"two.test; spf=pass\"")]
    [InlineData("two.test\r\nFrom: x", "header.d=\"two.test??From: x\"")]
    [InlineData("two.test(a.three.test", "header.d=\"two.test(a.three.test\"")]
    [InlineData("a\"b\\c", "header.d=\"a\\\"b\\\\c\"")]
    [InlineData("two.test\0.three.test", "header.d=\"two.test?.three.test\"")]
    [InlineData("", "header.d=\"\"")]
    [InlineData("a@two.test", "header.d=a@two.test")]
    [InlineData("two.test", "header.d=two.test")]
    public void Nothing_a_sender_chose_breaks_out(string value, string written)
    {
        var text = ResultsWriter.Write(new ResultsField("mx.one.test", null, [new MethodResult("dkim", null, "fail", null, [new ResultProperty("header", "d", value)])]));
        Assert.Equal($"mx.one.test;\r\n\tdkim=fail\r\n\t {written}", text);
    }

    [Fact]
    public void Whatever_is_written_reads_as_one_result_with_the_same_parts()
    {
        var text = Gen.Elements("a", "\"", "\\", "\r\n", ";", "(", ")", "=", "@", " ", "é", "\0", "'", "spf=pass", ".", "/").ArrayOf().Select(string.Concat);
        Check.QuickThrowOnFailure(Prop.ForAll(text.Three().ToArbitrary(), parts =>
        {
            var written = ResultsWriter.Write(new ResultsField(parts.Item1 + "x", null, [new MethodResult("dkim", null, "pass", parts.Item2, [new ResultProperty("header", "d", parts.Item3)])]));
            var read = ResultsParser.Parse(written);
            return read is { IsMalformed: false, Results: [{ Method: "dkim", Result: "pass" } result] }
                && read.ServiceId == Kept(parts.Item1 + "x") && result.Reason == Kept(parts.Item2) && result.Value("header", "d") == Kept(parts.Item3)
                && System.Text.Ascii.IsValid(written) && written.Split("\r\n").Skip(1).All(line => line.StartsWith('\t'));
        }));
    }

    [Theory]
    [InlineData("mx.one.test; spf=pass")]
    [InlineData("MX.ONE.TEST.;spf=pass")]
    [InlineData("(a (nested;) comment)\r\n mx.one.test 1; spf=pass")]
    [InlineData("\"mx.one.test\"; spf=pass")]
    [InlineData("\"mx\\.one.test\"; spf=pass")]
    [InlineData("mx.one.test/1; spf=pass")]
    [InlineData("mx(x).one(y).test; spf=pass")]
    [InlineData("mx.one\r\n .test; spf=pass")]
    [InlineData("mx\r\n .one\r\n .test; spf=pass")]
    [InlineData("mx.one.test spf=pass")]
    [InlineData("(open mx.one.test; spf=pass")]
    [InlineData("mx\0.one.test; spf=pass")]
    [InlineData("=?utf-8?Q?mx=2Eone=2Etest?=; spf=pass")]
    [InlineData("ｍｘ.one.test; spf=pass")]
    [InlineData("bücher.test; spf=pass")]
    [InlineData("xn--bcher-kva.TEST; spf=pass")]
    public void A_field_in_our_name_is_found_through_its_disguise(string value)
    {
        var incoming = Incoming($"To: a@b.test\r\nAuthentication-Results: {value}\r\nSubject: x\r\n\r\nbody", out var message);
        Assert.Single(incoming.Forged);
        Assert.Empty(incoming.Claims);
        Assert.Equal("To: a@b.test\r\nSubject: x\r\n\r\nbody", Encoding.UTF8.GetString(incoming.Strip(message).Span));
    }

    [Theory]
    [InlineData("To: a@b.test\rAuthentication-Results: mx.one.test\r\n\r\nAuthentication-Results: mx.one.test\r\n", "To: a@b.test\r\n\r\nAuthentication-Results: mx.one.test\r\n")]
    [InlineData("To: a@b.test\rAuthentication-Results: mx.one.test\r\nSubject: x\r\n\r\n", "To: a@b.test\r\nSubject: x\r\n\r\n")]
    [InlineData("Authentication-Results: mx.one.test\r\n\r\nAuthentication-Results: mx.one.test\r\n", "X-Results-Removed:\r\n\r\nAuthentication-Results: mx.one.test\r\n")]
    [InlineData("\r\nAuthentication-Results: mx.one.test\r\nAuthentication-Results: mx.one.test\r\n\r\nbody", "\r\nX-Results-Removed:\r\n\r\nbody")]
    [InlineData("Authentication-Results: mx.one.test\r\nTo: a@b.test\r\n\r\nbody", "To: a@b.test\r\n\r\nbody")]
    [InlineData("\r\n\uFEFFAuthentication-Results: mx.one.test\r\n\r\nAuthentication-Results: mx.one.test\r\n", "\r\n\uFEFFX-Results-Removed:\r\n\r\nAuthentication-Results: mx.one.test\r\n")]
    [InlineData("X: y\r\r\nAuthentication-Results: mx.one.test\r\n\r\nbody", "X: y\r\r\n\r\nbody")]
    public void What_stands_in_the_body_stays_in_the_body(string message, string stripped)
    {
        var incoming = Incoming(message, out var octets);
        var kept = incoming.Strip(octets);
        Assert.Equal(stripped, Encoding.UTF8.GetString(kept.Span));
        Assert.Empty(IncomingResults.Read(kept.Span, ["mx.one.test"]).Forged);
    }

    [Theory]
    [InlineData("Authentication-Results : mx.one.test; spf=pass")]
    [InlineData("authentication-results\r\n : mx.one.test; spf=pass")]
    [InlineData("Authentication\0-Results: mx.one.test; spf=pass")]
    public void An_odd_name_hides_nothing(string field) => Assert.Single(Incoming($"To: a@b.test\r\n{field}\r\n\r\nbody", out _).Forged);

    [Theory]
    [InlineData("X: y\r\r\n")]
    [InlineData("X: y\r\r")]
    [InlineData("\r\n\uFEFF")]
    public void No_reading_of_the_header_hides_a_field_in_our_name(string before) =>
        Assert.Single(Incoming($"{before}Authentication-Results: mx.one.test; spf=pass\r\nTo: a@b.test\r\n\r\nbody", out _).Forged);

    [Fact]
    public void No_number_of_fields_hides_one_in_our_name()
    {
        var many = string.Concat(Enumerable.Repeat("A:\r\n", 10_000));
        var incoming = Incoming($"{many}Authentication-Results: mx.one.test; spf=pass\r\n\r\nbody", out var message);
        Assert.Single(incoming.Forged);
        Assert.Equal($"{many}\r\nbody", Encoding.UTF8.GetString(incoming.Strip(message).Span));
    }

    [Fact]
    public void Behind_more_fields_than_honest_mail_has_all_are_taken_out()
    {
        var incoming = Incoming(string.Concat(Enumerable.Repeat("Authentication-Results: mx.two.test; spf=pass\r\n", 600)) + "\r\nbody", out _);
        Assert.Equal((100, 100), (incoming.Forged.Count, incoming.Claims.Count));
    }

    [Theory]
    [InlineData("mx.two.test; spf=pass")]
    [InlineData("mx.one.test.two.test; spf=pass")]
    [InlineData("amx.one.test; spf=pass")]
    [InlineData("mx.two.test; spf=pass smtp.mailfrom=mx.one.test")]
    public void The_claims_of_others_are_kept_and_shown(string value)
    {
        var incoming = Incoming($"Authentication-Results: {value}\r\n\r\nAuthentication-Results: mx.one.test; spf=pass\r\n", out var message);
        Assert.Empty(incoming.Forged);
        Assert.Equal("spf", Assert.Single(Assert.Single(incoming.Claims).Field!.Results).Method);
        Assert.Equal(message, incoming.Strip(message));
    }

    private static string Kept(string text)
    {
        var bounded = text.Length > 255 ? text[..255] : text;
        return string.Concat(bounded.Select(c => c is >= ' ' and <= '~' ? c : '?'));
    }

    private static IncomingResults Incoming(string text, out ReadOnlyMemory<byte> message)
    {
        message = Encoding.UTF8.GetBytes(text);
        return IncomingResults.Read(message.Span, ["mx.one.test", "bücher.test"]);
    }

    private static ResultsField Parse(string value) => ResultsParser.Parse(value) ?? throw new InvalidOperationException("no field");
}
