using System.Text;
using Microsoft.Playwright;
using Platform.Benchmarks.Browsers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Protection;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Protected mails are read, by plain requests and in a real browser with and without script, and withdrawn in the middle. What of each can
/// still be read is counted: by the reader with its session, by every link seen before, in the open tab, by going back to a page that the
/// browser may have kept. Beside it every file of the installation is searched for what was protected.
/// </summary>
internal sealed class WithdrawnBench : IBench
{
    private static readonly TimeSpan TabLeft = TimeSpan.FromSeconds(20);

    public IReadOnlyList<string> Figures => ["withdrawn", "withdrawn-at-rest"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var count = context.Scaled(40, 8);
        using var data = new TempFolder("withdrawn");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var run = new ProtectedRun(product, client, context.RandomFor("withdrawn"));
        await run.ProtectAsync("MAIL", cancellationToken);
        await using var chromium = await Chromium.StartAsync();
        List<ProtectedMail> mails = [];
        var (before, after) = (0L, 0L);
        for (var i = 0; i < count; i++)
        {
            context.Progress.Say($"mail {i + 1} of {count}");
            var mail = await run.SendAsync(cancellationToken);
            mails.Add(mail);
            using var browser = await run.ReadingAsync(mail, cancellationToken);
            before += await ReadableAsync(browser, mail, cancellationToken);
            var tab = await TabAsync(chromium, product, run, mail, cancellationToken);
            await run.WithdrawAsync(await run.IdAsync(mail, cancellationToken), cancellationToken);
            after += await ReadableAsync(browser, mail, cancellationToken) + await LeftInTabAsync(tab, mail, cancellationToken);
            await tab.Context.CloseAsync();
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, cancellationToken);
        var kept = mails.Sum(mail => HeldBy(data.Path, mail.Word));
        return
        [
            new Figure("withdrawn", after, "bytes", "0", after == 0 && before > 0) { Detail = $"{count} mails; {before} bytes readable before" },
            new Figure("withdrawn-at-rest", kept, "places", "0", kept == 0 && mails.Count > 0) { Detail = "files of the installation that hold a word of a protected mail, in UTF-8, UTF-16 or base64" },
        ];
    }

    /// <summary>Bytes of pages that hold what is protected, over all that the reader has.</summary>
    private static async Task<long> ReadableAsync(HttpClient browser, ProtectedMail mail, CancellationToken cancellationToken)
    {
        var readable = 0L;
        foreach (var page in (string[])["", "/body", "/file/1.2", "/text/1.2", "/reply", "/state", "/code", "/enter"])
        {
            using var response = await browser.GetAsync(new Uri(mail.Path + page, UriKind.Relative), cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            readable += text.Contains(mail.Word, StringComparison.Ordinal) ? text.Length : 0;
        }

        return readable;
    }

    private static async Task<IPage> TabAsync(Chromium chromium, RunningProduct product, ProtectedRun run, ProtectedMail mail, CancellationToken cancellationToken)
    {
        var tab = await chromium.OpenAsync(product.Http);
        await tab.GotoAsync(mail.Path);
        await tab.Locator("button[type=submit]").ClickAsync();
        await tab.Locator("#code").FillAsync(await run.CodeAsync(cancellationToken));
        await tab.Locator("button[type=submit]").First.ClickAsync();
        await tab.Locator("iframe").WaitForAsync();
        if (await ShownAsync(tab, mail) == 0)
            throw new InvalidOperationException("The tab shows nothing of the mail.");
        return tab;
    }

    /// <summary>Bytes in the tab once it had the time to leave, and after going back and forth.</summary>
    private static async Task<long> LeftInTabAsync(IPage tab, ProtectedMail mail, CancellationToken cancellationToken)
    {
        await Wait.UntilAsync(TabLeft, async () => await ShownAsync(tab, mail) == 0, cancellationToken);
        var left = await ShownAsync(tab, mail);
        await tab.GoBackAsync();
        left += await ShownAsync(tab, mail);
        await tab.GoForwardAsync();
        return left + await ShownAsync(tab, mail);
    }

    private static async Task<long> ShownAsync(IPage tab, ProtectedMail mail)
    {
        var shown = 0L;
        foreach (var frame in tab.Frames)
        {
            try
            {
                var content = await frame.ContentAsync();
                shown += content.Contains(mail.Word, StringComparison.Ordinal) ? content.Length : 0;
            }
            catch (PlaywrightException)
            {
                // The frame went away meanwhile.
            }
        }

        return shown;
    }

    private static int HeldBy(string folder, string word)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word), .. Enumerable.Range(0, 3).Select(shift => Base64Of(word, shift))];
        // The running product lets nobody else open its lock, which holds nothing.
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != ".process.lock").Count(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            var content = bytes.ToArray();
            return forms.Any(form => content.AsSpan().IndexOf(form) >= 0);
        });
    }

    /// <summary>What of the word's base64 does not depend on what stands around it.</summary>
    private static byte[] Base64Of(string word, int shift)
    {
        var coded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', shift) + word));
        return Encoding.ASCII.GetBytes(coded[(shift == 0 ? 0 : 4)..(coded.Length - 4)]);
    }
}
