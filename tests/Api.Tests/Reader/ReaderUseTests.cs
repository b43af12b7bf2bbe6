using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Edge;
using Platform.Engine.Intelligence;
using Platform.Grains.Protection;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Policies;
using static Platform.Api.Tests.Reader.ReaderPlatform;

namespace Platform.Api.Tests.Reader;

/// <summary>What people, their browsers and their phones do with the secure reader.</summary>
public sealed class ReaderUseTests
{
    private const string Protection = "query($id: ID!) { node(id: $id) { ... on Delivery { protection { opens } } } }";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_looked_for_the_code_elsewhere_comes_back_to_its_form()
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync();
        var browser = reader.Browser();
        var asked = await PostAsync(browser, mail.Path + "/code");

        Assert.Contains("id=\"code\"", asked.Text, StringComparison.Ordinal);
        Assert.Contains("id=\"code\"", (await GetAsync(browser, mail.Path + "/code")).Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{mail.Path}/code\"", (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"code\"", (await GetAsync(reader.Browser(), mail.Path + "/code")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digits_of_full_width_are_digits()
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync();
        var browser = reader.Browser();
        await PostAsync(browser, mail.Path + "/code");
        var read = await PostAsync(browser, mail.Path + "/enter", ("code", string.Concat(reader.Mails.Latest.Code.Select(digit => (char)(digit - '0' + '\uff10')))));

        Assert.Contains($"{Secret} plan", read.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_a_code_is_no_try()
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync();
        var browser = reader.Browser();
        await PostAsync(browser, mail.Path + "/code");
        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(browser, mail.Path + "/enter", ("code", "1234567"))).Status);

        Assert.Contains($"{Secret} plan", (await PostAsync(browser, mail.Path + "/enter", ("code", reader.Mails.Latest.Code))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("iframe", "<p>" + Secret)]
    [InlineData("document", "<iframe")]
    public async Task The_text_is_shown_in_its_frame_alone(string destination, string shown)
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync();
        var browser = await reader.ReadingAsync(mail);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(mail.Path + "/body", UriKind.Relative));
        request.Headers.Add("Sec-Fetch-Dest", destination);
        using var response = await browser.SendAsync(request, Stop);

        Assert.Contains(shown, await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/body")]
    [InlineData("/text/1.2")]
    [InlineData("/file/1.2")]
    public async Task What_is_withdrawn_while_it_is_read_is_not_given(string page)
    {
        await using var reader = await StartAsync(services: services => services.AddSingleton<WithdrawnMeanwhile>().AddSingleton<IProtectedContent>(provider => provider.GetRequiredService<WithdrawnMeanwhile>()));
        var mail = await reader.PlantAsync();
        var browser = await reader.ReadingAsync(mail);
        Assert.Contains(Secret, (await GetAsync(browser, mail.Path + "/body")).Text, StringComparison.Ordinal);
        reader.Get<WithdrawnMeanwhile>().IsDue = true;

        var (status, text) = await GetAsync(browser, mail.Path + page);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_loads_itself_anew_is_no_other_reading()
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync();
        var browser = await reader.ReadingAsync(mail);
        var again = await GetAsync(browser, mail.Path + "?again");

        Assert.Contains($"{Secret} plan", again.Text, StringComparison.Ordinal);
        Assert.Contains("content=\"60; url=?again\"", again.Text, StringComparison.Ordinal);
        await using var db = reader.Open();
        Assert.Equal(1, (await db.ProtectedDeliveries.SingleAsync(row => row.DeliveryId == mail.Delivery, Stop)).Opens);
    }

    [Fact]
    public async Task Its_reader_is_told_that_it_is_told_and_no_event_has_the_address()
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync();
        Assert.Contains("organisation is told", (await GetAsync(reader.Browser(), mail.Path)).Text, StringComparison.Ordinal);
        var browser = await reader.ReadingAsync(mail);
        Assert.Contains("organisation is told", (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
        await GetAsync(browser, mail.Path + "/file/1.2");

        await using var db = reader.Open();
        var told = await db.Events.Where(row => row.DeliveryId == mail.Delivery && (row.Kind == EventKinds.ProtectionOpened || row.Kind == EventKinds.ProtectionDownloaded)).Select(row => row.Data).ToListAsync(Stop);
        Assert.Equal(2, told.Count);
        Assert.All(told, data => Assert.DoesNotContain("127.0.0.1", data, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("country", true)]
    [InlineData("none", false)]
    public async Task The_country_is_told_where_the_policy_lets_it_be_kept(string place, bool isTold)
    {
        await using var reader = await StartAsync(services: services => services.AddSingleton<INetworkData, Japan>());
        Assert.Null((await reader.Get<IPolicyCommands>().SetAsync(reader.Scope, PolicyTarget.Tenant(reader.Tenant.Id), [new PolicyChange("send.tracking-place", place)], Stop)).Code);
        var mail = await reader.PlantAsync();
        await reader.ReadingAsync(mail);

        await using var db = reader.Open();
        var told = await db.Events.Where(row => row.DeliveryId == mail.Delivery && row.Kind == EventKinds.ProtectionOpened).Select(row => row.Data).SingleAsync(Stop);
        Assert.Equal(isTold, told.Contains("\"country\":\"JP\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nobody@elsewhere.test")]
    [InlineData("nobody@globex.test")]
    public async Task Whose_author_has_no_mailbox_of_the_tenant_is_not_answered(string author)
    {
        await using var reader = await StartAsync();
        var mail = await reader.PlantAsync(author: author);
        var browser = await reader.ReadingAsync(mail);

        Assert.DoesNotContain("/reply", (await GetAsync(browser, mail.Path)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await GetAsync(browser, mail.Path + "/reply")).Status);
    }

    [Fact]
    public async Task A_network_that_asks_too_often_waits()
    {
        await using var reader = await StartAsync(settings => settings with { RateLimits = new RateLimitSettings(1_000, 2) });
        var browser = reader.Browser();
        var answers = new List<(HttpStatusCode Status, string Text)>();
        for (var i = 0; i < 40; i++)
            answers.Add(await GetAsync(browser, "/r/nonsense"));

        Assert.Equal(HttpStatusCode.NotFound, answers[0].Status);
        Assert.Contains("Too many requests", answers.Find(answer => answer.Status == HttpStatusCode.TooManyRequests).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_msp_that_is_kept_from_messages_is_kept_from_what_became_of_them()
    {
        await using var reader = await StartAsync();
        var id = GlobalId.Of(NodeKind.Delivery, (await reader.PlantAsync()).Delivery);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, await KindAsync());
        await reader.Get<IMspContentAccess>().SetAsync(reader.Scope, reader.Tenant.Id, false, Stop);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, await KindAsync());

        async Task<System.Text.Json.JsonValueKind> KindAsync() => (await reader.Platform.DataAsync("demo-msp-api", Protection, new { id })).GetProperty("node").GetProperty("protection").ValueKind;
    }

    /// <summary>Everybody is there.</summary>
    private sealed class Japan : INetworkData
    {
        public NetworkPlace? Find(IPAddress address) => new("JP", null, null);
    }
}
