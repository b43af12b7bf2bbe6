using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Benchmarks.Detection.Feeds;
using Platform.Benchmarks.Runner;
using Platform.Dns;
using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Intelligence;
using Platform.Engine.Verdicts;
using Platform.Feeds;
using Platform.Yara;

namespace Platform.Benchmarks.Detection;

/// <summary>
/// Seven kinds of source, each holding something of its own that the seed makes up: a mail with it gets the reason that names the
/// source, a mail without gets none; and when all sources are gone, each says so and the mails are judged all the same.
/// </summary>
internal sealed class FeedsBench : IBench
{
    public IReadOnlyList<string> Figures => ["feeds"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("feeds");
        var made = new Made(context.RandomFor("feeds"));
        var clamd = await MadeClamd.StartAsync("Made.Bench.Signature-1", made.Mark, cancellationToken);
        var names = new ListNameServer(made.ListedName);
        var server = new FeedServer($"# made\n\"1\",\"2026-01-01 00:00:00\",\"{made.Url}\",\"online\",\"malware_download\"\n", [$"[domain-name:value = 'unused-{made.Word}.example']", $"[domain-name:value = '{made.TaxiiHost}']"]);
        List<string> wrong = [];
        var checks = 0;
        try
        {
            var rules = await WriteFilesAsync(folder.Path, made, cancellationToken);
            using var resolver = new PlatformResolver(new DnsSettings { Servers = [names.EndPoint], AttemptTimeout = TimeSpan.FromMilliseconds(500), Retries = 0 }, TimeProvider.System);
            using var room = new FeedRoom(SettingsOf(folder.Path, clamd, server), resolver, online: true, TimeProvider.System, NullLogger.Instance);
            using var yara = YaraScanner.Create([rules]);
            await room.LoadAsync(cancellationToken);
            var scanner = Scanner.Create(NetworkTable.Embedded, feeds: room, files: yara);

            foreach (var (source, reason, mail) in made.Mails())
                Check($"{source} gives {reason}", await ScanAsync(scanner, mail, made.Origin, cancellationToken), verdict => verdict.Reasons.Any(item => item.Id == reason && item.Evidence.Value.Contains(source, StringComparison.Ordinal)) && StatusOf(verdict, source) == SourceOutcome.Hit);
            Check("an ordinary mail gives none", await ScanAsync(scanner, made.Mail("<p>See you on Tuesday.</p>", "minutes"), "198.51.100.200", cancellationToken), verdict => verdict.Sources.Count == 7 && verdict.Sources.All(source => source.Outcome == SourceOutcome.NoHit) && verdict.Score < 50);

            await clamd.DisposeAsync();
            await names.DisposeAsync();
            server.Dispose();
            File.Delete(Path.Combine(folder.Path, "hashes.txt"));
            Directory.Delete(Path.Combine(folder.Path, "misp"), recursive: true);
            File.Delete(rules);
            using var noRules = YaraScanner.Create([rules]);
            await room.LoadAsync(cancellationToken);
            var after = await ScanAsync(Scanner.Create(NetworkTable.Embedded, feeds: room, files: noRules), made.Mail("<p>See you on Tuesday.</p>", "minutes"), "198.51.100.201", cancellationToken);
            foreach (var source in (string[])["clamd", "bench-dns", "yara"])
                Check($"{source} gone is a failure", after, verdict => StatusOf(verdict, source) == SourceOutcome.Failed && verdict.NotAsked.Contains($"source:{source}"));
            foreach (var source in (string[])["bench-hashes", "bench-urls", "bench-misp", "bench-taxii"])
                Check($"{source} gone is said, its last copy asked", after, verdict => verdict.Sources.Any(item => item.Name == source && item.Outcome == SourceOutcome.NoHit && item.Detail.Contains("not refreshed since", StringComparison.Ordinal)));
        }
        finally
        {
            await clamd.DisposeAsync();
            await names.DisposeAsync();
            server.Dispose();
        }

        return [new Figure("feeds", checks - wrong.Count, $"of {checks}: each source gives its reason, and its outage its status", "all", wrong.Count == 0) { Detail = wrong.Count == 0 ? null : string.Join("; ", wrong) }];

        void Check(string what, Verdict verdict, Func<Verdict, bool> holds)
        {
            checks++;
            if (holds(verdict))
                return;
            wrong.Add(what);
            context.Progress.Say($"not so: {what}; reasons {string.Join(", ", verdict.Reasons.Select(reason => reason.Id))}; sources {string.Join(", ", verdict.Sources.Select(source => $"{source.Name} {source.Outcome} {source.Detail}"))}");
        }
    }

    private static SourceOutcome? StatusOf(Verdict verdict, string source) => verdict.Sources.FirstOrDefault(item => item.Name == source)?.Outcome;

