using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Api.Smtp.Submission;
using Platform.Grains.Sending;
using Platform.Smtp;
using Platform.Storage.Sending;

namespace Platform.Api.Tests.Smtp;

public sealed class SendGateTests
{
    private static readonly DateTimeOffset s_began = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Who logs in again is told the time; only what was open when the block began ends.</summary>
    [Theory]
    [InlineData(-1, true, 421)]
    [InlineData(1, true, 451)]
    [InlineData(-1, false, 451)]
    public async Task A_block_ends_the_sessions_that_were_open_when_it_began(int minutes, bool ends, int code)
    {
        var gate = new SendGate(new ScriptedGuard { Block = new SendBlock(s_began.AddHours(1), "hour.messages", ends) { Since = s_began } }, NullLogger<SendGate>.Instance);
        var peer = new SmtpPeer { SessionId = "1", RemoteAddress = IPAddress.Loopback, ConnectionAddress = IPAddress.Loopback, StartedAt = s_began.AddMinutes(minutes) };
        var reply = await gate.RefusalAsync(peer, Guid.NewGuid(), mayEnd: true, Stop);

        Assert.Equal((code, code == 451), (reply!.Code, reply.Lines[0].Contains("2026-11-28 10:00 UTC", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(SendClearanceStatus.TooMuch, 550, "5.7.1")]
    [InlineData(SendClearanceStatus.MailboxIsFull, 451, "4.7.1")]
    [InlineData(SendClearanceStatus.PlaceIsFull, 451, "4.7.1")]
    [InlineData(SendClearanceStatus.Busy, 451, "4.3.2")]
    public async Task What_is_over_a_limit_is_refused_for_good_only_where_it_never_fits(SendClearanceStatus status, int code, string enhanced)
    {
        await using var host = await IntakeHost.StartAsync();
        host.Guard.Reserve = () => new SendClearance(status, []) { Limit = new SendLimit(SendPeriod.Hour, SendMeasure.Recipients, 5) };
        var reply = await host.TakeAsync(host.Submission, Stop);

        Assert.Equal((code, enhanced, status == SendClearanceStatus.TooMuch), (reply.Code, reply.EnhancedStatus, reply.Lines[0].Contains("5 (hour.recipients)", StringComparison.Ordinal)));
    }
}
