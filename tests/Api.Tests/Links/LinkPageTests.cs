using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Links;
using Platform.Api.Tests.Hosting;
using Platform.Engine.Verdicts;
using Platform.Storage.Links;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Links;

/// <summary>The pages behind the links of digests: a look changes nothing, a confirmation acts once.</summary>
public sealed class LinkPageTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Looking_changes_nothing_and_confirming_delivers_to_the_one_mailbox()
    {
        var (delivery, other) = await HoldAsync(VerdictKind.Spam);
        var path = PathOf(LinkPurpose.Release, delivery);

        for (var i = 0; i < 3; i++)
            Assert.Contains("<form method=\"post\">", await PageAsync(HttpMethod.Get, path), StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Quarantined, await StateAsync(delivery));

        Assert.DoesNotContain("<form", await PageAsync(HttpMethod.Post, path), StringComparison.Ordinal);

        Assert.Equal((DeliveryState.Released, DeliveryState.Quarantined), (await StateAsync(delivery), await StateAsync(other)));
        Assert.Contains("done already", await PageAsync(HttpMethod.Post, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_loads_nothing_from_elsewhere_tells_nobody_its_address_and_needs_no_script()
    {
        var (delivery, _) = await HoldAsync(VerdictKind.Spam);

        using var response = await _platform.SendAsync(null, HttpMethod.Get, PathOf(LinkPurpose.View, delivery));
        var page = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(src|href)=\"(?!/)", page);
        Assert.DoesNotContain("Set-Cookie", response.Headers.Select(header => header.Key));
        Assert.Contains("lang=\"en\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mail_itself_is_shown_as_text_after_a_click_and_on_the_audit_log()
    {
        var (delivery, _) = await HoldAsync(VerdictKind.Spam);
        var path = PathOf(LinkPurpose.View, delivery);
        Assert.DoesNotContain("canary body", await PageAsync(HttpMethod.Get, path), StringComparison.Ordinal);

        Assert.Contains("canary body", await PageAsync(HttpMethod.Post, path), StringComparison.Ordinal);

        await using var db = Open();
        Assert.Contains(await db.Audit.ToListAsync(Stop), entry => entry.Action == "message.content.preview" && entry.Actor.StartsWith("link:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nonsense", HttpStatusCode.NotFound)]
    [InlineData("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4_QEFCQ0RFRkdISUpL", HttpStatusCode.NotFound)]
    public async Task What_is_no_link_of_ours_is_explained(string token, HttpStatusCode status)
    {
        using var response = await _platform.SendAsync(null, HttpMethod.Post, "/l/" + token);

        Assert.Equal((status, "text/html"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task What_has_expired_is_explained_and_does_nothing()
    {
        var (delivery, _) = await HoldAsync(VerdictKind.Spam);

        using var response = await _platform.SendAsync(null, HttpMethod.Post, PathOf(LinkPurpose.Release, delivery, DateTimeOffset.UtcNow.AddMinutes(-1)));

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal(DeliveryState.Quarantined, await StateAsync(delivery));
    }

    [Fact]
    public async Task What_the_policy_does_not_allow_is_said_before_anything_is_asked()
    {
        var (delivery, _) = await HoldAsync(VerdictKind.Malware);

        Assert.DoesNotContain("<form", await PageAsync(HttpMethod.Get, PathOf(LinkPurpose.Release, delivery)), StringComparison.Ordinal);
        Assert.Contains("<form", await PageAsync(HttpMethod.Get, PathOf(LinkPurpose.RequestRelease, delivery)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TOO_MANY_REPORTS", "many")]
    [InlineData("LIST_FULL", "full")]
    [InlineData("LIST_SENDER_UNKNOWN", "nobody")]
    [InlineData("LIST_SENDER_UNPROVEN", "unlisted")]
    public void What_was_refused_is_said_in_words_of_its_own(string code, string page) => Assert.Equal(page, LinkPages.KeyOf(code));

    [Fact]
    public async Task A_link_stands_in_no_log()
    {
        var (delivery, _) = await HoldAsync(VerdictKind.Spam);
        var path = PathOf(LinkPurpose.Release, delivery);

        await PageAsync(HttpMethod.Post, path);

        Assert.DoesNotContain(_platform.Log.Lines, line => line.Contains(path, StringComparison.Ordinal));
    }

    private async Task<string> PageAsync(HttpMethod method, string path)
    {
        using var response = await _platform.SendAsync(null, method, path);
        return await response.Content.ReadAsStringAsync(Stop);
    }

    private string PathOf(LinkPurpose purpose, Guid delivery, DateTimeOffset? expires = null) => "/l/" + _platform.Provider.GetRequiredService<IActionLinks>().Sign(new ActionLink(
        purpose, _platform.Seed.Acme.Id, delivery, _platform.Seed.Acme.Mailbox, DateTimeOffset.FromUnixTimeSeconds((expires ?? DateTimeOffset.UtcNow.AddHours(1)).ToUnixTimeSeconds())));

    /// <summary>The first seeded mail, held for both of its recipients with that verdict. Gives the delivery to the mailbox, and the other.</summary>
    private async Task<(Guid Own, Guid Other)> HoldAsync(VerdictKind kind)
    {
        var message = _platform.Seed.Acme.Messages[0];
        await using var db = Open();
        await db.Messages.Where(row => row.Id == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.Verdict, kind), Stop);
        await db.Deliveries.Where(row => row.MessageId == message).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryState.Quarantined).SetProperty(row => row.DecisionJson, (string?)null), Stop);
        var deliveries = await db.Deliveries.Where(row => row.MessageId == message).ToListAsync(Stop);
        var own = deliveries.Single(row => row.Recipient.StartsWith("info.", StringComparison.Ordinal));
        return (own.Id, deliveries.Single(row => row.Id != own.Id).Id);
    }

    private async Task<DeliveryState> StateAsync(Guid delivery)
    {
        await using var db = Open();
        return await db.Deliveries.Where(row => row.Id == delivery).Select(row => row.State).SingleAsync(Stop);
    }

    private PlatformDb Open() => _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
}
