using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Links;
using Platform.Engine.Tests.Authentication.Dmarc;

namespace Platform.Engine.Tests.Authentication;

public sealed class AuthenticatorTests
{
    private const string Own = "192.0.2.1";
    private const string Stranger = "192.0.2.66";

    private readonly DnsTable _dns = new()
    {
        ["one.test"] = [$"v=spf1 ip4:{Own} -all"],
        ["mx.one.test"] = [$"v=spf1 ip4:{Own} -all"],
        ["_dmarc.one.test"] = ["v=DMARC1; p=reject"],
        ["attacker.test"] = ["v=spf1 +all"],
        ["_dmarc.attacker.test"] = ["v=DMARC1; p=none"],
    };

    [Fact]
    public async Task Mail_from_the_owners_server_passes()
    {
        var report = await RunAsync("From: a@one.test", Own, "a@one.test");
        Assert.Equal((AuthenticationResult.Pass, true), (report.Dmarc.Result, report.Dmarc.IsSpfAligned));
        Assert.Contains("spf=pass\r\n\t smtp.mailfrom=a@one.test;\r\n", report.ResultsValue, StringComparison.Ordinal);
        Assert.EndsWith("dmarc=pass\r\n\t header.from=one.test\r\n\t policy.dmarc=reject", report.ResultsValue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bounce_passes_by_the_name_of_the_server()
    {
        var report = await RunAsync("From: postmaster@one.test", Own, "");
        Assert.Equal(AuthenticationResult.Pass, report.Dmarc.Result);
        Assert.Contains("smtp.helo=mx.one.test", report.ResultsValue, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: x@attacker.test\r\nFrom: ceo@one.test", AuthorFault.SeveralFields)]
    [InlineData("From: x@attacker.test\r\nFrom : ceo@one.test", AuthorFault.SeveralFields)]
    [InlineData("From: x@attacker.test, ceo@one.test", AuthorFault.SeveralDomains)]
    [InlineData("From: <x@attacker.test>ceo@one.test", AuthorFault.SeveralDomains)]
    [InlineData("From: x@attacker.test\0 <ceo@one.test>", AuthorFault.SeveralDomains)]
    public async Task A_second_author_lends_no_pass_and_takes_no_policy_away(string header, AuthorFault fault)
    {
        var report = await RunAsync(header, Stranger, "x@attacker.test");
        Assert.Equal((fault, AuthenticationResult.Fail, DmarcPolicy.Reject), (report.Author.Fault, report.Dmarc.Result, report.Dmarc.AppliedPolicy));
        Assert.Contains(report.Author.Addresses, shown => shown.Address == "ceo@one.test");
    }

    [Fact]
    public async Task Several_authors_who_would_each_pass_are_an_error_and_no_pass()
    {
        _dns["other.test"] = ["v=spf1 +all"];
        var report = await RunAsync("From: a@attacker.test\r\nFrom: b@attacker.test", Stranger, "x@attacker.test");
        Assert.Equal((AuthenticationResult.PermError, DmarcPolicy.None), (report.Dmarc.Result, report.Dmarc.AppliedPolicy));
    }

    [Theory]
    [InlineData("any@one.test(a.attacker.test")]
    [InlineData("any@one.test'@a.attacker.test")]
    [InlineData("x@attacker.test; dmarc=pass header.from=one.test")]
    [InlineData("x\r\nFrom: ceo@one.test\r\n@attacker.test")]
    public async Task A_hostile_sender_stays_within_its_quotes(string mailFrom)
    {
        var report = await RunAsync("From: ceo@one.test", Stranger, mailFrom);
        Assert.Equal(AuthenticationResult.Fail, report.Dmarc.Result);
        var read = Platform.Engine.Authentication.Results.ResultsParser.Parse(report.ResultsValue);
        Assert.Equal(["spf", "spf", "dkim", "dmarc"], read!.Results.Select(result => result.Method));
        Assert.All(report.ResultsValue.Split("\r\n").Skip(1), line => Assert.StartsWith("\t", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_client_SPF_is_not_checked()
    {
        var report = await RunAsync("From: a@one.test", null, null);
        Assert.Null(report.MailFrom);
        Assert.Equal(AuthenticationResult.Fail, report.Dmarc.Result);
    }

    [Fact]
    public async Task Results_in_our_name_are_found_and_those_of_others_kept()
    {
        var report = await RunAsync("Authentication-Results: MX.receiver.test; dmarc=pass\r\nAuthentication-Results: mx.other.test; dmarc=pass\r\nFrom: a@one.test", Stranger, "x@attacker.test");
        Assert.Single(report.Incoming.Forged);
        Assert.Equal("mx.other.test", Assert.Single(report.Incoming.Claims).Field?.ServiceId);
        Assert.Equal(AuthenticationResult.Fail, report.Dmarc.Result);
    }

    private async Task<AuthenticationReport> RunAsync(string header, string? client, string? mailFrom)
    {
        var message = Encoding.UTF8.GetBytes($"{header}\r\nTo: b@receiver.test\r\n\r\nbody\r\n");
        var envelope = new Envelope(client, null, client is null ? null : "mx.one.test", mailFrom, ["b@receiver.test"]);
        return await new Authenticator(new AuthenticatorOptions("mx.receiver.test")).AuthenticateAsync(message, envelope, _dns, OrganisationalDomain.Embedded, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
    }
}
