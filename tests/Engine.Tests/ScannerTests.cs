using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;
using Platform.Engine.Behaviour;
using Platform.Engine.Detectors;
using Platform.Engine.Links;
using Platform.Engine.Mail;
using Platform.Engine.Tests.Detectors;
using Platform.Engine.Tests.Detectors.Files;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests;

public sealed class ScannerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_ordinary_mail_is_clean()
    {
        var verdict = await ScanAsync(new TestMail { Text = "The minutes of our meeting are attached.", Files = [("minutes.pdf", TestFiles.Pdf("/Type /Catalog"))] });

        Assert.Equal((VerdictKind.Clean, null, 0), (verdict.Kind, verdict.Type, verdict.Score));
    }

    [Fact]
    public async Task A_newsletter_with_counted_links_on_another_domain_is_no_attack()
    {
        var verdict = await ScanAsync(new TestMail
        {
            From = "Garden Shop <news@garden-shop.example>",
            Subject = "Autumn offers: update your account and save",
            Headers = ["List-Unsubscribe: <https://click.mailer.example/u/1>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Reply-To: answers@mailer.example"],
            Html = "<div style=\"display:none\">Save now</div><a href=\"https://click.mailer.example/c/1\"><img src=\"https://cdn.mailer.example/a.png\"></a><p>Everything for your garden, sent to your door. Order now.</p><a href=\"https://click.mailer.example/c/2\">www.garden-shop.example</a> <a href=\"https://click.mailer.example/c/3\">Follow us on Facebook</a>",
        });

        Assert.Equal(VerdictKind.Bulk, verdict.Kind);
    }

    [Fact]
    public async Task A_password_reset_is_clean()
    {
        var verdict = await ScanAsync(new TestMail
        {
            From = "Partner <no-reply@partner.com>",
            Subject = "Reset your password",
            Html = "<p>Somebody asked to reset the password of your account. Click the button below within 24 hours to choose a new one. If it was not you, ignore this mail.</p><a href=\"https://www.partner.com/reset?t=1\">Choose a new password</a>",
        });

        Assert.Equal(VerdictKind.Clean, verdict.Kind);
    }

    [Fact]
    public async Task A_verdict_lists_what_a_script_would_do()
    {
        var verdict = await ScanAsync(new TestMail { Files = [("order.js", TestFiles.Text("new ActiveXObject('WScript.Shell').Run('cmd /c vssadmin delete shadows /all /quiet');"))] });

        var seen = verdict.Behaviours.First(seen => seen.Kind == BehaviourKind.DeleteShadowCopies);
        Assert.Equal(("T1490", AttackType.Ransomware), (seen.Technique, verdict.Type));
        Assert.Contains("vssadmin delete shadows", seen.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_phish_is_phishing_with_evidence_for_each_reason()
    {
        var verdict = await ScanAsync(Phish());

        Assert.Equal((VerdictKind.Phishing, AttackType.CredentialPhishing), (verdict.Kind, verdict.Type));
        Assert.All(verdict.Reasons, reason => Assert.NotEqual("", reason.Evidence.ToString()));
    }

    [Fact]
    public async Task The_test_virus_in_an_archive_is_malware()
    {
        var verdict = await ScanAsync(new TestMail { Files = [("files.zip", TestFiles.Zip(("eicar.txt", TestFiles.EicarTestFile)))] });

        Assert.Equal((VerdictKind.Malware, AttackType.Virus), (verdict.Kind, verdict.Type));
    }

    [Fact]
    public async Task A_change_of_bank_details_from_a_look_alike_is_fraud_or_imitation()
    {
        var verdict = await ScanAsync(new TestMail { From = "Taro <taro@nothwind.test>", Text = "振込先が変更となりましたのでご連絡いたします。", History = new History(true, 0, 0, [], [], ["northwind.test"]) });

        Assert.True(verdict.Kind.IsAttack());
    }

    [Fact]
    public async Task The_same_request_gives_the_same_verdict()
    {
        var first = await ScanAsync(Phish());
        var second = await ScanAsync(Phish());

        Assert.Equal(Print(first), Print(second));
    }

    [Fact]
    public async Task The_facts_name_what_lists_show()
    {
        var facts = (await ScanAsync(new TestMail { Text = "See https://partner.example/x", Files = [("a.zip", TestFiles.Zip(("b.txt", TestFiles.Text("hello"))))] })).Facts;

        Assert.Equal(("taro@partner.example", "Taro Yamada", "Meeting on Tuesday", "20261124.1@partner.example"), (facts.FromAddress, facts.FromName, facts.Subject, facts.MessageIdHeader));
        Assert.Equal(["a.zip", "a.zip/b.txt"], facts.Attachments.Select(file => file.Name));
        Assert.Equal("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", facts.Attachments[1].Sha256);
        Assert.Equal(["https://partner.example/x"], facts.Links);
    }

    [Fact]
    public async Task A_detector_that_fails_costs_only_its_own_sign()
    {
        var scanner = new Scanner(new MailReader(), null, [new Failing(), .. EngineParts.Detectors], TimeProvider.System);

        var verdict = await scanner.ScanAsync(Request(Phish()), Cancel);

        Assert.Equal(VerdictKind.Phishing, verdict.Kind);
        Assert.Contains("detector:failing", verdict.NotAsked);
    }

    [Fact]
    public async Task A_newer_suffix_list_tells_owners_apart()
    {
        var list = PublicSuffixFile.Read(["example", "cloud.example", .. Enumerable.Range(0, 100).Select(i => $"tld{i}")], "newer list");
        var mail = new TestMail { From = "a@one.cloud.example", Headers = ["Reply-To: b@two.cloud.example"] };

        var before = await Scanner.Create().ScanAsync(Request(mail), Cancel);
        var after = await Scanner.Create(domains: list).ScanAsync(Request(mail), Cancel);

        Assert.DoesNotContain(before.Reasons, reason => reason.Id == "reply-to-mismatch");
        Assert.Contains(after.Reasons, reason => reason.Id == "reply-to-mismatch");
    }

    [Fact]
    public async Task What_was_not_asked_is_said()
    {
        Assert.Equal(["dns", "feeds", "antivirus", "history", "network-data"], (await ScanAsync(new TestMail())).NotAsked);
    }

    [Fact]
    public async Task Detectors_stop_at_the_time_limit_and_say_so()
    {
        var clock = new FakeTimeProvider();
        var scanner = new Scanner(new MailReader(), null, [new Slow(clock), .. EngineParts.Detectors], clock);

        var verdict = await scanner.ScanAsync(Request(Phish()), Cancel);

        Assert.Equal(["limit-reached"], verdict.Reasons.Select(reason => reason.Id));
        Assert.Contains("limit-time", verdict.NotAsked);
    }

    [Fact]
    public async Task A_message_that_outlasts_the_reader_is_not_called_read()
    {
        var clock = new FakeTimeProvider();
        var scanner = new Scanner(new Endless(clock), null, EngineParts.Detectors, clock);

        var verdict = await scanner.ScanAsync(Request(new TestMail()), Cancel);

        Assert.Contains(verdict.Reasons, reason => reason.Id == "limit-reached");
    }

    [Fact]
    public async Task Cancelling_ends_the_scan()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Scanner.Create().ScanAsync(Request(new TestMail()), cancelled.Token));
    }

    [Fact]
    public void Any_bytes_get_a_verdict()
    {
        var scanner = Scanner.Create();
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), async bytes => (await ScanAsync(scanner, bytes)) is { Score: >= 0 and <= 100 }));
    }

    [Fact]
    public void A_damaged_hostile_mail_still_gets_a_verdict_and_no_detector_fails()
    {
        var scanner = Scanner.Create();
        var mail = (Phish() with { Files = [("a.pdf", TestFiles.Pdf("/S /J#61vaScript")), ("b.docm", TestFiles.Word(("word/vbaProject.bin", [1]))), ("c.html", TestFiles.Text("<script>atob('')</script>"))] }).ToBytes();
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, mail.Length - 1).ToArbitrary(), ArbMap.Default.ArbFor<byte>(), async (at, value) =>
        {
            byte[] damaged = [.. mail];
            damaged[at] = value;
            return !(await ScanAsync(scanner, damaged)).NotAsked.Any(id => id.StartsWith("detector:", StringComparison.Ordinal));
        }));
    }

    private static TestMail Phish() => new()
    {
        From = "PayPal <service@secure-login.test>",
        Subject = "Your account has been limited",
        Html = "<p>We noticed unusual activity. Please verify your account within 24 hours or it will be closed.</p><a href=\"http://198.51.100.7/x\">https://www.paypal.com/signin</a>",
    };

    private static string Print(Verdict verdict) => string.Join('\n', verdict.Reasons.Select(reason => $"{reason.Id} {reason.Weight} {reason.Evidence} {string.Join(',', reason.Arguments.OrderBy(pair => pair.Key, StringComparer.Ordinal))}").Append($"{verdict.Kind} {verdict.Type} {verdict.Score}"));

    [Theory]
    [InlineData("From: a@acme.test", "a@acme.test")]
    [InlineData("From: \"b@x.test\" <a@acme.test>", "a@acme.test")]
    [InlineData("From: a@acme.test, b@acme.test", "a@acme.test b@acme.test")]
    [InlineData("From: a@acme.test\r\nSender: s@acme.test", "a@acme.test s@acme.test")]
    [InlineData("From: \u65e5 <a@acme.test>", "a@acme.test")]
    [InlineData("From: a@acme.test\r\nFrom: b@acme.test", "")]
    [InlineData("From: a@acme.test, b@x.test", "")]
    [InlineData("From : b@acme.test\r\nFrom: a@acme.test", "")]
    [InlineData("From: <b@x.test> <a@acme.test>", "")]
    [InlineData("From: a@acme.test <a@acme.test>", "a@acme.test")]
    [InlineData("From: b@x.test <a@acme.test>", "")]
    [InlineData("Subject: nobody", "")]
    public async Task Mail_that_goes_out_tells_whom_it_says_to_be_from_however_it_is_read(string fields, string authors)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(fields + "\r\n\r\nHello\r\n");
        var request = new ScanRequest(bytes, Envelope.None with { Direction = MailDirection.Outbound }, ScanContext.Offline(TestMail.Now));

        Assert.Equal(authors, string.Join(' ', (await Scanner.Create().ScanAsync(request, CancellationToken.None)).Authors));
        Assert.Empty((await Scanner.Create().ScanAsync(request with { Envelope = Envelope.None }, CancellationToken.None)).Authors);
    }

    [Fact]
    public async Task An_author_behind_more_than_is_read_makes_it_nobodys()
    {
        foreach (var fields in new[]
        {
            "From: " + string.Join(", ", Enumerable.Range(0, 100).Select(i => $"a+{i}@acme.test")) + "\r\nSender: b@x.test",
            "From: a@acme.test\r\n" + string.Concat(Enumerable.Repeat("Resent-From: nobody\r\n", 101)) + "Sender: b@x.test",
            "From: a@acme.test\r\nSender: " + string.Join(", ", Enumerable.Range(0, 101).Select(i => $"a+{i}@acme.test")) + ", b@x.test",
        })
        {
            var request = new ScanRequest(System.Text.Encoding.ASCII.GetBytes(fields + "\r\n\r\nHello\r\n"), Envelope.None with { Direction = MailDirection.Outbound }, ScanContext.Offline(TestMail.Now));
            Assert.Empty((await Scanner.Create().ScanAsync(request, CancellationToken.None)).Authors);
        }
    }

    private static ScanRequest Request(TestMail mail) => new(mail.ToBytes(), mail.Envelope, mail.Context);

    private static async Task<Verdict> ScanAsync(TestMail mail) => await Scanner.Create().ScanAsync(Request(mail), Cancel);

    private static async Task<Verdict> ScanAsync(Scanner scanner, byte[] bytes) => await scanner.ScanAsync(new ScanRequest(bytes, Envelope.None, ScanContext.Offline(TestMail.Now)), CancellationToken.None);

    private sealed class Failing : IDetector
    {
        public IReadOnlyList<SignDescription> Signs => [];

        public IEnumerable<Sign> Inspect(DetectionInput input) => throw new InvalidOperationException("as if a detector had a bug");
    }

    private sealed class Slow(FakeTimeProvider clock) : IDetector
    {
        public IReadOnlyList<SignDescription> Signs => [];

        public IEnumerable<Sign> Inspect(DetectionInput input)
        {
            clock.Advance(TimeSpan.FromSeconds(11));
            return [];
        }
    }

    private sealed class Endless(FakeTimeProvider clock) : IMailReader
    {
        public MailMessage Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken)
        {
            clock.Advance(TimeSpan.FromSeconds(21));
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException("the time limit did not reach the reader");
        }
    }
}
