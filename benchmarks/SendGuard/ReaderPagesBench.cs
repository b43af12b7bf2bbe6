using System.Text.Json;
using Microsoft.Playwright;
using Platform.Benchmarks.Browsers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Protection;

namespace Platform.Benchmarks.SendGuard;

/// <summary>axe-core over each page of the secure reader, in both languages; and the whole way through it in a browser that runs no script.</summary>
internal sealed class ReaderPagesBench : IBench
{
    public IReadOnlyList<string> Figures => ["reader-axe", "reader-without-script"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var script = Path.Combine(context.Workspace.Peers, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
            throw new MissingPartException("axe-core (npm ci in tests/peers)");
        using var data = new TempFolder("reader-pages");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var run = new ProtectedRun(product, client, context.RandomFor("reader-pages"));
        await run.ProtectAsync("MAIL", cancellationToken);
        await using var chromium = await Chromium.StartAsync();
        List<string> barriers = [];
        var pages = 0;
        foreach (var language in (string[])["en", "ja"])
        {
            var mail = await run.SendAsync(cancellationToken);
            var tab = await chromium.OpenAsync(product.Http, language, bypassPolicy: true);
            await foreach (var page in WalkAsync(tab, run, mail, cancellationToken))
            {
                pages++;
                await tab.AddScriptTagAsync(new PageAddScriptTagOptions { Path = script });
                var found = await tab.EvaluateAsync<JsonElement>("async () => (await axe.run(document)).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target).join(' ')}`)");
                barriers.AddRange(found.EnumerateArray().Select(barrier => $"{language} {page}: {barrier.GetString()}"));
                if (await tab.GetAttributeAsync("html", "lang") != language)
                    barriers.Add($"{language} {page}: not in this language");
            }

            await tab.Context.CloseAsync();
        }

        foreach (var barrier in barriers)
            context.Progress.Say(barrier);
        var works = await WithoutScriptAsync(chromium, product, run, cancellationToken);
        return
        [
            new Figure("reader-axe", barriers.Count, "violations", "0", barriers.Count == 0 && pages >= 12) { Detail = $"{pages} pages" + string.Concat(barriers.Take(5).Select(barrier => "; " + barrier)) },
            new Figure("reader-without-script", works ? 1 : 0, "true", "1", works) { Detail = "asked for a code, gave it, read text and file, answered, left" },
        ];
    }

    private static async IAsyncEnumerable<string> WalkAsync(IPage tab, ProtectedRun run, ProtectedMail mail, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await tab.GotoAsync(mail.Path);
        yield return "ask";
        await tab.Locator("button[type=submit]").ClickAsync();
        var code = await run.CodeAsync(cancellationToken);
        yield return "code";
        await tab.Locator("#code").FillAsync("1");
        await tab.Locator("button[type=submit]").First.ClickAsync();
        yield return "wrong code";
        await tab.Locator("#code").FillAsync(code);
        await tab.Locator("button[type=submit]").First.ClickAsync();
        await tab.Locator("iframe").WaitForAsync();
        yield return "mail";
        await tab.GotoAsync(mail.Path + "/text/1.2");
        yield return "file";
        await tab.GotoAsync(mail.Path + "/reply");
        yield return "reply";
        await tab.Locator("button[type=submit]").ClickAsync();
        yield return "empty reply";
        await tab.GotoAsync(mail.Path);
        await tab.Locator("form[action$='/leave'] button").ClickAsync();
        yield return "left";
        await run.WithdrawAsync(await run.IdAsync(mail, cancellationToken), cancellationToken);
        await tab.GotoAsync(mail.Path);
        yield return "withdrawn";
        await tab.GotoAsync("/r/nonsense");
        yield return "missing";
    }

    private static async Task<bool> WithoutScriptAsync(Chromium chromium, RunningProduct product, ProtectedRun run, CancellationToken cancellationToken)
    {
        var mail = await run.SendAsync(cancellationToken);
        var tab = await chromium.OpenAsync(product.Http, runsScript: false);
        await tab.GotoAsync(mail.Path);
        await tab.Locator("button[type=submit]").ClickAsync();
        await tab.Locator("#code").FillAsync(await run.CodeAsync(cancellationToken));
        await tab.Locator("button[type=submit]").First.ClickAsync();
        var text = await tab.FrameLocator("iframe").Locator("b").TextContentAsync();
        await tab.Locator("a[href$='/text/1.2']").ClickAsync();
        var file = await tab.Locator("p.mail").TextContentAsync();
        await tab.GotoAsync(mail.Path + "/reply");
        await tab.Locator("#text").FillAsync("Thank you.");
        await tab.Locator("button[type=submit]").ClickAsync();
        var replied = await tab.TitleAsync();
        await tab.GotoAsync(mail.Path);
        await tab.Locator("form[action$='/leave'] button").ClickAsync();
        var left = await tab.ContentAsync();
        await tab.Context.CloseAsync();
        return text == mail.Word && file?.Contains(mail.Word, StringComparison.Ordinal) == true && replied.StartsWith("The reply is on its way", StringComparison.Ordinal) && !left.Contains(mail.Word, StringComparison.Ordinal);
    }
}
