using System.Diagnostics;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;
using Platform.Grains.Tests.Support;
using Platform.Storage.Transport;

namespace Platform.Grains.Tests.Transport;

/// <summary>Mail to the outside bears signatures that verify: by our own verifier, and by Mail::DKIM.</summary>
public sealed class OutgoingSignatureTests
{
    private const string Perl = "/usr/bin/perl";
    private const string Body = "From: Info <info@acme.test>\r\nTo: bob@partner.test\r\nSubject: =?utf-8?B?44GK6KaL56mN?=\r\nMessage-ID: <1@acme.test>\r\n\r\nHello, \r\n.dot\r\n\r\n\r\n";

    /// <summary>The key of the record comes in the environment; the rest is Mail::DKIM's own.</summary>
    private const string Verify = """
        use Mail::DKIM::Verifier; use Mail::DKIM::DNS; use Net::DNS;
        { no warnings 'redefine'; *Mail::DKIM::DNS::query = sub { Net::DNS::RR->new(owner => $_[0], type => 'TXT', txtdata => [$ENV{RECORD} =~ /(.{1,255})/g]) }; }
        my $v = Mail::DKIM::Verifier->new(); while (read(STDIN, my $part, 4096)) { $v->PRINT($part) } $v->CLOSE; print $v->result_detail;
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DkimKeyKind.Rsa)]
    [InlineData(DkimKeyKind.Ed25519)]
    public async Task A_signature_verifies(DkimKeyKind kind)
    {
        var dns = new NamesTable();
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        await PublishAsync(host, dns, kind);
        await OutsideHost.SendAsync(host, Body);

        var sent = Assert.Single(mx.Contents);
        var report = await new DkimVerifier().VerifyAsync(RawMessage.Read(sent), dns, host.Time.GetUtcNow(), Stop);

        var signature = Assert.Single(report.Signatures);
        Assert.Equal((AuthenticationResult.Pass, "acme.test"), (signature.Result, signature.Domain));
        Assert.Contains("From", signature.OverSigned, StringComparer.OrdinalIgnoreCase);
        Assert.StartsWith("DKIM-Signature:", Encoding.ASCII.GetString(sent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_verifier_agrees()
    {
        if (!File.Exists(Perl))
            Parts.Missing("Perl with Mail::DKIM");
        var dns = new NamesTable();
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        var record = await PublishAsync(host, dns, DkimKeyKind.Rsa);
        await OutsideHost.SendAsync(host, Body);

        Assert.Equal("pass", await VerifyAsync(Assert.Single(mx.Contents), record));
        Assert.StartsWith("fail", await VerifyAsync([.. mx.Contents.Single(), .. "more\r\n"u8], record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_both_kinds_sign_beside_each_other()
    {
        var dns = new NamesTable();
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        await PublishAsync(host, dns, DkimKeyKind.Rsa);
        await PublishAsync(host, dns, DkimKeyKind.Ed25519);
        await OutsideHost.SendAsync(host, Body);

        var report = await new DkimVerifier().VerifyAsync(RawMessage.Read(Assert.Single(mx.Contents)), dns, host.Time.GetUtcNow(), Stop);

        Assert.Equal(["pass", "pass"], report.Signatures.Select(one => one.Result.ToString().ToLowerInvariant()));
    }

    [Theory]
    [InlineData("From: info@acme.test\r\nFrom: boss@acme.test\r\n\r\nHello.\r\n")]
    [InlineData("From: bob@partner.test\r\n\r\nHello.\r\n")]
    [InlineData("From: info@acme.test, bob@partner.test\r\n\r\nHello.\r\n")]
    [InlineData("Subject: nobody\r\n\r\nHello.\r\n")]
    public async Task Mail_that_is_not_plainly_the_domains_is_not_signed(string body)
    {
        var dns = new NamesTable();
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(dns, mx);
        await PublishAsync(host, dns, DkimKeyKind.Ed25519);
        await OutsideHost.SendAsync(host, body);

        Assert.DoesNotContain("DKIM-Signature", Encoding.ASCII.GetString(Assert.Single(mx.Contents)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_record_in_dns_a_key_does_not_sign()
    {
        await using var mx = new ScriptedSmtpServer();
        await using var host = await OutsideHost.StartAsync(new NamesTable(), mx);
        var key = await host.Get<IDkimKeys>().CreateAsync(host.Scope, host.Tenant, "acme.test", DkimKeyKind.Ed25519, 0, Stop);
        await host.Get<IDkimKeys>().CheckAsync(host.Scope, key.Value, Stop);
        await host.Get<Platform.Grains.Transport.Signing.DkimKeyWorker>().RunOnceAsync(Stop);
        await OutsideHost.SendAsync(host, Body);

        Assert.DoesNotContain("DKIM-Signature", Encoding.ASCII.GetString(Assert.Single(mx.Contents)), StringComparison.Ordinal);
    }

    /// <summary>Makes a key, publishes its record, and has the worker look.</summary>
    private static async Task<string> PublishAsync(FlowHost host, NamesTable dns, DkimKeyKind kind)
    {
        var keys = host.Get<IDkimKeys>();
        var made = await keys.CreateAsync(host.Scope, host.Tenant, "acme.test", kind, 0, Stop);
        Assert.Null(made.Code);
        var row = Assert.Single(await host.RowsAsync(db => db.DkimKeys.Where(key => key.Id == made.Value)));
        var record = DkimPublication.TextOf(DkimKeyKinds.TypeOf(kind), row.PublicKey);
        dns.Text(DkimPublication.NameOf(row.Selector, row.Domain), record);
        await keys.CheckAsync(host.Scope, made.Value, Stop);
        Assert.True(await host.Get<Platform.Grains.Transport.Signing.DkimKeyWorker>().RunOnceAsync(Stop));
        return record;
    }

    private static async Task<string> VerifyAsync(byte[] message, string record)
    {
        var start = new ProcessStartInfo(Perl, ["-e", Verify]) { RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { ["RECORD"] = record } };
        using var perl = Process.Start(start)!;
        await perl.StandardInput.BaseStream.WriteAsync(message, Stop);
        perl.StandardInput.Close();
        return await perl.StandardOutput.ReadToEndAsync(Stop);
    }
}
