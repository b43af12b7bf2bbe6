using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// Kill -9 at random moments under load, start again, and in the end account for every mail that was answered 250.
/// The client does what RFC 5321 (4.5.4.1) tells it: what got no reply is sent again, which may make a double.
/// </summary>
internal sealed class KillBench : IBench
{
    private const int Connections = 4;
    private const double MailsPerSecond = 120;
    private static readonly TimeSpan Draining = TimeSpan.FromMinutes(4);

    public IReadOnlyList<string> Figures => ["kill-lost", "kill-doubled"];

    public bool MayRunBeside => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var kills = context.Scaled(50, 10);
        var random = context.RandomFor("kill");
        var mails = new MailFactory("kill", context.RandomFor("kill-mails"));
        using var data = new TempFolder("kill");
        var settings = new ProductSettings(context.Workspace, data.Path);
        var ledger = new Ledger();

        for (var kill = 1; kill <= kills; kill++)
        {
            await using var product = await RunningProduct.StartAsync(settings, cancellationToken);
            var moment = TimeSpan.FromMilliseconds(random.Next(150, 2_500));
            context.Progress.Say($"kill {kill} of {kills}, {moment.TotalMilliseconds:F0} ms into the load; {ledger.AcceptedCount} accepted so far");
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var load = LoadAsync(product, int.MaxValue, ledger, () => Next(mails, random), stop.Token);
            await Task.Delay(moment, TimeProvider.System, cancellationToken);
            await product.KillAsync(cancellationToken);
            await stop.CancelAsync();
            ledger.Add(await load);
        }

        await using var last = await RunningProduct.StartAsync(settings, cancellationToken);
        ledger.Add(await LoadAsync(last, ledger.Undecided.Count, ledger, () => Next(mails, random), cancellationToken));
        context.Progress.Say($"{ledger.AcceptedCount} accepted; waiting until all are settled");
        using var client = new PlatformClient(last.Http, "acme-api");
        var accepted = ledger.Accepted;
        var snapshot = await Snapshot.SettledAsync(client, last.Delivered, accepted, Draining, cancellationToken);
        return Judge(context, ledger, accepted, snapshot, kills);
    }

    private static OutgoingMail Next(MailFactory mails, Random random)
    {
        lock (random)
        {
            return random.Next(10) switch
            {
                0 => mails.Hostile(),
                1 => mails.Clean(random.Next(1_000, 8_000), "info@acme.test", "sales@acme.test", "keiri@acme.test"),
                _ => mails.Clean(random.Next(500, 30_000)),
            };
        }
    }

    // Mails of earlier rounds without a reply go first, as they would from a mail server's queue.
    private static Task<LoadResult> LoadAsync(RunningProduct product, int count, Ledger ledger, Func<OutgoingMail> next, CancellationToken stop)
    {
        var again = ledger.Undecided;
        var plan = new LoadPlan(product.Smtp, Connections, KeepConnections: true, Rate: MailsPerSecond);
        return new LoadGenerator(plan).RunAsync(count, i => i < again.Count ? again[i] : next(), stop);
    }

    private static IReadOnlyList<Figure> Judge(BenchContext context, Ledger ledger, IReadOnlyList<OutgoingMail> accepted, Snapshot snapshot, int kills)
    {
        var lost = accepted.Select(m => (m, Why: snapshot.WhyLost(m))).Where(p => p.Why is not null).ToList();
        var letOut = ledger.All.Where(m => m.Hostile && snapshot.Files[m.Id].Any()).ToList();
        foreach (var (mail, why) in lost)
            context.Progress.Say($"lost: {mail.Id}: {why}");
        foreach (var mail in letOut)
            context.Progress.Say($"let out unseen: {mail.Id}");

        var doubles = ledger.All
            .SelectMany(m => m.Recipients.Select(r => (Mail: m, Recipient: r, Extra: snapshot.FilesFor(m, r).Count - 1)))
            .Where(d => d.Extra > 0)
            .ToList();
        var unexplained = doubles.Where(d => d.Extra > ledger.WithoutReply(d.Mail)).ToList();
        foreach (var (mail, recipient, extra) in unexplained)
            context.Progress.Say($"doubled without reason: {mail.Id} {extra} times more for {recipient}; sent again {ledger.WithoutReply(mail)} times");

        var held = accepted.Count(m => snapshot.Messages[m.Id].Any(s => s.Deliveries.Any(d => d.State == "HELD")));
        return
        [
            new Figure("kill-lost", lost.Count + letOut.Count, "mails", "0", lost.Count + letOut.Count == 0 && accepted.Count > 0)
            {
                Detail = $"{kills} kills, {accepted.Count} mails accepted ({accepted.Count(m => m.Hostile)} hostile), {lost.Count} lost, {letOut.Count} let out unseen, {held} held for a person",
            },
            new Figure("kill-doubled", doubles.Sum(d => d.Extra), "copies", "each explained by a mail sent again for want of a reply", unexplained.Count == 0)
            {
                Detail = $"{ledger.All.Count(m => ledger.WithoutReply(m) > 0)} mails got no reply and were sent again; {unexplained.Count} doubles have no such reason",
            },
        ];
    }

    /// <summary>What became of each mail, as the client knows it.</summary>
    private sealed class Ledger
    {
        private readonly Dictionary<string, (OutgoingMail Mail, bool Decided, bool Accepted, int WithoutReply)> entries = [];

        public IReadOnlyCollection<OutgoingMail> All => [.. entries.Values.Select(e => e.Mail)];

        public IReadOnlyList<OutgoingMail> Accepted => [.. entries.Values.Where(e => e.Accepted).Select(e => e.Mail)];

        public int AcceptedCount => entries.Values.Count(e => e.Accepted);

        public IReadOnlyList<OutgoingMail> Undecided => [.. entries.Values.Where(e => !e.Decided).Select(e => e.Mail)];

        public int WithoutReply(OutgoingMail mail) => entries[mail.Id].WithoutReply;

        public void Add(LoadResult result)
        {
            foreach (var record in result.Records)
            {
                var entry = entries.GetValueOrDefault(record.Mail.Id, (Mail: record.Mail, Decided: false, Accepted: false, WithoutReply: 0));
                entry.Accepted |= record.Outcome == SendOutcome.Accepted;
                entry.Decided |= record.Outcome == SendOutcome.Accepted || (record.Outcome == SendOutcome.Refused && record.Code >= 500);
                entry.WithoutReply += record.Outcome == SendOutcome.NoReply ? 1 : 0;
                entries[record.Mail.Id] = entry;
            }
        }
    }
}
