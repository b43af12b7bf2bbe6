using System.Globalization;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;
using Platform.Benchmarks.SendGuard.Clients;

namespace Platform.Benchmarks.SendGuard;

/// <summary>
/// Programs that others wrote, each against the running product as its users set it up: what must go through goes, what must be refused is
/// refused with the code that it reads. One class of cases for each; lines of OUT are added there.
/// </summary>
internal sealed class ClientsBench : IBench
{
    private static readonly IReadOnlyList<IClientCases> Clients = [new SwaksCases(), new MailKitCases(), new NodemailerCases(), new PostfixCases(), new PlaceCases(), new DovecotCases()];

    public IReadOnlyList<string> Figures => ["clients"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("clients");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var tenant = new TestedTenant(product, context.Workspace, context.RandomFor("clients"));
        List<string> counts = [];
        List<string> wrong = [];
        var (right, all) = (0, 0);
        foreach (var client in Clients)
        {
            var cases = await client.RunAsync(tenant, cancellationToken);
            var good = cases.Count(one => one.Problem is null);
            (right, all) = (right + good, all + cases.Count);
            counts.Add(string.Create(CultureInfo.InvariantCulture, $"{client.Name} {good}/{cases.Count}"));
            foreach (var one in cases.Where(one => one.Problem is not null))
            {
                wrong.Add($"{client.Name}, {one.Line}, {one.Name}: {one.Problem}");
                context.Progress.Say(wrong[^1]);
            }
        }

        return
        [
            new Figure("clients", right, $"cases right of {all}", "all", right == all && all > 0)
            {
                Detail = string.Join(", ", counts) + string.Concat(wrong.Take(5).Select(problem => "; " + problem)),
            },
        ];
    }
}
