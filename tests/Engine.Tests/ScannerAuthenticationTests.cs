using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests;

public sealed class ScannerAuthenticationTests
{
    private static readonly TextZone s_zone = new(("partner.example", "v=spf1 ip4:203.0.113.9 -all"), ("_dmarc.partner.example", "v=DMARC1; p=reject"));
    private static readonly TestMail s_mail = new() { Envelope = new Envelope("203.0.113.9", null, "mail.partner.example", "taro@partner.example", ["info@acme.test"]) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scan_that_may_ask_tells_who_vouches_for_the_sender()
    {
        var verdict = await Online(s_zone).ScanAsync(Request(s_mail), Cancel);

        Assert.Equal((AuthenticationResult.Pass, "partner.example"), (verdict.Authentication!.Spf!.Result, verdict.Authentication.Spf.Domain));
        Assert.Equal((AuthenticationResult.Pass, "partner.example"), (verdict.Authentication.Dmarc.Result, verdict.Authentication.Dmarc.Domain));
        Assert.DoesNotContain("dns", verdict.NotAsked);
    }

    [Fact]
    public async Task A_scan_offline_authenticates_nobody_and_says_so()
    {
        var verdict = await Scanner.Create().ScanAsync(Request(s_mail), Cancel);

        Assert.Null(verdict.Authentication);
        Assert.Contains("dns", verdict.NotAsked);
    }

    [Fact]
    public async Task A_scan_over_the_answers_of_an_earlier_one_gives_the_same_and_asks_nobody()
    {
        var first = await Online(s_zone).ScanAsync(Request(s_mail), Cancel);
        var silent = new TextZone();

        var again = await Online(silent).ScanAsync(Request(s_mail, first.Dns), Cancel);

        Assert.Equivalent(first, again, strict: true);
        Assert.Equal(0, silent.Asked);
    }

    [Fact]
    public async Task More_questions_than_a_message_may_cause_are_not_asked_and_that_is_said()
    {
        var request = Request(s_mail) with { Limits = ScanLimits.Default with { MaxDnsQuestions = 1 } };

        var verdict = await Online(s_zone).ScanAsync(request, Cancel);

        Assert.Contains("dns", verdict.NotAsked);
        Assert.Equal(AuthenticationResult.TempError, verdict.Authentication!.Dmarc.Result);
    }

    [Fact]
    public async Task Mail_going_out_is_nobodys_sender_to_doubt()
    {
        var mail = s_mail with { Envelope = s_mail.Envelope with { Direction = MailDirection.Outbound } };

        Assert.Null((await Online(s_zone).ScanAsync(Request(mail), Cancel)).Authentication);
    }

    [Fact]
    public async Task Behind_a_relay_of_the_tenant_the_host_it_wrote_down_is_checked()
    {
        var mail = s_mail with
        {
            Envelope = s_mail.Envelope with { ClientAddress = "198.51.100.7" },
            Headers = ["Received: from mail.partner.example ([203.0.113.9]) by relay.acme.test; Tue, 24 Nov 2026 20:55:00 +0900"],
        };
        var request = Request(mail);

        var verdict = await Online(s_zone).ScanAsync(request with { Context = request.Context with { TrustedHops = ["198.51.100.0/24"] } }, Cancel);

        Assert.Equal(AuthenticationResult.Pass, verdict.Authentication!.Spf!.Result);
        Assert.Null(verdict.Authentication.Helo);
    }

    [Fact]
    public async Task A_file_has_no_connection_to_check()
    {
        var verdict = await Online(s_zone).ScanAsync(Request(s_mail with { Envelope = Envelope.None }), Cancel);

        Assert.Null(verdict.Authentication!.Spf);
    }

    private static Scanner Online(IDnsResolver resolver) => Scanner.Create(resolver: resolver);

    private static ScanRequest Request(TestMail mail, DnsSnapshot? dns = null) => new(mail.ToBytes(), mail.Envelope, mail.Context with { Dns = dns });
}
