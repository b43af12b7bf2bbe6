using Platform.Storage.Events;
using Platform.Storage.Protection;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Protection;

public abstract class ReaderDeskContract(IStorageBackend backend) : ProtectionContract(backend)
{
    [Fact]
    public async Task A_code_opens_one_mail_in_one_browser()
    {
        var sample = await ProtectAsync();
        var mail = await FindAsync(sample);
        var secret = await EnterAsync(mail);

        Assert.True(await Desk.ContinueAsync(mail, secret, isUse: true, Ct));
        Assert.False(await Desk.ContinueAsync(mail, secret + "x", isUse: true, Ct));
        Assert.False(await Desk.ContinueAsync(await FindAsync(sample, recipient: 1), secret, isUse: true, Ct));
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var mail = await FindAsync(await ProtectAsync());
        var made = await Desk.MakeCodeAsync(mail, Ct);

        Assert.NotNull(await Desk.EnterAsync(mail, made.Id, made.Code!, Ct));
        Assert.Null(await Desk.EnterAsync(mail, made.Id, made.Code!, Ct));
    }

    [Fact]
    public async Task Of_many_that_give_it_at_once_one_enters()
    {
        var mail = await FindAsync(await ProtectAsync());
        var made = await Desk.MakeCodeAsync(mail, Ct);

        var entered = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Desk.EnterAsync(mail, made.Id, made.Code!, Ct)));

        Assert.Single(entered, secret => secret is not null);
    }

    [Fact]
    public async Task After_five_tries_the_right_code_is_wrong()
    {
        var mail = await FindAsync(await ProtectAsync());
        var made = await Desk.MakeCodeAsync(mail, Ct);
        for (var i = 0; i < ReaderCode.MaxTries; i++)
            Assert.Null(await Desk.EnterAsync(mail, made.Id, "0", Ct));

        Assert.Null(await Desk.EnterAsync(mail, made.Id, made.Code!, Ct));
    }

    [Fact]
    public async Task A_code_of_another_recipient_is_wrong()
    {
        var sample = await ProtectAsync();
        var (mail, other) = (await FindAsync(sample), await FindAsync(sample, recipient: 1));
        var made = await Desk.MakeCodeAsync(other, Ct);

        Assert.Null(await Desk.EnterAsync(mail, made.Id, made.Code!, Ct));
    }

    [Fact]
    public async Task A_code_is_too_old_after_a_quarter_of_an_hour()
    {
        var mail = await FindAsync(await ProtectAsync());
        var made = await Desk.MakeCodeAsync(mail, Ct);
        Storage.Time.Advance(ReaderCode.Lasts);

        Assert.Null(await Desk.EnterAsync(mail, made.Id, made.Code!, Ct));
    }

    [Fact]
    public async Task Only_a_few_codes_are_sent_an_hour()
    {
        var mail = await FindAsync(await ProtectAsync());
        for (var i = 0; i < ReaderCode.MaxPerHour; i++)
            Assert.NotNull((await Desk.MakeCodeAsync(mail, Ct)).Code);
        var refused = await Desk.MakeCodeAsync(mail, Ct);
        Storage.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(refused.Code);
        Assert.NotNull((await Desk.MakeCodeAsync(mail, Ct)).Code);
    }

    [Fact]
    public async Task A_session_rests_for_half_an_hour_and_lasts_for_eight()
    {
        var mail = await FindAsync(await ProtectAsync());
        var rested = await EnterAsync(mail);
        Storage.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.False(await Desk.ContinueAsync(mail, rested, isUse: true, Ct));

        var used = await EnterAsync(mail);
        for (var i = 0; i < 23; i++)
        {
            Storage.Time.Advance(TimeSpan.FromMinutes(20));
            Assert.True(await Desk.ContinueAsync(mail, used, isUse: true, Ct));
        }

        Storage.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.False(await Desk.ContinueAsync(mail, used, isUse: true, Ct));
    }

    [Fact]
    public async Task Who_leaves_is_out()
    {
        var mail = await FindAsync(await ProtectAsync());
        var secret = await EnterAsync(mail);
        await Desk.LeaveAsync(mail, secret, Ct);

        Assert.False(await Desk.ContinueAsync(mail, secret, isUse: true, Ct));
    }

    [Fact]
    public async Task Readings_are_counted_and_told_with_their_place()
    {
        var sample = await ProtectAsync();
        var mail = await FindAsync(sample);
        Assert.Equal(ReadingOutcome.Noted, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));
        Assert.True(await Desk.DownloadedAsync(mail, Place, Ct));

        Assert.Equal(2, (await EventsAsync(sample, "protection.")).Count(data => data.Contains("\"country\":\"JP\"", StringComparison.Ordinal) && data.Contains("a@partner.test", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_page_that_asks_by_itself_keeps_no_session_from_resting()
    {
        var mail = await FindAsync(await ProtectAsync());
        var secret = await EnterAsync(mail);
        Storage.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.True(await Desk.ContinueAsync(mail, secret, isUse: false, Ct));
        Storage.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.False(await Desk.ContinueAsync(mail, secret, isUse: false, Ct));
    }

    [Fact]
    public async Task Readings_within_a_minute_are_one()
    {
        var sample = await ProtectAsync();
        var mail = await FindAsync(sample);
        Assert.Equal(ReadingOutcome.Noted, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));
        Assert.Equal(ReadingOutcome.Known, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));
        Storage.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ReadingOutcome.Noted, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));

        Assert.Equal(2, (await EventsAsync(sample, EventKinds.ProtectionOpened)).Count);
    }

    [Fact]
    public async Task A_page_that_loads_itself_anew_is_no_other_reading_and_hides_no_first_one()
    {
        var sample = await ProtectAsync();
        var mail = await FindAsync(sample);
        Assert.Equal(ReadingOutcome.Noted, await Desk.OpenedAsync(mail, Place, isRefresh: true, Ct));
        Storage.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ReadingOutcome.Known, await Desk.OpenedAsync(mail, Place, isRefresh: true, Ct));

        Assert.Single(await EventsAsync(sample, EventKinds.ProtectionOpened));
    }

    [Fact]
    public async Task What_is_only_to_be_read_is_not_given_out()
    {
        var mail = await FindAsync(await ProtectAsync(form: Whole with { ViewOnly = true }));

        Assert.Equal(ReadingOutcome.Noted, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));
        Assert.False(await Desk.DownloadedAsync(mail, Place, Ct));
    }

    [Fact]
    public async Task What_was_found_to_be_malware_is_not_given_out()
    {
        var sample = await ProtectAsync();
        await Desk.CheckedAsync(await FindAsync(sample), isDangerous: true, Ct);

        Assert.False(await Desk.DownloadedAsync(await FindAsync(sample, recipient: 1), Place, Ct));
    }

    [Fact]
    public async Task Its_time_ends_by_itself()
    {
        var sample = await ProtectAsync(form: Whole with { Days = 1 });
        var mail = await FindAsync(sample);
        Storage.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(ReaderState.Expired, (await FindAsync(sample)).State);
        Assert.Equal(ReadingOutcome.Closed, await Desk.OpenedAsync(mail, Place, isRefresh: false, Ct));
        Assert.Null((await Desk.MakeCodeAsync(mail, Ct)).Code);
    }

    [Fact]
    public async Task An_answer_is_taken_and_told_and_only_a_few_an_hour()
    {
        var sample = await ProtectAsync();
        var mail = await FindAsync(sample);
        for (var i = 0; i < 5; i++)
            Assert.Equal(ReplyOutcome.Taken, await Desk.ReplyAsync(mail, Mails.To(sample.Tenant, Now, "info@acme.test"), Place, Ct));

        Assert.Equal(ReplyOutcome.TooMany, await Desk.ReplyAsync(mail, Mails.To(sample.Tenant, Now, "info@acme.test"), Place, Ct));
        Assert.Equal(5, (await EventsAsync(sample, EventKinds.ProtectionReplied)).Count);
    }

    [Fact]
    public async Task A_mail_of_another_tenant_is_not_found()
    {
        var sample = await ProtectAsync();

        Assert.Null(await Desk.FindAsync(await Storage.AddTenantAsync("globex", Ct), sample.Deliveries[0], Ct));
    }
}

public sealed class SqliteReaderDeskTests() : ReaderDeskContract(new SqliteBackend());

public sealed class PostgresReaderDeskTests(PostgresServer server) : ReaderDeskContract(new PostgresBackend(server));
