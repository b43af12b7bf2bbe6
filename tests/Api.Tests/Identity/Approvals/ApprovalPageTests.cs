using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Identity.Flows;
using Platform.Storage.Accounts;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Identity.Approvals;

/// <summary>Where approvers decide: after a sign-in, with what a decision needs, by a confirmed form (OUT5).</summary>
public sealed class ApprovalPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_without_a_sign_in_decides_nothing_and_leads_back_after_it()
    {
        await using var people = await PeoplePlatform.StartAsync();
        var message = await AskAsync(people, await people.AddAsync("boss", BuiltInRoles.Helpdesk));
        using var browser = people.Browser();
        var page = await browser.GetAsync($"/account/approvals/{message}");
        Assert.Equal($"/account/sign-in?returnUrl={Uri.EscapeDataString($"/account/approvals/{message}")}", page.Location);
        Assert.Equal(DeliveryState.AwaitingApproval, await StateAsync(people));
    }

    [Fact]
    public async Task An_approver_sees_the_mail_and_approves_it()
    {
        await using var people = await PeoplePlatform.StartAsync();
        var message = await AskAsync(people, await people.AddAsync("boss", BuiltInRoles.Helpdesk));
        using var browser = people.Browser();
        await browser.SignInAsync(PeoplePlatform.Address("boss"), PeoplePlatform.Password);
        Assert.Contains($"/account/approvals/{message}", (await browser.GetAsync("/account/approvals")).Document.Body!.InnerHtml, StringComparison.Ordinal);
        var page = await browser.GetAsync($"/account/approvals/{message}");
        Assert.Contains("Lists outside (recipient.outside)", page.Text, StringComparison.Ordinal);
        Assert.Equal(DeliveryState.AwaitingApproval, await StateAsync(people));

        await browser.SubmitAsync(page, new Dictionary<string, string> { ["decision"] = "approve" });

        Assert.Equal(DeliveryState.Queued, await StateAsync(people));
    }

    [Fact]
    public async Task Who_is_not_asked_sees_nothing_of_the_mail()
    {
        await using var people = await PeoplePlatform.StartAsync();
        var message = await AskAsync(people, await people.AddAsync("boss", BuiltInRoles.Helpdesk));
        using var browser = people.Browser();
        await browser.SignInAsync(PeoplePlatform.Address("admin"), PeoplePlatform.Password);
        Assert.DoesNotContain("Lists outside", (await browser.GetAsync($"/account/approvals/{message}")).Text, StringComparison.Ordinal);
    }

    /// <summary>The first message of the seed, as if its mailbox had sent it and it waited for the account.</summary>
    private static async Task<Guid> AskAsync(PeoplePlatform people, Guid approver)
    {
        var acme = people.Platform.Seed.Acme;
        var (message, mailbox, now) = (acme.Messages[0], acme.Mailbox, DateTimeOffset.UtcNow);
        SendReason[] reasons = [new("Lists outside", "", "recipient.outside")];
        await using var db = Open(people);
        await db.Messages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.SenderMailboxId, mailbox), Stop);
        await db.Deliveries.Where(row => row.MessageId == message).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, DeliveryState.AwaitingApproval)
                .SetProperty(row => row.SenderMailboxId, mailbox)
                .SetProperty(row => row.PlanJson, SendJson.Write(SendPlan.Of(new SendStage.Approve(Guid.NewGuid(), "Managers", reasons, 48))))
                .SetProperty(row => row.DueAt, now.AddHours(48)),
            Stop);
        var delivery = await db.Deliveries.Where(row => row.MessageId == message).OrderBy(row => row.Id).Select(row => row.Id).FirstAsync(Stop);
        db.Add(new ApprovalRow
        {
            Id = Guid.CreateVersion7(),
            TenantId = acme.Id,
            MessageId = message,
            DeliveryId = delivery,
            MailboxId = mailbox,
            ChainId = Guid.NewGuid(),
            Chain = "Managers",
            Steps = ApprovalJson.Write([new ApprovalStep([approver], null, All: false)]),
            Step = 0,
            OnExpiry = ApprovalExpiry.Decline,
            Reasons = ApprovalJson.Write(reasons),
            State = ApprovalState.Waiting,
            StartedAt = now,
            ExpiresAt = now.AddHours(48),
            RemindHours = 0,
        });

        await db.SaveChangesAsync(Stop);
        return message;
    }

    private static async Task<DeliveryState> StateAsync(PeoplePlatform people)
    {
        await using var db = Open(people);
        var message = people.Platform.Seed.Acme.Messages[0];
        return await db.Deliveries.Where(row => row.MessageId == message).OrderBy(row => row.Id).Select(row => row.State).FirstAsync(Stop);
    }

    private static PlatformDb Open(PeoplePlatform people) => people.Platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(people.Platform.Seed.Acme.Id, "test"));
}
