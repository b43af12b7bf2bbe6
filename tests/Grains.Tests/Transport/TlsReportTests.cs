using System.IO.Compression;
using System.Text.Json;
using MimeKit;
using Platform.Engine.Authentication.Dkim;
using Platform.Grains.Tests.Support;
using Platform.Grains.Transport.Reports;
using Platform.Storage.Messages;
using Platform.Storage.Transport;

namespace Platform.Grains.Tests.Transport;

/// <summary>Who asks for reports on TLS gets one for each day (RFC 8460).</summary>
public sealed class TlsReportTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_by_mail_signed_and_whatever_the_policy()
    {
        var dns = new NamesTable().Text("_smtp._tls.partner.test", "v=TLSRPTv1; rua=mailto:tls@partner.test");
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        await SignAsync(host, dns);
        await host.Get<ITransportPolicies>().SetAsync(host.Scope, host.Tenant, OutsideHost.Domain, TransportTls.Must, Stop);
        Assert.Equal(DeliveryState.Queued, await OutsideHost.SendAsync(host));

        await NextDayAsync(host);
        await host.Relay.RunOnceAsync(Stop);

        using var mail = await MimeMessage.LoadAsync(new MemoryStream(Assert.Single(mx.Contents)), Stop);
        Assert.Equal(("partner.test", "acme.test", true), (mail.Headers["TLS-Report-Domain"], mail.Headers["TLS-Report-Submitter"], mail.Headers.Contains("DKIM-Signature")));
        Assert.Equal(("multipart/report", "tlsrpt"), (mail.Body!.ContentType.MimeType, mail.Body.ContentType.Parameters["report-type"]));
        var part = Assert.IsType<MimePart>(((Multipart)mail.Body)[1]);
        Assert.Equal("application/tlsrpt+gzip", part.ContentType.MimeType);
        using var report = Unpack(part);
        Assert.Equal("2026-11-24T00:00:00Z", report.RootElement.GetProperty("date-range").GetProperty("start-datetime").GetString());
        var policy = Assert.Single(report.RootElement.GetProperty("policies").EnumerateArray());
        Assert.Equal(("no-policy-found", 1), (policy.GetProperty("policy").GetProperty("policy-type").GetString(), policy.GetProperty("summary").GetProperty("total-failure-session-count").GetInt32()));
        Assert.Equal("starttls-not-supported", policy.GetProperty("failure-details")[0].GetProperty("result-type").GetString());
    }

    [Fact]
    public async Task It_goes_once()
    {
        var dns = new NamesTable().Text("_smtp._tls.partner.test", "v=TLSRPTv1; rua=mailto:tls@partner.test");
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        await SignAsync(host, dns);
        await OutsideHost.SendAsync(host);
        await NextDayAsync(host);
        await NextDayAsync(host);

        Assert.Equal(2, (await host.RowsAsync(db => db.Messages.Where(row => row.Mode == IntakeMode.Notice))).Count);
        Assert.NotNull(Assert.Single(await host.RowsAsync(db => db.TlsReports)).SentAt);
    }

    [Fact]
    public async Task It_goes_by_https()
    {
        using var certificate = TestCertificates.For("reports.partner.test");
        await using var taker = new PolicyHost(certificate) { Text = "" };
        var dns = new NamesTable().Text("_smtp._tls.partner.test", $"v=TLSRPTv1; rua=https://reports.partner.test:{taker.Port}/tls").Address("reports.partner.test", System.Net.IPAddress.Loopback);
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx, root: certificate);
        await OutsideHost.SendAsync(host);
        await NextDayAsync(host);

        var (header, body) = Assert.Single(taker.Requests);
        Assert.StartsWith("POST /tls ", header, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/tlsrpt+gzip", header, StringComparison.OrdinalIgnoreCase);
        using var report = JsonDocument.Parse(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        Assert.Equal("Acme", report.RootElement.GetProperty("organization-name").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("v=TLSRPTv1; rua=mailto:tls@partner.test")]
    public async Task Who_does_not_ask_or_would_get_it_unsigned_gets_none(string? record)
    {
        var dns = new NamesTable();
        if (record is not null)
            dns.Text("_smtp._tls.partner.test", record);
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        await OutsideHost.SendAsync(host);
        await NextDayAsync(host);

        var report = Assert.Single(await host.RowsAsync(db => db.TlsReports));
        Assert.Equal((null, null, true), (report.SentAt, report.DueAt, report.Outcome is { Length: > 0 }));
    }

    /// <summary>The clock moves on past midnight and the spread of reports, and the worker runs until nothing is due.</summary>
    private static async Task NextDayAsync(FlowHost host)
    {
        host.Time.Advance(TimeSpan.FromHours(29));
        while (await host.Get<TlsReportWorker>().RunOnceAsync(Stop))
        {
        }
    }

    private static async Task SignAsync(FlowHost host, NamesTable dns)
    {
        var made = await host.Get<IDkimKeys>().CreateAsync(host.Scope, host.Tenant, "acme.test", DkimKeyKind.Ed25519, 0, Stop);
        var row = Assert.Single(await host.RowsAsync(db => db.DkimKeys.Where(key => key.Id == made.Value)));
        dns.Text(DkimPublication.NameOf(row.Selector, row.Domain), DkimPublication.TextOf("ed25519", row.PublicKey));
        await host.Get<IDkimKeys>().CheckAsync(host.Scope, made.Value, Stop);
        await host.Get<Platform.Grains.Transport.Signing.DkimKeyWorker>().RunOnceAsync(Stop);
    }

    private static JsonDocument Unpack(MimePart part)
    {
        using var packed = new MemoryStream();
        part.Content!.DecodeTo(packed, Stop);
        packed.Position = 0;
        using var json = new GZipStream(packed, CompressionMode.Decompress);
        return JsonDocument.Parse(json);
    }
}
