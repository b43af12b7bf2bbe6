using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Tests.Hosting;
using Platform.Engine.Tracking;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Tracking;

namespace Platform.Api.Tests.Tracking;

/// <summary>The picture in tracked copies: one answer for whatever is asked.</summary>
public sealed class PictureTests : IAsyncLifetime
{
    private readonly TestPlatform _platform = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Guid Tracked => _platform.Seed.Acme.Deliveries[0];

    public ValueTask InitializeAsync() => _platform.InitializeAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Whatever_is_asked_for_is_answered_alike()
    {
        var answers = new List<string>();
        foreach (var token in new[] { TokenOf(Tracked), TokenOf(Guid.NewGuid()), TokenOf(Tracked)[..41] + "_", "x", new string('A', 42), "%20" })
            answers.Add(await AnswerAsync(HttpMethod.Get, token));

        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
        Assert.StartsWith("200 image/gif 42", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_kept_nowhere_sets_no_cookie_and_leads_nowhere()
    {
        using var response = await _platform.SendAsync(null, HttpMethod.Get, $"/t/{TokenOf(Tracked)}.gif");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.DoesNotContain(response.Headers, header => header.Key is "Set-Cookie" or "Location");
        Assert.Equal("GIF89a"u8.ToArray(), (await response.Content.ReadAsByteArrayAsync(Stop))[..6]);
    }

    [Fact]
    public async Task Head_is_answered_without_the_picture()
    {
        using var response = await _platform.SendAsync(null, HttpMethod.Head, $"/t/{TokenOf(Tracked)}.gif");

        Assert.Equal((HttpStatusCode.OK, 42L, 0), (response.StatusCode, response.Content.Headers.ContentLength, (await response.Content.ReadAsByteArrayAsync(Stop)).Length));
    }

    [Fact]
    public async Task An_open_of_a_tracked_mail_is_noted_and_no_other()
    {
        await AnswerAsync(HttpMethod.Get, TokenOf(_platform.Seed.Acme.Deliveries[1]));
        await AnswerAsync(HttpMethod.Get, TokenOf(Tracked)[..41] + "_");
        await AnswerAsync(HttpMethod.Get, TokenOf(Tracked));

        var open = Assert.Single(await OpensAsync(count: 1));
        Assert.Equal((Tracked, OpenTarget.Picture, null), (open.DeliveryId, open.Target, open.Grade));
        Assert.Contains("test-agent", open.Facts, StringComparison.Ordinal);
    }

    /// <summary>The server's own lines on each request are off in the product (appsettings.json).</summary>
    [Fact]
    public async Task The_token_is_in_no_log_of_ours()
    {
        var token = TokenOf(Tracked);
        await AnswerAsync(HttpMethod.Get, token);

        Assert.DoesNotContain(_platform.Log.Lines, line => line.Contains(token, StringComparison.Ordinal) && !line.StartsWith("Information: Request ", StringComparison.Ordinal));
    }

    private string TokenOf(Guid delivery) => _platform.Provider.GetRequiredService<IReadTokens>().Sign(delivery);

    private async Task<string> AnswerAsync(HttpMethod method, string token)
    {
        using var response = await _platform.SendAsync(null, method, $"/t/{token}.gif", null, ("User-Agent", "test-agent"));
        var headers = response.Headers.Where(header => header.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID")).OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {string.Join(",", header.Value)}");
        return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {response.Content.Headers.ContentLength} {Convert.ToHexString(await response.Content.ReadAsByteArrayAsync(Stop))} {string.Join(" | ", headers)}";
    }

    private async Task<List<OpenRow>> OpensAsync(int count)
    {
        for (var i = 0; i < 200; i++)
        {
            await using var db = _platform.Provider.GetRequiredService<IPlatformDbFactory>().Open(Scope.System(_platform.Seed.Acme.Id, "test"));
            if (await db.Opens.AsNoTracking().Where(row => row.Grade == null).ToListAsync(Stop) is { } rows && rows.Count >= count)
                return rows;
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }

        throw new TimeoutException("The open was not written in ten seconds.");
    }
}