    private static async Task<Verdict> ScanAsync(Scanner scanner, byte[] mail, string origin, CancellationToken cancellationToken) =>
        await scanner.ScanAsync(new ScanRequest(mail, new Envelope(origin, null, "mail.partner.example", "who@partner.example", ["info@acme.test"]), ScanContext.Offline(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), "acme.test")), cancellationToken);

    private static FeedSettings SettingsOf(string folder, MadeClamd clamd, FeedServer server) => new()
    {
        Antivirus = new AntivirusSettings { Clamd = clamd.EndPoint.ToString() },
        Networks = "127.0.0.0/8",
        Folder = Path.Combine(folder, "kept"),
        Lists =
        [
            new ListSetting { Name = "bench-hashes", Location = Path.Combine(folder, "hashes.txt") },
            new ListSetting { Name = "bench-urls", Location = new Uri(server.Root, "urls.csv").AbsoluteUri },
            new ListSetting { Name = "bench-misp", Location = Path.Combine(folder, "misp"), Format = FeedFormat.Misp },
            new ListSetting { Name = "bench-taxii", Location = new Uri(server.Root, "taxii2/").AbsoluteUri, Format = FeedFormat.Taxii },
        ],
        DnsLists = [new DnsListSetting { Name = "bench-dns", Zone = Made.Zone, Codes = "127.0.0.2=sends spam" }],
    };

    /// <returns>The path of the YARA rules.</returns>
    private static async Task<string> WriteFilesAsync(string folder, Made made, CancellationToken cancellationToken)
    {
        var rules = Path.Combine(folder, "rules.yar");
        await File.WriteAllTextAsync(rules, $"rule MadeForTheBench : malware {{ strings: $a = \"{made.YaraText}\" condition: $a }}", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "hashes.txt"), $"# made\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(made.HashedText)))}\n", cancellationToken);
        var misp = Directory.CreateDirectory(Path.Combine(folder, "misp")).FullName;
        var name = Guid.NewGuid().ToString();
        await File.WriteAllTextAsync(Path.Combine(misp, "manifest.json"), $$$"""{"{{{name}}}":{"info":"made","timestamp":"1767225600"}}""", cancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(misp, $"{name}.json"),
            $$$"""{"Event":{"info":"made","Attribute":[{"type":"domain","value":"{{{made.MispHost}}}","to_ids":true},{"type":"domain","value":"partner.example","to_ids":false}]}}""",
            cancellationToken);
        return rules;
    }

    /// <summary>What the sources hold, by the seed.</summary>
    private sealed class Made(Random random)
    {
        public const string Zone = "dnsbl.bench.test";
        private readonly int _octet = random.Next(1, 200);

        public string Word { get; } = string.Concat(Enumerable.Range(0, 12).Select(_ => (char)random.Next('a', 'z' + 1)));

        public string Mark => $"clamd mark {Word}";

        public string YaraText => $"yara mark {Word}";

        public string HashedText => $"hashed text {Word}";

        public string Url => $"http://files-{Word}.example/{Word}.bin";

        public string MispHost => $"misp-{Word}.example";

        public string TaxiiHost => $"taxii-{Word}.example";

        public string Origin => string.Create(CultureInfo.InvariantCulture, $"198.51.100.{_octet}");

        public string ListedName => string.Create(CultureInfo.InvariantCulture, $"{_octet}.100.51.198.{Zone}");

        public IEnumerable<(string Source, string Reason, byte[] Mail)> Mails()
        {
            yield return ("clamd", "known-malware", Mail("<p>x</p>", $"some {Mark} text"));
            yield return ("yara", "yara-malware", Mail("<p>x</p>", $"some {YaraText} text"));
            yield return ("bench-hashes", "hash-listed", Mail("<p>x</p>", HashedText));
            yield return ("bench-urls", "url-listed", Mail($"<a href=\"{Url}?id=1\">x</a>", "x"));
            yield return ("bench-dns", "address-listed", Mail("<p>x</p>", "x"));
            yield return ("bench-misp", "domain-listed", Mail($"<a href=\"https://www.{MispHost}/\">x</a>", "x"));
            yield return ("bench-taxii", "domain-listed", Mail($"<a href=\"https://{TaxiiHost}/\">x</a>", "x"));
        }

        public byte[] Mail(string html, string file) => Encoding.UTF8.GetBytes(string.Join(
            "\r\n",
            "From: Partner <who@partner.example>",
            "To: info@acme.test",
            "Subject: Meeting",
            "Date: Mon, 02 Mar 2026 08:55:00 +0000",
            $"Message-ID: <{Word}@partner.example>",
            "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b",
            "",
            "--b",
            "Content-Type: text/html; charset=utf-8",
            "",
            html,
            "--b",
            "Content-Type: application/octet-stream",
            "Content-Disposition: attachment; filename=notes.bin",
            "Content-Transfer-Encoding: base64",
            "",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(file)),
            "--b--",
            ""));
    }
}
