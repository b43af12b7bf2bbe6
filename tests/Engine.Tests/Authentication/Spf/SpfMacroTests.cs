using System.Net;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Tests.Authentication.Spf;

public sealed class SpfMacroTests
{
    [Theory]
    [InlineData("%{s}.x.test", "first.last+tag@mail.sender.test.x.test")]
    [InlineData("%{l}.x.test", "first.last+tag.x.test")]
    [InlineData("%{l1}.x.test", "last+tag.x.test")]
    [InlineData("%{lr}.x.test", "last+tag.first.x.test")]
    [InlineData("%{l1r}.x.test", "first.x.test")]
    [InlineData("%{l+}.x.test", "first.last.tag.x.test")]
    [InlineData("%{l2r.+}.x.test", "last.first.x.test")]
    [InlineData("%{l9}.x.test", "first.last+tag.x.test")]
    [InlineData("%{L}.x.test", "first.last%2Btag.x.test")]
    [InlineData("%{o}", "mail.sender.test")]
    [InlineData("%{d}", "mail.sender.test")]
    [InlineData("%{d2}", "sender.test")]
    [InlineData("%{dr}", "test.sender.mail")]
    [InlineData("%{D1R}.x.test", "mail.x.test")]
    [InlineData("%{i}.x.test", "192.0.2.7.x.test")]
    [InlineData("%{ir}.%{v}.arpa", "7.2.0.192.in-addr.arpa")]
    [InlineData("%{h}", "helo.test")]
    [InlineData("a%%b%_c%-d.x.test", "a%b c%20d.x.test")]
    [InlineData("x.test.", "x.test")]
    public async Task A_macro_expands_into_the_name_that_is_asked_for(string spec, string name)
    {
        var dns = new SpfDns($"mail.sender.test TXT v=spf1 exists:{spec}");

        await EvaluateAsync(dns, "first.last+tag@mail.sender.test");

        Assert.Equal((name, DnsType.A), dns.Questions[^1]);
    }

    [Fact]
    public async Task An_included_record_has_its_own_domain_and_the_same_sender()
    {
        var dns = new SpfDns("sender.test TXT v=spf1 include:other.test", "other.test TXT v=spf1 exists:%{d}.%{o}.x.test");

        await EvaluateAsync(dns, "a@sender.test");

        Assert.Equal("other.test.sender.test.x.test", dns.Questions[^1].Name);
    }

    [Fact]
    public async Task A_name_that_is_too_long_loses_labels_on_its_left()
    {
        var label = new string('b', 60);
        var dns = new SpfDns($"sender.test TXT v=spf1 exists:aaaaaaaaaa.{label}.{label}.{label}.{label}.test");

        await EvaluateAsync(dns, "a@sender.test");

        Assert.Equal($"{label}.{label}.{label}.{label}.test", dns.Questions[^1].Name);
    }

    [Theory]
    [InlineData(new[] { "7.2.0.192.in-addr.arpa PTR sub.sender.test", "7.2.0.192.in-addr.arpa PTR sender.test", "sender.test A 192.0.2.7", "sub.sender.test A 192.0.2.7" }, "sender.test")]
    [InlineData(new[] { "7.2.0.192.in-addr.arpa PTR other.test", "7.2.0.192.in-addr.arpa PTR sub.sender.test", "other.test A 192.0.2.7", "sub.sender.test A 192.0.2.7" }, "sub.sender.test")]
    [InlineData(new[] { "7.2.0.192.in-addr.arpa PTR other.test", "other.test A 192.0.2.7" }, "other.test")]
    [InlineData(new[] { "7.2.0.192.in-addr.arpa PTR sender.test", "sender.test A 192.0.2.8" }, "unknown")]
    [InlineData(new[] { "7.2.0.192.in-addr.arpa ! TimedOut" }, "unknown")]
    [InlineData(new[] { "7.2.0.192.in-addr.arpa PTR sender.test", "sender.test A 192.0.2.8", "7.2.0.192.in-addr.arpa PTR other.test", "other.test ! ServerFailure" }, "unknown")]
    public async Task The_name_of_the_client_is_a_validated_one(string[] lines, string name)
    {
        var dns = new SpfDns(["sender.test TXT v=spf1 exists:%{p}.x.test", .. lines]);

        await EvaluateAsync(dns, "a@sender.test");

        Assert.Equal($"{name}.x.test", dns.Questions[^1].Name);
    }

