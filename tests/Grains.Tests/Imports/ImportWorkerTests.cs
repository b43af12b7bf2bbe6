using System.Text;
using Platform.Grains.Imports;
using Platform.Grains.Tests.Support;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Grains.Tests.Imports;

public sealed class ImportWorkerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_mail_of_the_file_is_taken_in_inspected_and_never_relayed()
    {
        await using var host = await FlowHost.StartAsync();
        var job = await StartAsync(host, "mails.mbox", Mbox(45));

        await host.Get<ImportWorker>().RunOnceAsync(Stop);
        while (await host.Scans.RunOnceAsync(Stop) > 0)
        {
        }
        var relayed = await host.Relay.RunOnceAsync(Stop);

        var row = await RowAsync(host, job);
        var states = (await host.RowsAsync(db => db.Deliveries)).Select(d => d.State).Distinct();
        Assert.Equal((ImportStates.Done, 45, 45, 0, 0), (row.State, row.Total, row.Done, row.Failed, relayed));
        Assert.Equal([DeliveryState.Inspected], states);
    }

    [Fact]
    public async Task The_uploaded_file_is_deleted_at_the_end()
    {
        await using var host = await FlowHost.StartAsync();
        var job = await StartAsync(host, "a.eml", "Subject: x\r\n\r\n");
        var waiting = await RowAsync(host, job);

        await host.Get<ImportWorker>().RunOnceAsync(Stop);

        Assert.Null((await RowAsync(host, job)).BodyKey);
        await Assert.ThrowsAsync<BodyMissingException>(() => host.Get<IBodyStore>().OpenReadAsync(host.Tenant, new BodyReference(waiting.BodyName, waiting.BodyKey!), Stop).AsTask());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(31)]
    [InlineData(45)]
    public async Task A_job_that_was_killed_goes_on_and_doubles_nothing(int killedAt)
    {
        await using var host = await FlowHost.StartAsync();
        var job = await StartAsync(host, "mails.mbox", Mbox(45));
        var accepted = 0;
        host.Flow.BeforeAccept = () =>
        {
            if (++accepted == killedAt)
                throw new IOException("killed");
        };
        await Assert.ThrowsAsync<IOException>(() => host.Get<ImportWorker>().RunOnceAsync(Stop));
        host.Time.Advance(TimeSpan.FromSeconds(61));

        await host.Get<ImportWorker>().RunOnceAsync(Stop);

        var row = await RowAsync(host, job);
        Assert.Equal((ImportStates.Done, 45, 45), (row.State, row.Done, (await host.RowsAsync(db => db.Messages)).Count));
    }

    [Fact]
    public async Task A_job_under_lease_is_left_alone()
    {
        await using var host = await FlowHost.StartAsync();
        await StartAsync(host, "mails.mbox", Mbox(3));
        await host.Get<ImportJobs>().ClaimAsync(Stop);

        Assert.False(await host.Get<ImportWorker>().RunOnceAsync(Stop));
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_changes_no_progress()
    {
        await using var host = await FlowHost.StartAsync();
        var job = await StartAsync(host, "mails.mbox", Mbox(3));
        var frozen = await host.Get<ImportJobs>().ClaimAsync(Stop);
        host.Time.Advance(TimeSpan.FromSeconds(61));
        await host.Get<ImportJobs>().ClaimAsync(Stop);

        var saved = await host.Get<ImportJobs>().SaveAsync(frozen! with { Done = 3 }, Stop);

        Assert.Equal((false, 0), (saved, (await RowAsync(host, job)).Done));
    }

    [Fact]
    public async Task A_broken_archive_ends_the_job_with_a_sentence()
    {
        await using var host = await FlowHost.StartAsync();
        var job = await StartAsync(host, "mails.zip", "PK\x03\x04 broken");

        await host.Get<ImportWorker>().RunOnceAsync(Stop);

        var row = await RowAsync(host, job);
        Assert.Equal((ImportStates.Failed, "The file is not a whole ZIP archive."), (row.State, row.Error));
    }

    [Fact]
    public async Task Mails_that_cannot_be_read_are_counted_and_the_rest_taken_in()
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Imports = s.Imports with { MaxMessageBytes = 200 } });
        var job = await StartAsync(host, "mails.mbox", Mbox(2) + $"From x\n{new string('x', 500)}\n\n" + Mbox(2));

        await host.Get<ImportWorker>().RunOnceAsync(Stop);

        var row = await RowAsync(host, job);
        Assert.Equal((ImportStates.Done, 5, 4, 1), (row.State, row.Total, row.Done, row.Failed));
    }

    [Theory]
    [InlineData("To: info@acme.test\n", "info@acme.test")]
    [InlineData("To: \"Info\" <INFO@acme.test>, other@elsewhere.test\nCc: keiri@acme.test\n", "info@acme.test,keiri@acme.test")]
    [InlineData("Delivered-To: keiri@acme.test\nTo: list@elsewhere.test\n", "keiri@acme.test")]
    [InlineData("To: nobody@elsewhere.test\n", "nobody@elsewhere.test")]
    [InlineData("Subject: to nobody\n", "unknown-recipient@acme.test")]
    [InlineData("To: @, <>, a@b@c, \n", "unknown-recipient@acme.test")]
    public async Task Recipients_are_the_tenants_mailboxes_that_the_header_names(string header, string recipients)
    {
        await using var host = await FlowHost.StartAsync();
        await StartAsync(host, "a.eml", header + "\nx\n");

        await host.Get<ImportWorker>().RunOnceAsync(Stop);

        Assert.Equal(recipients, string.Join(',', (await host.RowsAsync(db => db.Deliveries)).Select(d => d.Recipient).Order()));
    }

    [Theory]
    [InlineData("Return-Path: <bob@partner.test>\n", "bob@partner.test")]
    [InlineData("Return-Path: <>\n", "")]
    [InlineData("From: ceo@acme.test\n", "")]
    public async Task The_sender_is_that_of_the_return_path(string header, string sender)
    {
        await using var host = await FlowHost.StartAsync();
        await StartAsync(host, "a.eml", header + "\nx\n");

        await host.Get<ImportWorker>().RunOnceAsync(Stop);

        Assert.Equal(sender, (await host.RowsAsync(db => db.Messages)).Single().MailFrom);
    }

    [Fact]
    public async Task An_import_waits_for_the_scanners_so_that_live_mail_is_not_behind_it()
    {
        await using var host = await FlowHost.StartAsync();
        await StartAsync(host, "mails.mbox", Mbox(200));

        var running = host.Get<ImportWorker>().RunOnceAsync(Stop);
        await Until.TrueAsync(async () => (await host.RowsAsync(db => db.Messages)).Count == 120, "the import is ahead of the scanners");
        var waiting = !running.IsCompleted;
        await Until.TrueAsync(
            async () =>
            {
                await host.Scans.RunOnceAsync(Stop);
                host.Time.Advance(TimeSpan.FromSeconds(1));
                return running.IsCompleted;
            },
            "the import goes on as scans are done");

        Assert.True(waiting);
    }

    [Fact]
    public async Task A_stop_gives_the_job_back_at_once()
    {
        await using var host = await FlowHost.StartAsync();
        await StartAsync(host, "mails.mbox", Mbox(45));
        using var stop = new CancellationTokenSource();
        host.Flow.BeforeAccept = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Get<ImportWorker>().RunOnceAsync(stop.Token));
        host.Flow.BeforeAccept = () => { };

        Assert.True(await host.Get<ImportWorker>().RunOnceAsync(Stop));
    }

    [Fact]
    public async Task It_wakes_for_a_job()
    {
        await using var host = await FlowHost.StartAsync();
        await host.Get<ImportWorker>().StartAsync(Stop);

        var job = await StartAsync(host, "a.eml", "Subject: x\r\n\r\n");

        await Until.TrueAsync(async () => (await RowAsync(host, job)).State == ImportStates.Done, "the job is done");
        await host.Get<ImportWorker>().StopAsync(Stop);
    }

    [Theory]
    [InlineData(0, "IMPORT_EMPTY")]
    [InlineData(1_001, "IMPORT_TOO_LARGE")]
    public async Task A_file_that_cannot_be_taken_leaves_nothing(int length, string code)
    {
        await using var host = await FlowHost.StartAsync(settings: s => s with { Imports = s.Imports with { MaxFileBytes = 1_000 } });

        var refused = await Assert.ThrowsAsync<ImportRefusedException>(() => StartAsync(host, "a.eml", new string('x', length)));

        Assert.Equal((code, 0), (refused.Code, (await host.RowsAsync(db => db.Imports)).Count));
    }

    [Fact]
    public async Task Another_tenants_file_is_refused()
    {
        await using var host = await FlowHost.StartAsync();

        await Assert.ThrowsAsync<ScopeViolationException>(() => host.Get<IImports>().StartAsync(host.Scope, Guid.NewGuid(), "a.eml", new MemoryStream([1]), Stop));
    }

    [Fact]
    public async Task The_permission_to_scan_is_needed()
    {
        await using var host = await FlowHost.StartAsync();
        var reader = new Scope(host.Scope.Tenants, Permissions.ReadOnly, "client:acme-siem");

        await Assert.ThrowsAsync<PermissionDeniedException>(() => host.Get<IImports>().StartAsync(reader, host.Tenant, "a.eml", new MemoryStream([1]), Stop));
    }

    [Fact]
    public async Task A_file_name_is_kept_without_folders_and_control_characters()
    {
        await using var host = await FlowHost.StartAsync();

        var job = await StartAsync(host, "../../etc\\x\r\n.eml", "Subject: x\r\n\r\n");

        Assert.Equal("x.eml", (await RowAsync(host, job)).FileName);
    }

    private static Task<Guid> StartAsync(FlowHost host, string name, string content) =>
        host.Get<IImports>().StartAsync(host.Scope, host.Tenant, name, new MemoryStream(Encoding.Latin1.GetBytes(content)), Stop);

    private static async Task<ImportRow> RowAsync(FlowHost host, Guid job) => (await host.RowsAsync(db => db.Imports.Where(i => i.Id == job))).Single();

    private static string Mbox(int mails) =>
        string.Concat(Enumerable.Range(1, mails).Select(i => $"From bob@partner.test Tue Nov 24 09:00:00 2026\nTo: info@acme.test\nSubject: {i}\n\nHello.\n\n"));
}
