using System.Buffers.Text;
using System.Globalization;
using System.Net;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Protection;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Tries to get into protected mail without being its recipient: codes guessed, used again, given by many at once, taken from another
/// mail or browser; links made up, changed by a bit, or of another kind. Beside it the recipient itself gets in.
/// </summary>
internal sealed class ReaderCodesBench : IBench
{
    /// <summary>Guesses are to be refused for what they are, not for how many they are.</summary>
    private static readonly Dictionary<string, string?> s_unhurried = new() { ["Http__AddressPerMinute"] = "1000000" };

    public IReadOnlyList<string> Figures => ["codes"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("codes");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path) { Environment = s_unhurried }, cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var random = context.RandomFor("codes");
        var run = new ProtectedRun(product, client, random);
        await run.ProtectAsync("MAIL", cancellationToken);
        var mails = new List<ProtectedMail>();
        for (var i = 0; i < 4; i++)
            mails.Add(await run.SendAsync(cancellationToken));

        var guesses = await GuessAsync(run, mails[0], context.Scaled(5_000, 500), random, cancellationToken);
        var replays = await ReplayAsync(run, mails[1], cancellationToken);
        var parallel = await ParallelAsync(run, mails[2], cancellationToken);
        var links = await LinksAsync(run, mails[3], context.Scaled(5_000, 1_000), random, cancellationToken);
        using var recipient = await run.ReadingAsync(mails[3], cancellationToken);
        var own = await ReadsAsync(recipient, mails[3], cancellationToken);
        var got = guesses.Got + replays.Got + parallel.Got + links.Got;
        return
        [
            new Figure("codes", got, "successes", "0", got == 0 && own)
            {
                Detail = $"{guesses.Tried} guesses, {replays.Tried} replays, {parallel.Tried} at once beside the first, {links.Tried} links; the recipient {(own ? "reads" : "DOES NOT READ")}",
            },
        ];
    }

    private static async Task<(int Tried, int Got)> GuessAsync(ProtectedRun run, ProtectedMail mail, int tries, Random random, CancellationToken cancellationToken)
    {
        var got = 0;
        using var browser = run.Browser();
        for (var i = 0; i < tries; i++)
        {
            if (i % 10 == 0)
            {
                using var asked = await browser.PostAsync(new Uri(mail.Path + "/code", UriKind.Relative), null, cancellationToken);
                // The mail with the code arrives and is not looked at.
                if (asked.IsSuccessStatusCode)
                    await run.CodeAsync(cancellationToken);
            }

            got += await EnterAsync(browser, mail, random.Next(100_000_000).ToString("D8", CultureInfo.InvariantCulture), cancellationToken) ? 1 : 0;
        }

        return (tries, got);
    }

    private static async Task<(int Tried, int Got)> ReplayAsync(ProtectedRun run, ProtectedMail mail, CancellationToken cancellationToken)
    {
        using var first = run.Browser();
        using var asked = await first.PostAsync(new Uri(mail.Path + "/code", UriKind.Relative), null, cancellationToken);
        var code = await run.CodeAsync(cancellationToken);
        using var other = run.Browser();
        var got = await EnterAsync(other, mail, code, cancellationToken) ? 1 : 0;
        using var otherAsked = await other.PostAsync(new Uri(mail.Path + "/code", UriKind.Relative), null, cancellationToken);
        await run.CodeAsync(cancellationToken);
        got += await EnterAsync(other, mail, code, cancellationToken) ? 1 : 0;
        if (!await EnterAsync(first, mail, code, cancellationToken))
            throw new InvalidOperationException("The right code was refused.");
        using var leaving = await first.PostAsync(new Uri(mail.Path + "/leave", UriKind.Relative), null, cancellationToken);
        got += await EnterAsync(first, mail, code, cancellationToken) ? 1 : 0;
        return (3, got);
    }

    /// <summary>One code from one browser, a hundred times at once: one may enter.</summary>
    private static async Task<(int Tried, int Got)> ParallelAsync(ProtectedRun run, ProtectedMail mail, CancellationToken cancellationToken)
    {
        const int tries = 100;
        using var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var browser = run.Browser();
        using var plain = new HttpClient(handler) { BaseAddress = browser.BaseAddress };
        using var asked = await plain.PostAsync(new Uri(mail.Path + "/code", UriKind.Relative), null, cancellationToken);
        var cookie = asked.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var code = await run.CodeAsync(cancellationToken);
        var entered = await Task.WhenAll(Enumerable.Range(0, tries).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mail.Path + "/enter", UriKind.Relative)) { Content = new FormUrlEncodedContent([KeyValuePair.Create("code", code)]) };
            request.Headers.Add("Cookie", cookie);
            using var response = await plain.SendAsync(request, cancellationToken);
            return response.StatusCode == HttpStatusCode.SeeOther;
        }));
        return (tries - 1, Math.Max(0, entered.Count(one => one) - 1));
    }

    /// <summary>Links that lead anywhere but to "there is no such mail".</summary>
    private static async Task<(int Tried, int Got)> LinksAsync(ProtectedRun run, ProtectedMail mail, int tries, Random random, CancellationToken cancellationToken)
    {
        using var browser = run.Browser();
        var token = Base64Url.DecodeFromChars(mail.Path.AsSpan("/r/".Length));
        var got = 0;
        for (var i = 0; i < tries; i++)
        {
            var changed = (byte[])token.Clone();
            if (i % 2 == 0)
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            else
                random.NextBytes(changed.AsSpan(2));
            using var response = await browser.GetAsync(new Uri("/r/" + Base64Url.EncodeToString(changed), UriKind.Relative), cancellationToken);
            got += response.StatusCode == HttpStatusCode.NotFound ? 0 : 1;
        }

        using var page = await browser.GetAsync(new Uri(mail.Path.Replace("/r/", "/l/", StringComparison.Ordinal), UriKind.Relative), cancellationToken);
        return (tries + 1, got + (page.StatusCode == HttpStatusCode.NotFound ? 0 : 1));
    }

    private static async Task<bool> EnterAsync(HttpClient browser, ProtectedMail mail, string code, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("code", code)]);
        using var response = await browser.PostAsync(new Uri(mail.Path + "/enter", UriKind.Relative), form, cancellationToken);
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Contains(mail.Word, StringComparison.Ordinal) || await ReadsAsync(browser, mail, cancellationToken);
    }

    private static async Task<bool> ReadsAsync(HttpClient browser, ProtectedMail mail, CancellationToken cancellationToken)
    {
        using var response = await browser.GetAsync(new Uri(mail.Path + "/body", UriKind.Relative), cancellationToken);
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Contains(mail.Word, StringComparison.Ordinal);
    }
}