    [Theory]
    [InlineData("exists:%{l}.x.test")]
    [InlineData("include:%{l}.x.test")]
    [InlineData("a:%{s}.x.test")]
    public async Task A_term_with_a_local_part_beyond_ASCII_matches_nothing(string term)
    {
        var result = await EvaluateAsync(new SpfDns($"sender.test TXT v=spf1 {term} ~all"), "björn@sender.test");

        Assert.Equal(AuthenticationResult.SoftFail, result.Result);
    }

    [Theory]
    [InlineData("Refused: %{s} from %{c} at %{r}, %{t}. See http://x.test/?h=%{H}%_", "Refused: a&b@sender.test from 192.0.2.7 at mx.receiver.test, 1700000000. See http://x.test/?h=helo.test ")]
    [InlineData("%{L}", "a%26b")]
    [InlineData("plain", "plain")]
    [InlineData("%{x}", null)]
    [InlineData("50% off", null)]
    [InlineData("caf\u00e9", null)]
    [InlineData("line\r\nbreak", null)]
    public async Task An_explanation_is_printable_ASCII_or_none(string text, string? expected)
    {
        var result = await EvaluateAsync(new SpfDns("sender.test TXT v=spf1 -all exp=why.test", $"why.test TXT {text}"), "a&b@sender.test");

        Assert.Equal(expected, result.Explanation);
    }

    [Theory]
    [InlineData("why.test ! TimedOut")]
    [InlineData("why.test A 192.0.2.1")]
    [InlineData("other.test A 192.0.2.1")]
    public async Task A_failure_to_get_an_explanation_leaves_the_result(string line)
    {
        var result = await EvaluateAsync(new SpfDns("sender.test TXT v=spf1 a:n1.test a:n2.test -all exp=why.test", line), "a@sender.test");

        Assert.Equal((AuthenticationResult.Fail, null), (result.Result, result.Explanation));
    }

    [Fact]
    public async Task Two_texts_are_no_explanation()
    {
        var result = await EvaluateAsync(new SpfDns("sender.test TXT v=spf1 -all exp=why.test", "why.test TXT one", "why.test TXT two"), "a@sender.test");

        Assert.Null(result.Explanation);
    }

    [Fact]
    public async Task A_sender_cannot_break_the_line_of_an_explanation()
    {
        var result = await EvaluateAsync(new SpfDns("sender.test TXT v=spf1 -all exp=why.test", "why.test TXT %{l} is not allowed"), "a\r\n250 ok@sender.test");

        Assert.Null(result.Explanation);
    }

    [Fact]
    public async Task An_explanation_is_bounded()
    {
        var text = string.Concat(Enumerable.Repeat("%{s}", 16_000));

        var result = await EvaluateAsync(new SpfDns("sender.test TXT v=spf1 -all exp=why.test", $"why.test TXT {text}"), $"{new string('a', 500)}@sender.test");

        Assert.Equal(1_000, result.Explanation!.Length);
    }

    [Theory]
    [InlineData("v=spf1 redirect=other.test exp=mine.test", "theirs")]
    [InlineData("v=spf1 include:refuses.test exp=mine.test", null)]
    [InlineData("v=spf1 -include:passing.test exp=mine.test", "mine")]
    public async Task The_explanation_is_that_of_the_record_whose_directive_refuses(string record, string? expected)
    {
        var dns = new SpfDns(
            $"sender.test TXT {record}",
            "other.test TXT v=spf1 -all exp=theirs.test",
            "refuses.test TXT v=spf1 -all exp=theirs.test",
            "passing.test TXT v=spf1 all exp=theirs.test",
            "mine.test TXT mine",
            "theirs.test TXT theirs");

        var result = await EvaluateAsync(dns, "a@sender.test");

        Assert.Equal(expected, result.Explanation);
    }

    private static ValueTask<SpfResult> EvaluateAsync(SpfDns dns, string mailFrom)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        var query = new SpfQuery(IPAddress.Parse("192.0.2.7"), "helo.test", mailFrom) { Receiver = "mx.receiver.test" };
        return new SpfEvaluator(clock: clock).EvaluateAsync(query, dns, TestContext.Current.CancellationToken);
    }
}
