using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Tests.Authentication.Dkim;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class AuthenticationRiskTests
{
    private const string Client = "203.0.113.9";

    private static readonly string[] s_ours = ["dmarc-fail-own", "dmarc-fail", "dmarc-undecided", "author-doubtful", "results-forged", "dkim-text-added", "dkim-field-added"];

    [Theory]
    [InlineData("v=DMARC1; p=reject", "dmarc-fail")]
    [InlineData("v=DMARC1; p=quarantine", "dmarc-fail")]
    [InlineData("v=DMARC1; p=none", null)]
    [InlineData("v=spf1 -all", null)]
    public async Task The_owner_of_the_author_domain_is_heard(string dmarc, string? sign)
    {
        var signs = await SignsAsync(new TestMail { From = "x@bank.example", Envelope = From("x@evil.example") }, ("_dmarc.bank.example", dmarc), ("evil.example", $"v=spf1 ip4:{Client} -all"));

        Assert.Equal(sign is null ? [] : [sign], signs);
    }

    [Fact]
    public async Task The_own_domain_without_proof_weighs_more_whatever_its_policy()
    {
        var signs = await SignsAsync(new TestMail { From = "boss@acme.test", Envelope = From("x@evil.example") }, ("_dmarc.acme.test", "v=DMARC1; p=none"));

        Assert.Equal(["dmarc-fail-own"], signs);
    }

    [Fact]
    public async Task A_members_post_that_a_list_returns_is_not_of_the_own_domain()
    {
        var post = new TestMail { From = "boss@acme.test", Envelope = From("bounces@lists.example"), Headers = ["List-Id: <talk.lists.example>", "List-Post: <mailto:talk@lists.example>"] };

        Assert.Empty(await SignsAsync(post, ("_dmarc.acme.test", "v=DMARC1; p=none")));
    }

    [Fact]
    public async Task A_proven_author_is_no_sign() =>
        Assert.Empty(await SignsAsync(new TestMail { From = "x@bank.example", Envelope = From("x@bank.example") }, ("_dmarc.bank.example", "v=DMARC1; p=reject"), ("bank.example", $"v=spf1 ip4:{Client} -all")));

    [Fact]
    public async Task Without_a_connection_nobody_knows_whether_SPF_would_have_vouched() =>
        Assert.Empty(await SignsAsync(new TestMail { From = "x@bank.example" }, ("_dmarc.bank.example", "v=DMARC1; p=reject")));

    [Fact]
    public async Task Without_an_answer_nothing_is_disproved()
    {
        var mail = new TestMail { From = "x@bank.example", Envelope = From("x@bank.example") };
        var scan = new ScanRequest(mail.ToBytes(), mail.Envelope, mail.Context with { Dns = DnsSnapshot.Empty });

        var verdict = await Scanner.Create().ScanAsync(scan, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(verdict.Reasons, reason => s_ours.Contains(reason.Id));
    }

    [Fact]
    public async Task A_sender_that_uses_up_the_questions_does_not_hide_what_the_owner_asks_for()
    {
        var greedy = Enumerable.Range(0, 9).Select(number => ($"i{number}.evil.example", $"v=spf1 ?exists:a{number}.evil.example -all"));
        var mail = new TestMail { From = "x@bank.example", Envelope = From("x@evil.example"), Headers = ["DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=none; h=from; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA"] };
        var scanner = Scanner.Create(resolver: new TextZone([("_dmarc.bank.example", "v=DMARC1; p=reject"), ("evil.example", "v=spf1 include:i0.evil.example include:i1.evil.example -all"), .. greedy]));
        var request = new ScanRequest(mail.ToBytes(), mail.Envelope, mail.Context) { Limits = ScanLimits.Default with { MaxDnsQuestions = 3 } };

        var verdict = await scanner.ScanAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(["dmarc-undecided"], verdict.Reasons.Select(reason => reason.Id).Where(id => s_ours.Contains(id)));
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject")]
    [InlineData("v=DMARC1; p=none; np=reject")]
    public async Task A_sender_that_uses_up_the_questions_does_not_hide_the_policy_of_a_domain_above(string dmarc)
    {
        var greedy = Enumerable.Range(0, 9).Select(number => ($"i{number}.evil.example", $"v=spf1 ?exists:a{number}.evil.example -all"));
        var mail = new TestMail { From = "x@ceo.office.bank.example", Envelope = From("x@evil.example") };
        var scanner = Scanner.Create(resolver: new TextZone([("_dmarc.bank.example", dmarc), ("evil.example", "v=spf1 include:i0.evil.example include:i1.evil.example -all"), .. greedy]));
        var request = new ScanRequest(mail.ToBytes(), mail.Envelope, mail.Context) { Limits = ScanLimits.Default with { MaxDnsQuestions = 6 } };

        var verdict = await scanner.ScanAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(["dmarc-fail"], verdict.Reasons.Select(reason => reason.Id).Where(id => s_ours.Contains(id)));
    }

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.1 -all", true)]
    [InlineData("v=spf1 ip4:192.0.2.1 ~all", false)]
    [InlineData("v=spf1 ip4:203.0.113.9 -all", false)]
    public async Task The_own_domain_without_a_policy_is_still_known_by_its_servers(string spf, bool isSign) =>
        Assert.Equal(isSign ? ["dmarc-fail-own"] : [], await SignsAsync(new TestMail { From = "boss@acme.test", Envelope = From("boss@acme.test") }, ("acme.test", spf)));

    [Theory]
    [InlineData("", null)]
    [InlineData("Pay to account 1234567 instead.\r\n", "33")]
    public async Task Text_behind_the_signed_part_is_told_with_its_length(string added, string? octets)
    {
        var (message, body) = Signed("From", length => $" l={length};");

        var verdict = await ScanAsync($"{message}{body}{added}");

        Assert.Equal(AuthenticationResult.Pass, verdict.Authentication!.Dkim[0].Result);
        Assert.Equal(octets, verdict.Reasons.SingleOrDefault(reason => reason.Id == "dkim-text-added")?.Arguments["octets"]);
    }

    [Theory]
    [InlineData("From:Subject", "Subject: Urgent", "Subject")]
    [InlineData("From:Subject:To", "To: all@acme.test", "To")]
    [InlineData("From:Subject", "To: all@acme.test", null)]
    [InlineData("From:Subject:Message-ID", "Received: from a by b", null)]
    public async Task A_field_added_above_the_signed_one_is_told(string names, string added, string? field)
    {
        var (header, body) = Signed(names, _ => "");

        var verdict = await ScanAsync($"{added}\r\n{header}{body}");

        Assert.Equal(AuthenticationResult.Pass, verdict.Authentication!.Dkim[0].Result);
        Assert.Equal(field, verdict.Reasons.SingleOrDefault(reason => reason.Id == "dkim-field-added")?.Arguments["field"]);
    }

    // Signed by hand, since signers of ours neither limit the body nor leave room for a second field.
    private static (string Header, string Body) Signed(string names, Func<int, string> lengthTag)
    {
        var text = Encoding.UTF8.GetString(new TestMail { From = "x@bank.example" }.ToBytes());
        var start = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var (header, body) = (text[..start], text[start..]);
        var fields = string.Concat(names.Split(':').Select(name => header.Split("\r\n").Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal)) + "\r\n"));
        var unsigned = $"DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=bank.example; s=k; h={names};{lengthTag(body.Length)} bh={Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}; b=";
        var signature = SigningKeys.Rsa.SignData(Encoding.ASCII.GetBytes(fields + unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return ($"{unsigned}{Convert.ToBase64String(signature)}\r\n{header}", body);
    }

    private static async Task<Verdict> ScanAsync(string message)
    {
        var scanner = Scanner.Create(resolver: new TextZone([("k._domainkey.bank.example", SigningKeys.Record(SigningKeys.Rsa))]));
        return await scanner.ScanAsync(new ScanRequest(Encoding.UTF8.GetBytes(message), From("x@bank.example"), new TestMail().Context), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Authentication-Results: MX.acme.test; dmarc=pass", null, true)]
    [InlineData("Authentication-Results: mx.other.test; dmarc=pass", null, false)]
    [InlineData("Authentication-Results: mx.acme.test; dmarc=pass", "X-Inspection-Trace: mx.acme.test; message=1", false)]
    public async Task Results_in_our_name_that_came_along_are_a_forgery(string results, string? trace, bool isForged)
    {
        var mail = new TestMail { Headers = trace is null ? [results] : [trace, results], Envelope = From("taro@partner.example") };

        Assert.Equal(isForged ? ["results-forged"] : [], await SignsAsync(mail));
    }

    [Fact]
    public async Task Two_authors_of_which_readers_may_choose_are_noted()
    {
        var mail = new TestMail { From = "x@bank.example", Headers = ["From: y@evil.example"], Envelope = From("y@evil.example") };

        Assert.Contains("author-doubtful", await SignsAsync(mail, ("evil.example", $"v=spf1 ip4:{Client} -all")));
    }

    [Fact]
    public async Task The_evidence_is_what_stands_in_the_results_field()
    {
        var reasons = await ReasonsAsync(new TestMail { From = "x@bank.example", Envelope = From("x@evil.example") }, ("_dmarc.bank.example", "v=DMARC1; p=reject"));

        var evidence = reasons.Single(reason => reason.Id == "dmarc-fail").Evidence;
        Assert.Equal("Authentication-Results", evidence.Where);
        Assert.Contains("dmarc=fail", evidence.Value, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', evidence.Value);
    }

    private static Envelope From(string mailFrom) => new(Client, null, "mail.evil.example", mailFrom, ["info@acme.test"]);

    private static async Task<IEnumerable<string>> SignsAsync(TestMail mail, params (string Name, string Text)[] zone) =>
        (await ReasonsAsync(mail, zone)).Select(reason => reason.Id).Where(id => s_ours.Contains(id));

    private static async Task<IReadOnlyList<Reason>> ReasonsAsync(TestMail mail, params (string Name, string Text)[] zone)
    {
        var scanner = Scanner.Create(resolver: new TextZone(zone));
        return (await scanner.ScanAsync(new ScanRequest(mail.ToBytes(), mail.Envelope, mail.Context with { ServiceId = "mx.acme.test" }), TestContext.Current.CancellationToken)).Reasons;
    }
}
