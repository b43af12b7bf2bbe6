using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// Mails that bring down whatever reads them. Each must end held for a person, never delivered unseen, while mails sent
/// meanwhile go their way. The scanner processes obey the header only because a Development setting tells them to.
/// </summary>
internal sealed class PoisonBench : IBench
{
    private static readonly string[] Kinds = ["crash", "loop", "overflow", "allocate"];
    private static readonly TimeSpan Holding = TimeSpan.FromMinutes(4);

    public IReadOnlyList<string> Figures => ["poison"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("poison");
        var settings = new ProductSettings(context.Workspace, data.Path)
        {
            Environment = new Dictionary<string, string?>
            {
                ["Scanner__PoisonForTests"] = "true",
                ["Scanner__Deadline"] = context.Scaled("00:00:20", "00:00:06"),
            },
        };
        await using var product = await RunningProduct.StartAsync(settings, cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");
        var mails = new MailFactory("poison", context.RandomFor("poison"));

        var poison = Kinds.Select(kind => mails.CleanWith(2_000, [$"X-Poison: {kind}"], "info@acme.test")).ToList();
        var others = Enumerable.Range(0, 40).Select(_ => mails.Clean(5_000)).ToList();
        await new LoadGenerator(new LoadPlan(product.Smtp, 1)).RunAsync(poison.Count, i => poison[i], cancellationToken);
        var load = await new LoadGenerator(new LoadPlan(product.Smtp, 2, Rate: 8)).RunAsync(others.Count, i => others[i], cancellationToken);

        var unharmed = await Snapshot.SettledAsync(client, product.Delivered, others, Holding, cancellationToken);
        var harmed = others.Where(m => unharmed.WhyNotDelivered(m) is not null).ToList();
        foreach (var mail in harmed.Take(5))
            context.Progress.Say($"harmed: {mail.Id}: {unharmed.WhyNotDelivered(mail)}");

        context.Progress.Say("waiting until the poisoned ones are held");
        var settled = await Snapshot.SettledAsync(client, product.Delivered, poison, Holding, cancellationToken);
        var states = Kinds.Zip(poison, (kind, mail) => (Kind: kind, State: settled.StatesFor(mail, "info@acme.test").SingleOrDefault("none"))).ToList();
        var letOut = poison.Count(m => settled.Files[m.Id].Any());
        var holds = states.All(s => s.State == "HELD") && letOut == 0 && harmed.Count == 0 && load.AcceptedCount == others.Count && !product.HasExited;
        return
        [
            new Figure("poison", holds, "held after three attempts, others unharmed", "true", holds)
            {
                Detail = $"{string.Join(", ", states.Select(s => $"{s.Kind}: {s.State}"))}; {others.Count - harmed.Count} of {others.Count} others delivered",
            },
        ];
    }
}
