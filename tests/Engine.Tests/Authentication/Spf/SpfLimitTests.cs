using System.Net;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Tests.Authentication.Spf;

public sealed class SpfLimitTests
{
    [Theory]
    [InlineData(10, AuthenticationResult.Pass)]
    [InlineData(11, AuthenticationResult.PermError)]
    public async Task Ten_terms_may_ask_DNS(int terms, AuthenticationResult expected)
    {
        var result = await EvaluateAsync($"sender.test TXT v=spf1{Repeat(" a:there.test", terms)} all", "there.test A 192.0.2.200");

        Assert.Equal((expected, terms), (result.Result, result.Lookups));
    }

    [Fact]
    public async Task Terms_of_included_records_count_too()
    {
        var result = await EvaluateAsync(
            "sender.test TXT v=spf1 include:inner.test a:there.test all",
            $"inner.test TXT v=spf1{Repeat(" a:there.test", 9)}",
            "there.test A 192.0.2.200");

        Assert.Equal(AuthenticationResult.PermError, result.Result);
        Assert.Equal(["include:inner.test", "a:there.test"], result.Check.Lookups.Select(lookup => lookup.Term));
        Assert.Equal([2, 3, 4, 5, 6, 7, 8, 9, 10], result.Check.Lookups[0].Check!.Lookups.Select(lookup => lookup.Number));
    }

    [Fact]
    public async Task A_redirect_over_the_limit_is_not_followed()
    {
        var dns = new SpfDns($"sender.test TXT v=spf1{Repeat(" a:there.test", 10)} redirect=next.test", "there.test A 192.0.2.200", "next.test TXT v=spf1 all");

        var result = await EvaluateAsync(dns);

        Assert.Equal(AuthenticationResult.PermError, result.Result);
        Assert.DoesNotContain(("next.test", DnsType.Txt), dns.Questions);
    }

    [Theory]
    [InlineData("a:no1.test a:no2.test", AuthenticationResult.Pass)]
    [InlineData("a:no1.test exists:no2.test a:no3.test", AuthenticationResult.PermError)]
    [InlineData("a:no1.test mx:there.test exists:six.test", AuthenticationResult.PermError)]
    [InlineData("a:no1.test ptr a:no3.test", AuthenticationResult.PermError)]
    [InlineData("a:no1.test a:no2.test include:absent.test", AuthenticationResult.PermError)]
    public async Task Two_terms_may_find_nothing(string terms, AuthenticationResult expected)
    {
        var result = await EvaluateAsync($"sender.test TXT v=spf1 {terms} all", "there.test A 192.0.2.200", "six.test AAAA 2001:db8::1");

        Assert.Equal(expected, result.Result);
    }

    [Fact]
    public async Task A_mechanism_counts_once_however_many_of_its_hosts_have_no_address()
    {
        var result = await EvaluateAsync("sender.test TXT v=spf1 mx all", "sender.test MX 1 a.test", "sender.test MX 2 b.test", "sender.test MX 3 c.test");

        Assert.Equal((AuthenticationResult.Pass, 1), (result.Result, result.VoidLookups));
    }

    [Theory]
    [InlineData(10, AuthenticationResult.Pass)]
    [InlineData(11, AuthenticationResult.PermError)]
    public async Task Ten_exchangers_may_be_asked_for(int count, AuthenticationResult expected)
    {
        var hosts = Enumerable.Range(1, count).SelectMany(i => new[] { $"sender.test MX {i} h{i}.test", $"h{i}.test A 198.51.100.{i}" });

        var result = await EvaluateAsync(["sender.test TXT v=spf1 mx all", .. hosts]);

        Assert.Equal(expected, result.Result);
    }

    [Fact]
    public async Task The_order_in_which_DNS_gives_exchangers_does_not_matter()
    {
        string[] hosts = [.. Enumerable.Range(1, 11).SelectMany(i => new[] { $"sender.test MX 5 h{i}.test", $"h{i}.test A 192.0.2.{i}" })];

        var one = await EvaluateAsync(["sender.test TXT v=spf1 mx -all", .. hosts]);
        var other = await EvaluateAsync(["sender.test TXT v=spf1 mx -all", .. hosts.Reverse()]);

        Assert.Equal(one.Result, other.Result);
    }

    [Theory]
    [InlineData(10, AuthenticationResult.Pass)]
    [InlineData(11, AuthenticationResult.Fail)]
    public async Task Of_the_names_of_a_client_ten_are_looked_at(int position, AuthenticationResult expected)
    {
        var names = Enumerable.Range(1, position).Select(i => $"7.2.0.192.in-addr.arpa PTR h{i}.sender.test");

        var result = await EvaluateAsync(["sender.test TXT v=spf1 ptr -all", .. names, $"h{position}.sender.test A 192.0.2.7"]);

        Assert.Equal(expected, result.Result);
    }

    [Fact]
    public async Task A_record_that_asks_for_much_is_answered_within_few_questions()
    {
        var names = Enumerable.Range(1, 50).Select(i => $"7.2.0.192.in-addr.arpa PTR h{i}.evil.test");
        var dns = new SpfDns(["sender.test TXT v=spf1" + Repeat(" a:%{p}.%{p}.sender.test", 2_000) + " -all", .. names, "unknown.unknown.sender.test A 192.0.2.200"]);

        var result = await EvaluateAsync(dns);

        Assert.Equal(AuthenticationResult.PermError, result.Result);
        Assert.InRange(dns.Questions.Count, 1, 25);
    }

    [Fact]
    public async Task Limits_can_be_set()
    {
        var evaluator = new SpfEvaluator(new SpfLimits { MaxLookups = 1 });

        var result = await evaluator.EvaluateAsync(
            new SpfQuery(IPAddress.Parse("192.0.2.7"), "h.test", "a@sender.test"), new SpfDns("sender.test TXT v=spf1 mx mx all", "sender.test MX 1 "), TestContext.Current.CancellationToken);

        Assert.Equal(AuthenticationResult.PermError, result.Result);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static ValueTask<SpfResult> EvaluateAsync(params string[] lines) => EvaluateAsync(new SpfDns(lines));

    private static ValueTask<SpfResult> EvaluateAsync(SpfDns dns) =>
        new SpfEvaluator().EvaluateAsync(new SpfQuery(IPAddress.Parse("192.0.2.7"), "h.test", "a@sender.test"), dns, TestContext.Current.CancellationToken);
}
