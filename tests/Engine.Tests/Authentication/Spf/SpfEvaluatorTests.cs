using System.Net;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Tests.Authentication.Spf;

public sealed class SpfEvaluatorTests
{
    private const string Client = "192.0.2.7";

    [Theory]
    [InlineData("v=spf1 all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 ~all", AuthenticationResult.SoftFail)]
    [InlineData("v=spf1 ?all", AuthenticationResult.Neutral)]
    [InlineData("v=spf1", AuthenticationResult.Neutral)]
    [InlineData("v=spf1 ip4:192.0.2.0/29 -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 ip4:192.0.2.0/30 -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 ip6:::/0 -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 a -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 a:other.test -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 a:other.test/24 -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 a:other.test//0 -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 mx -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 mx:exchanged.test -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 mx:null.test -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 ptr -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 ptr:named.test -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 ptr:amed.test -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 exists:other.test -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 exists:six.test -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 include:good.test -all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 include:bad.test ?all", AuthenticationResult.Neutral)]
    [InlineData("v=spf1 include:soft.test ?all", AuthenticationResult.Neutral)]
    [InlineData("v=spf1 include:empty.test -all", AuthenticationResult.Fail)]
    [InlineData("v=spf1 include:absent.test -all", AuthenticationResult.PermError)]
    [InlineData("v=spf1 include:wrong.test all", AuthenticationResult.PermError)]
    [InlineData("v=spf1 include:silent.test all", AuthenticationResult.TempError)]
    [InlineData("v=spf1 ~include:good.test -all", AuthenticationResult.SoftFail)]
    [InlineData("v=spf1 redirect=bad.test", AuthenticationResult.Fail)]
    [InlineData("v=spf1 redirect=bad.test all", AuthenticationResult.Pass)]
    [InlineData("v=spf1 redirect=absent.test", AuthenticationResult.PermError)]
    [InlineData("v=spf1 redirect=wrong.test", AuthenticationResult.PermError)]
    [InlineData("v=spf1 redirect=silent.test", AuthenticationResult.TempError)]
    [InlineData("v=spf1 redirect=sender.test", AuthenticationResult.PermError)]
    [InlineData("v=spf1 include:sender.test -all", AuthenticationResult.PermError)]
    [InlineData("v=spf1 a:silent.test all", AuthenticationResult.TempError)]
    [InlineData("v=spf1 mx:silent.test all", AuthenticationResult.TempError)]
    [InlineData("v=spf1 exists:silent.test all", AuthenticationResult.TempError)]
    [InlineData("v=spf1 all a:silent.test", AuthenticationResult.Pass)]
    [InlineData("v=spf1 all nonsense", AuthenticationResult.PermError)]
    public async Task The_first_mechanism_that_matches_gives_the_result(string record, AuthenticationResult expected)
    {
        var result = await EvaluateAsync(World(record), "a@sender.test");

        Assert.Equal(expected, result.Result);
    }

