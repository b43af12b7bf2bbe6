using System.Text;
using ICSharpCode.SharpZipLib.Zip;
using Platform.Engine;
using Platform.Engine.Mail;
using Platform.Engine.Verdicts;
using Platform.Grains.Tests.Support;
using Platform.Scanning;
using Platform.Storage.Messages;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Rules;
using Platform.Storage.Policies;
using Platform.Storage.Protection;
using Platform.Storage.Rules;

namespace Platform.Grains.Tests.Protection;

/// <summary>In which form a mail leaves (OUT5, OUT8, OUT12).</summary>
public sealed class OutgoingFormsTests
{
    private const string Outside = "bob@partner.test";

    /// <summary>Whose mail goes into a folder, where the test looks at it.</summary>
    private const string Colleague = "keiri@acme.test";
    private const string Secret = "zwvxmarker";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_protected_mail_a_notice_leaves_and_nothing_that_it_says()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Mail, ViewOnly: false, null));
        var (raw, mail) = await SentAsync(host, WithFile());

        Assert.DoesNotContain(Secret, raw, StringComparison.Ordinal);
        Assert.Equal(("Protected mail from info@acme.test", "info@acme.test", "1@acme.test"), (mail.Subject, mail.From[0].Address, mail.MessageId));
        Assert.Contains(mail.Links, link => link.Target.StartsWith("http://localhost:5080/r/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_protected_files_the_text_leaves_with_a_link_to_them()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Files, ViewOnly: false, null));
        var (raw, mail) = await SentAsync(host, WithFile());

        Assert.Contains("Hello", mail.VisibleText, StringComparison.Ordinal);
        Assert.Contains("http://localhost:5080/r/", mail.VisibleText, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, raw, StringComparison.Ordinal);
        Assert.Empty(mail.Attachments);
    }

    [Fact]
    public async Task Locked_files_leave_under_a_password_that_the_reader_tells()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.LockedFiles, ViewOnly: false, null));
        var delivery = await SendAsync(host, WithFile());
        var (raw, mail) = await RelayedAsync(host);

        Assert.DoesNotContain(Secret, raw, StringComparison.Ordinal);
        Assert.Equal("list.txt.zip", mail.Attachments[0].FileName);
        Assert.Contains("http://localhost:5080/r/", mail.VisibleText, StringComparison.Ordinal);
        var password = await PasswordAsync(host, delivery);
        Assert.Matches("^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$", password);
        Assert.DoesNotContain(password, raw, StringComparison.Ordinal);
        Assert.Contains(Secret, Unlocked(mail.Attachments[0].Content, password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_mail_has_a_password_of_its_own()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.LockedFiles, ViewOnly: false, null));

        Assert.NotEqual(await PasswordAsync(host, await SendAsync(host, WithFile())), await PasswordAsync(host, await SendAsync(host, WithFile())));
    }

    [Fact]
    public async Task Files_that_cannot_be_taken_out_alone_take_the_mail_along()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Files, ViewOnly: false, null));
        var delivery = await SendAsync(host, Signed());
        var mail = await RelayedAsync(host);

        Assert.DoesNotContain(Secret, mail.Raw, StringComparison.Ordinal);
        Assert.Equal(ProtectedExtent.Mail, (await host.Get<IReaderDesk>().FindAsync(host.Tenant, delivery, Stop))!.Delivery.Extent);
    }

    [Fact]
    public async Task While_no_scanner_answers_a_protected_mail_waits()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Mail, ViewOnly: false, null));
        var delivery = await SendAsync(host, WithFile());
        host.Scanners.Closed = true;
        await host.Relay.RunOnceAsync(Stop);

        Assert.Empty(host.FilesOf(Colleague));
        Assert.Equal(DeliveryState.Queued, (await host.DeliveryAsync(delivery)).State);
    }

    [Fact]
    public async Task What_was_withdrawn_before_it_left_does_not_leave()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Mail, ViewOnly: false, null));
        var delivery = await SendAsync(host, WithFile());
        Assert.Equal(1, (await host.Get<IProtectedMails>().WithdrawAsync(host.Scope, (await host.DeliveryAsync(delivery)).MessageId, null, destroy: false, Stop)).Value);
        await host.Relay.RunOnceAsync(Stop);

        Assert.Empty(host.FilesOf(Colleague));
        Assert.Equal(DeliveryState.Failed, (await host.DeliveryAsync(delivery)).State);
    }

    [Fact]
    public async Task Files_of_a_type_are_left_out()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Strip(["txt"]));
        var (_, mail) = await SentAsync(host, WithFile());

        Assert.Empty(mail.Attachments);
        Assert.Contains("list.txt", mail.VisibleText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_mail_of_which_files_are_to_be_left_out_goes_back_to_its_sender()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Strip(["txt"]));
        var delivery = await SendAsync(host, Signed());
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(DeliveryState.Failed, (await host.DeliveryAsync(delivery)).State);
        Assert.Single(await host.NoticesAsync());
    }

    [Theory]
    [InlineData("send.protect", "mail", Outside, ProtectedExtent.Mail)]
    [InlineData("send.protect", "files", Outside, ProtectedExtent.Files)]
    [InlineData("send.protect", "locked-files", Outside, ProtectedExtent.LockedFiles)]
    [InlineData("send.protect", "mail", "keiri@acme.test", null)]
    [InlineData("send.large-files", "1", Outside, ProtectedExtent.LargeFiles)]
    [InlineData("send.large-files", "100", Outside, null)]
    public async Task The_policy_protects_mail_to_the_outside(string key, string value, string recipient, ProtectedExtent? extent)
    {
        await using var host = await StartAsync(largest: 2_000_000);
        Assert.Null((await host.Get<IPolicyCommands>().SetAsync(host.Scope, PolicyTarget.Tenant(host.Tenant), [new PolicyChange(key, value)], Stop)).Code);
        var delivery = await host.DeliveryAsync(await SendAsync(host, WithFile(), recipient));

        Assert.Equal(extent, SendJson.ReadForm(delivery.FormJson).Protect?.Extent);
    }

    [Fact]
    public async Task Of_several_protections_the_strictest_counts()
    {
        await using var host = await StartAsync();
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Files, ViewOnly: true, 90));
        await RuleAsync(host, new SendAction.Protect(ProtectedExtent.Mail, ViewOnly: false, 7));
        var delivery = await host.DeliveryAsync(await SendAsync(host, WithFile()));

        Assert.Equal(new ProtectForm(ProtectedExtent.Mail, ViewOnly: true, 7), SendJson.ReadForm(delivery.FormJson).Protect);
    }

    private static async Task<FlowHost> StartAsync(long largest = 1_000)
    {
        var host = await FlowHost.StartAsync();
        var verdict = FakeScanners.Verdict(VerdictKind.Clean);
        verdict = verdict with { Authors = ["info@acme.test"], Facts = verdict.Facts with { FromAddress = "info@acme.test", Subject = Secret, Attachments = [new AttachmentFacts("list.txt", "text/plain", "text/plain", largest, new string('0', 64))] } };
        host.Scanners.Scan = (_, _) => Task.FromResult(ScannerResult.Ok(verdict));
        return host;
    }

    private static async Task RuleAsync(FlowHost host, SendAction action) => Assert.Null(
        (await host.Get<ISendRuleCommands>().CreateAsync(host.Scope, new RuleOwner(host.Tenant, IsMsp: false), new NewSendRule($"Rule {Guid.NewGuid():N}", "size > 0", [action], Enabled: true), Stop)).Code);

    private static Task<Guid> SendAsync(FlowHost host, byte[] body, string recipient = Colleague) =>
        host.QueueAsync(new Mail { Mode = IntakeMode.Submission, From = "info@acme.test", Recipients = [recipient], Body = body });

    private static async Task<(string Raw, MailMessage Mail)> SentAsync(FlowHost host, byte[] body)
    {
        await SendAsync(host, body);
        return await RelayedAsync(host);
    }

    private static async Task<(string Raw, MailMessage Mail)> RelayedAsync(FlowHost host)
    {
        await host.Relay.RunOnceAsync(Stop);
        var bytes = await File.ReadAllBytesAsync(Assert.Single(host.FilesOf(Colleague)), Stop);
        return (Encoding.Latin1.GetString(bytes), new MailReader().Read(bytes, ScanLimits.Default, Stop));
    }

    private static async Task<string> PasswordAsync(FlowHost host, Guid delivery)
    {
        var desk = host.Get<IReaderDesk>();
        return (await desk.FilePasswordAsync((await desk.FindAsync(host.Tenant, delivery, Stop))!, Stop))!;
    }

    private static string Unlocked(ReadOnlyMemory<byte> archive, string password)
    {
        using var zip = new ZipFile(new MemoryStream(archive.ToArray())) { Password = password };
        using var content = new StreamReader(zip.GetInputStream(zip[0]));
        return content.ReadToEnd();
    }

    private static byte[] WithFile() => Encoding.ASCII.GetBytes(
        $"From: info@acme.test\r\nTo: {Colleague}\r\nSubject: offer\r\nMessage-ID: <1@acme.test>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello.\r\n"
        + $"--b\r\nContent-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n{Secret},1\r\n--b--\r\n");

    private static byte[] Signed() => Encoding.ASCII.GetBytes(
        $"From: info@acme.test\r\nTo: {Colleague}\r\nSubject: offer\r\nMIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=list.txt\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\n{Secret}\r\n--b\r\nContent-Type: application/pgp-signature\r\n\r\nx\r\n--b--\r\n");
}
