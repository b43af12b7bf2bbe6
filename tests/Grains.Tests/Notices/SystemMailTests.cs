using MimeKit;
using Platform.Grains.Notices;
using Platform.Grains.Tests.Support;
using Platform.Mails.Templates;
using Platform.Storage.Events;
using Platform.Storage.Messages;

namespace Platform.Grains.Tests.Notices;

/// <summary>A system mail from its template to the server or mailbox it goes to, over the real storage.</summary>
public sealed class SystemMailTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_takes_the_tenants_route_to_a_mailbox_of_the_tenant()
    {
        await using var host = await FlowHost.StartAsync(language: "ja");

        Assert.Equal(SystemMailOutcome.Queued, await SendAsync(host, "info@acme.test"));
        await host.Relay.RunOnceAsync(Stop);

        var mail = await MimeMessage.LoadAsync(Assert.Single(host.FilesOf("info@acme.test")), Stop);
        Assert.Equal("パスワードの再設定", mail.Subject);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("<>", mail.Headers["Return-Path"]);
        Assert.Equal("no-reply@mx.platform.test", mail.From.Mailboxes.Single().Address);
        Assert.Contains("https://mail.example/l/secret", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_delivered_causes_no_other_mail_and_is_told_in_the_feed()
    {
        await using var server = new ScriptedSmtpServer { Script = line => line.StartsWith("RCPT", StringComparison.Ordinal) ? "550 5.1.1 no such user" : null };
        await using var host = await FlowHost.StartAsync(server.Route);

        await SendAsync(host, "info@acme.test");
        await host.Relay.RunOnceAsync(Stop);
        await host.Relay.RunOnceAsync(Stop);

        Assert.Equal(DeliveryState.Failed, Assert.Single(await host.RowsAsync(db => db.Deliveries)).State);
        Assert.Contains(await host.RowsAsync(db => db.Events), e => e.Kind == EventKinds.Failed);
    }

    [Fact]
    public async Task Its_link_stands_in_no_log_event_or_audit_entry()
    {
        await using var host = await FlowHost.StartAsync();

        await SendAsync(host, "info@acme.test");
        await host.Relay.RunOnceAsync(Stop);

        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(await host.RowsAsync(db => db.Events), e => e.Data.Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(await host.RowsAsync(db => db.Audit), a => a.Detail.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no address\r\nRCPT TO:<x@y.test>@acme.test")]
    public async Task An_address_that_cannot_be_written_is_refused(string address)
    {
        await using var host = await FlowHost.StartAsync();

        Assert.Equal(SystemMailOutcome.NoAddress, await SendAsync(host, address));
        Assert.Empty(await host.RowsAsync(db => db.Messages));
    }

    [Fact]
    public async Task A_flood_to_one_address_ends_and_leaves_no_bodies()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Notices = s.Notices with { MaxPerHour = 2 } });

        var outcomes = new List<SystemMailOutcome>();
        for (var i = 0; i < 4; i++)
            outcomes.Add(await SendAsync(host, "info@acme.test"));

        Assert.Equal([SystemMailOutcome.Queued, SystemMailOutcome.Queued, SystemMailOutcome.TooMany, SystemMailOutcome.TooMany], outcomes);
        Assert.Equal(2, Directory.EnumerateFiles(Path.Combine(host.DataFolder, "bodies"), "*", SearchOption.AllDirectories).Count());
    }

    private static Task<SystemMailOutcome> SendAsync(FlowHost host, string to) => host.Get<ISystemMails>().SendAsync(
        new SystemMail(host.Tenant, to, new PasswordResetMail("info@acme.test", new Uri("https://mail.example/l/secret"), TimeSpan.FromMinutes(30))), Stop);
}