    [Theory]
    [InlineData("a@sender.test", "helo.test", SpfIdentity.MailFrom, "sender.test", AuthenticationResult.Pass)]
    [InlineData("a@SENDER.test.", "helo.test", SpfIdentity.MailFrom, "SENDER.test", AuthenticationResult.Pass)]
    [InlineData("sender.test", "helo.test", SpfIdentity.MailFrom, "sender.test", AuthenticationResult.Pass)]
    [InlineData("\"a@b\"@sender.test", "helo.test", SpfIdentity.MailFrom, "sender.test", AuthenticationResult.Pass)]
    [InlineData("", "bad.test", SpfIdentity.Helo, "bad.test", AuthenticationResult.Fail)]
    [InlineData("", "localhost", SpfIdentity.Helo, "localhost", AuthenticationResult.None)]
    [InlineData("", "", SpfIdentity.Helo, "", AuthenticationResult.None)]
    [InlineData("", "[192.0.2.7]", SpfIdentity.Helo, "[192.0.2.7]", AuthenticationResult.None)]
    [InlineData("a@", "bad.test", SpfIdentity.MailFrom, "", AuthenticationResult.None)]
    [InlineData("a@sender..test", "bad.test", SpfIdentity.MailFrom, "sender..test", AuthenticationResult.None)]
    [InlineData("a@sen der.test", "bad.test", SpfIdentity.MailFrom, "sen der.test", AuthenticationResult.None)]
    [InlineData("a@absent.test", "bad.test", SpfIdentity.MailFrom, "absent.test", AuthenticationResult.None)]
    [InlineData("a@six.test", "bad.test", SpfIdentity.MailFrom, "six.test", AuthenticationResult.None)]
    [InlineData("a@silent.test", "bad.test", SpfIdentity.MailFrom, "silent.test", AuthenticationResult.TempError)]
    [InlineData("a@twice.test", "bad.test", SpfIdentity.MailFrom, "twice.test", AuthenticationResult.PermError)]
    [InlineData("a@bücher.test", "bad.test", SpfIdentity.MailFrom, "xn--bcher-kva.test", AuthenticationResult.Fail)]
    public async Task The_domain_checked_is_that_of_MAIL_FROM_or_of_HELO_without_one(
        string mailFrom, string helo, SpfIdentity identity, string domain, AuthenticationResult expected)
    {
        var result = await EvaluateAsync(World("v=spf1 all"), mailFrom, helo);

        Assert.Equal((identity, domain, expected), (result.Identity, result.Domain, result.Result));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.7", "v=spf1 ip4:192.0.2.7 -all")]
    [InlineData("::ffff:192.0.2.7", "v=spf1 -ip6:::ffff:0:0/96 a -all")]
    [InlineData("2001:db8::7", "v=spf1 -ip4:0.0.0.0/0 ip6:2001:db8::/32 -all")]
    [InlineData("2001:db8::7", "v=spf1 a:six.test -all")]
    [InlineData("2001:db8::9", "v=spf1 -a:six.test a:six.test/0//64 -all")]
    [InlineData("2001:db8::7", "v=spf1 exists:other.test -all")]
    [InlineData("2001:db8::7", "v=spf1 exists:%{ir}.%{v}.arpa.test -all")]
    public async Task A_client_has_one_family(string client, string record)
    {
        var dns = World(record, "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.test A 127.0.0.2");

        var result = await EvaluateAsync(dns, "a@sender.test", client: client);

        Assert.Equal(AuthenticationResult.Pass, result.Result);
    }

    [Fact]
    public async Task The_result_names_the_mechanism_and_the_way_to_it()
    {
        var result = await EvaluateAsync(World("v=spf1 ip4:192.0.2.1 redirect=second.test", "second.test TXT v=spf1 include:good.test -all"), "a@sender.test");

        Assert.Equal(new SpfMatch("include:good.test", "second.test", new SpfMatch("a:sender.test", "good.test")), result.Match);
        var redirect = Assert.Single(result.Check.Lookups);
        Assert.Equal(("redirect=second.test", 1, "second.test", SpfOutcome.Match), (redirect.Term, redirect.Number, redirect.Target, redirect.Outcome));
        var include = Assert.Single(redirect.Check!.Lookups);
        Assert.Equal(("include:good.test", 2, AuthenticationResult.Pass), (include.Term, include.Number, include.Check!.Result));
        var address = Assert.Single(include.Check.Lookups);
        Assert.Equal(("a:sender.test", 3, SpfOutcome.Match), (address.Term, address.Number, address.Outcome));
        Assert.Equal([new SpfQuestion("sender.test", DnsType.A, DnsStatus.Found)], address.Questions);
        Assert.Equal((3, 0), (result.Lookups, result.VoidLookups));
    }

    [Fact]
    public async Task A_problem_is_told_in_a_sentence_about_the_record_at_fault()
    {
        var result = await EvaluateAsync(World("v=spf1 include:wrong.test all"), "a@sender.test");

        Assert.StartsWith("The record of wrong.test has a fault in 'ip4:300.0.0.1'", result.Problem);
        Assert.Null(result.Match);
    }

    [Fact]
    public async Task A_cancelled_evaluation_ends_by_its_token()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new SpfEvaluator().EvaluateAsync(
            new SpfQuery(IPAddress.Parse(Client), "h.test", "a@sender.test"), new CancelledDns(), source.Token));
    }

    private static SpfDns World(string record, params string[] more) => new(
    [
        $"sender.test TXT {record}",
        $"sender.test A {Client}",
        "other.test A 192.0.2.8",
        "exchanged.test MX 10 sender.test",
        "null.test MX 0 ",
        "7.2.0.192.in-addr.arpa PTR host.named.test",
        $"host.named.test A {Client}",
        "six.test AAAA 2001:db8::7",
        "good.test TXT v=spf1 a:sender.test -all",
        "bad.test TXT v=spf1 -all",
        "soft.test TXT v=spf1 ~all",
        "empty.test TXT v=spf1",
        "wrong.test TXT v=spf1 ip4:300.0.0.1",
        "twice.test TXT v=spf1 -all",
        "twice.test TXT v=spf1 all",
        "silent.test ! TimedOut",
        "xn--bcher-kva.test TXT v=spf1 -all",
        .. more,
    ]);

    private static ValueTask<SpfResult> EvaluateAsync(SpfDns dns, string mailFrom, string helo = "helo.test", string client = Client) =>
        new SpfEvaluator().EvaluateAsync(new SpfQuery(IPAddress.Parse(client), helo, mailFrom), dns, TestContext.Current.CancellationToken);

    private sealed class CancelledDns : IDnsResolver
    {
        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) => ValueTask.FromCanceled<DnsAnswer>(cancellationToken);
    }
}
