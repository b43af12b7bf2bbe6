using System.Text;
using System.Text.RegularExpressions;
using Platform.Grains.Tests.Support;
using Platform.Grains.Tracking;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Policies;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tests.Tracking;

public sealed class TrackedCopiesTests
{
    private const string Html = "From: info@acme.test\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n";
    private const string Outside = "bob@partner.test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_tracked_unless_the_policy_says_so()
    {
        await using var host = await FlowHost.StartAsync();
        Assert.Null(await CopyAsync(host));
    }

    [Theory]
    [InlineData("en", "The sender of this mail learns when it is opened.")]
    [InlineData("ja", "このメールが開かれると、送信者に開封が通知されます。")]
    public async Task A_copy_has_a_picture_of_its_own_and_a_line_for_its_reader(string language, string notice)
    {
        await using var host = await FlowHost.StartAsync(language: language);
        await SetAsync(host, ("send.tracking", "pixel"));

        var copy = await CopyAsync(host);

        Assert.Equal(notice, copy!.Notice);
        Assert.True(Ascii.IsValid(copy.Html));
        Assert.Contains(notice, System.Net.WebUtility.HtmlDecode(copy.Html), StringComparison.Ordinal);
        var token = Assert.Single(Regex.Matches(copy.Html, "<img src=\"http://localhost:5080/t/([\\w-]+)\\.gif\"")).Groups[1].Value;
        Assert.Equal(copy.Tracked.DeliveryId, host.Get<IReadTokens>().Read(token));
    }

    [Fact]
    public async Task The_line_can_be_switched_off()
    {
        await using var host = await FlowHost.StartAsync();
        await SetAsync(host, ("send.tracking", "pixel"), ("send.tracking-notice", "off"));

        var copy = await CopyAsync(host);

        Assert.Equal("", copy!.Notice);
        Assert.StartsWith("<img ", copy.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", TrackedPlace.None)]
    [InlineData("country", TrackedPlace.Country)]
    [InlineData("region", TrackedPlace.Region)]
    public async Task The_place_is_that_of_the_policy(string place, TrackedPlace expected)
    {
        await using var host = await FlowHost.StartAsync();
        await SetAsync(host, ("send.tracking", "pixel"), ("send.tracking-place", place));

        Assert.Equal(expected, (await CopyAsync(host))!.Tracked.Place);
    }

    [Theory]
    [InlineData("keiri@acme.test", IntakeMode.Submission, Html)]
    [InlineData("gone@acme.test", IntakeMode.Submission, Html)]
    [InlineData(Outside, IntakeMode.Gateway, Html)]
    public async Task Mail_inside_or_of_others_stays_as_it_is(string recipient, IntakeMode mode, string mail)
    {
        await using var host = await FlowHost.StartAsync();
        await SetAsync(host, ("send.tracking", "pixel"));

        Assert.Null(await CopyAsync(host, recipient, mode, mail));
    }

    [Fact]
    public async Task It_is_tracked_when_it_was_made()
    {
        await using var host = await FlowHost.StartAsync();
        await SetAsync(host, ("send.tracking", "pixel"));
        var copy = await CopyAsync(host);
        Assert.Empty(await host.RowsAsync(db => db.TrackedDeliveries));

        await host.Get<ITrackedCopies>().MadeAsync(copy!, Stop);

        var row = Assert.Single(await host.RowsAsync(db => db.TrackedDeliveries));
        Assert.Equal((copy!.Tracked.DeliveryId, await host.MailboxAsync("info@acme.test")), (row.DeliveryId, row.SenderMailboxId));
    }

    private static async Task<TrackedCopy?> CopyAsync(FlowHost host, string recipient = Outside, IntakeMode mode = IntakeMode.Submission, string mail = Html)
    {
        await host.AcceptAsync(new Mail { Mode = mode, From = "info@acme.test", Recipients = [recipient], Body = Encoding.ASCII.GetBytes(mail) });
        var row = Assert.Single(await host.RowsAsync(db => db.Deliveries));
        var message = Assert.Single(await host.RowsAsync(db => db.Messages));
        var lease = new RelayLease(
            row.Id, message.Id, host.Tenant, Guid.NewGuid(), 1, DeliveryState.Queued, message.MailFrom, recipient, null, null, "", null, SmtpParameters.None, new BodyReference(message.BodyName, message.BodyKey!), message.ReceivedAt, message.ReceivedAt)
        {
            Mode = mode,
        };
        return await host.Get<ITrackedCopies>().OfAsync(lease, Stop);
    }

    private static async Task SetAsync(FlowHost host, params (string Setting, string Value)[] values) => Assert.Null(
        (await host.Get<IPolicyCommands>().SetAsync(host.Scope, PolicyTarget.Tenant(host.Tenant), [.. values.Select(value => new PolicyChange(value.Setting, value.Value))], Stop)).Code);
}
