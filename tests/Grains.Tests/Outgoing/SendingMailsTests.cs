using System.Reflection;
using Platform.Grains.Outgoing;
using Platform.Grains.Tests.Support;
using Platform.Mails.Templates;
using Platform.Storage.Directory;
using Platform.Storage.Links;
using Platform.Storage.Outgoing;
using Platform.Storage.Policies;

namespace Platform.Grains.Tests.Outgoing;

public sealed class SendingMailsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A chain may take thirty days, and another may follow.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(61, 720, 720)]
    public async Task A_link_works_as_long_as_the_mail_may_wait(int days, params int[] hours)
    {
        await using var host = await FlowHost.StartAsync();
        var mailbox = await host.MailboxAsync("info@acme.test");
        var now = host.Time.GetUtcNow();
        var plan = new SendPlan([new SendStage.Confirm([], 24), .. hours.Select(of => new SendStage.Approve(Guid.NewGuid(), "Chain", [], of))]);
        var waiting = (Waiting)DispatchProxy.Create<IOutgoingMail, Waiting>();
        waiting.Mails = [new WaitingMail(Guid.NewGuid(), "offer", now, [new WaitingDelivery(Guid.NewGuid(), "bob@partner.test", plan.State, plan, now.AddHours(24))])];
        var mails = new SendingMails(
            (IOutgoingMail)(object)waiting, host.Get<IRecipientDirectory>(), host.Get<IPolicyBook>(), host.Get<IActionLinks>(), new FlowSettings { DataDirectory = host.DataFolder }, host.Time);
        var summary = (SendingSummaryMail)(await mails.SummaryAsync(host.Tenant, mailbox, "en", Stop))!;

        var link = host.Get<IActionLinks>().Read(Assert.Single(summary.Entries).Links[0].Url.Segments[^1]).Link!;
        Assert.Equal(now.AddDays(days), link.ExpiresAt);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "A proxy is derived from it.")]
    public class Waiting : DispatchProxy
    {
        public IReadOnlyList<WaitingMail> Mails { get; set; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Task.FromResult(Mails);
    }
}
