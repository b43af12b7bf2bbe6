using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Cluster.Tests.Support;
using Platform.Engine.Tracking;
using Platform.Grains.Tracking;
using Platform.Storage.Tracking;

namespace Platform.Cluster.Tests.Tracking;

/// <summary>From an open that was noted to one that is graded, counted, and keeps what the policy allows.</summary>
public sealed class OpenGraderTests(PostgresServer postgres)
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
    private const string Gmail = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

    private static readonly TimeSpan s_gradedAfter = TimeSpan.FromSeconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TrackedPlace.None, null, null, null)]
    [InlineData(TrackedPlace.Country, "JP", null, "Example Net")]
    [InlineData(TrackedPlace.Region, "JP", "Tokyo", "Example Net")]
    public async Task The_place_is_kept_as_the_policy_allows(TrackedPlace place, string? country, string? region, string? network)
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var mail = await TrackedMail.CreateAsync(cluster, place);
        await OpenedAsync(cluster, mail, Chrome, NetworkKind.Access);

        var open = Assert.Single(await GradedAsync(mail));
        Assert.Equal((OpenGrade.Person, "browser", country, region, network, "Chrome", DeviceKind.Desktop), (open.Grade, open.Reason, open.Country, open.Region, open.Network, open.Family, open.Device));
    }

    [Fact]
    public async Task The_place_of_a_proxy_is_not_its_persons()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var mail = await TrackedMail.CreateAsync(cluster, TrackedPlace.Region);
        await OpenedAsync(cluster, mail, Gmail, NetworkKind.Google);

        var open = Assert.Single(await GradedAsync(mail));
        Assert.Equal((OpenGrade.Person, "gmail-proxy", null, null), (open.Grade, open.Reason, open.Country, open.Region));
    }

    [Fact]
    public async Task What_opens_the_copies_of_many_is_a_machine_also_in_the_first_of_them()
    {
        await using var cluster = await TwoSilos.StartAsync(Store.Sqlite, postgres);
        var mail = await TrackedMail.CreateAsync(cluster, TrackedPlace.Country, recipients: 4);
        await OpenedAsync(cluster, mail, Chrome, NetworkKind.Access);

        Assert.All(await GradedAsync(mail), open => Assert.Equal((OpenGrade.Machine, "burst"), (open.Grade, open.Reason)));
    }

    /// <summary>All copies, two hours after delivery.</summary>
    private static async Task OpenedAsync(TwoSilos cluster, TrackedMail mail, string agent, NetworkKind kind)
    {
        cluster.Time.Advance(TimeSpan.FromHours(2));
        var request = new OpenRequest { Agent = agent, Accept = "image/avif,*/*", Languages = "ja", Destination = "image", Mode = "no-cors" };
        var facts = new OpenFacts(request, kind, "JP", "Tokyo", "Example Net");
        await mail.Store.NoteAsync([.. mail.Deliveries.Select(delivery => new NewOpen(delivery, cluster.Time.GetUtcNow(), OpenTarget.Picture, "", facts, "network", "agent", s_gradedAfter))], Stop);
        cluster.Time.Advance(s_gradedAfter);
        using var grader = new OpenGrader(mail.Store, cluster.Grains, cluster.Time, NullLogger<OpenGrader>.Instance);
        Assert.Equal(mail.Deliveries.Count, await grader.GradeDueAsync(Stop));
    }

    private static async Task<List<OpenRow>> GradedAsync(TrackedMail mail)
    {
        await using var db = mail.Open();
        return await db.Opens.AsNoTracking().ToListAsync(Stop);
    }
}
