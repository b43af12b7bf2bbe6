using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Authentication;
using Platform.Engine.Links;

namespace Platform.Benchmarks.Authentication;

/// <summary>
/// Processor time for the whole authentication of typical signed mails, ours over <c>mailauth</c> (npm) on the same mails with the
/// same DNS in memory, both warm, rounds in turn in one run. Both must come to the same results first.
/// </summary>
internal sealed class CostRatioBench : IBench
{
    private const int Mails = 60;
    private const double Goal = 0.5;

    public IReadOnlyList<string> Figures => ["cost-ratio"];

    public bool NeedsQuiet => true;

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var node = Programs.Require("node");
        if (!Directory.Exists(Path.Combine(context.Workspace.Peers, "node_modules", "mailauth")))
            throw new MissingPartException("mailauth (npm ci in tests/peers)");
        using var folder = new TempFolder("cost");
        var mails = new SignedMails(Mails, context.RandomFor("cost"));
        await mails.WriteAsync(folder.Path, cancellationToken);
        var authenticator = new Authenticator(new AuthenticatorOptions("mx.platform.test"));
        var sweeps = context.Scaled(40, 10);
        List<double> ours = [];
        List<double> theirs = [];
        for (var round = 1; round <= context.Scaled(5, 3); round++)
        {
            ours.Add(await OursAsync(authenticator, mails, sweeps, round == 1 ? sweeps : 1, cancellationToken));
            theirs.Add(await TheirsAsync(node, context, folder, mails, authenticator, sweeps, cancellationToken));
            context.Progress.Say(string.Create(CultureInfo.InvariantCulture, $"round {round}: {ours[^1]:F0} µs a mail, mailauth {theirs[^1]:F0} µs"));
        }

        var ratio = Statistics.Median(ours) / Statistics.Median(theirs);
        return
        [
            new Figure("cost-ratio", Math.Round(ratio, 3), "processor time, ours over mailauth", $"at most {Goal}", ratio <= Goal)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"medians: {Statistics.Median(ours):F0} µs a mail against {Statistics.Median(theirs):F0} µs; {Mails} mails of 5 to 100 KB"),
            },
        ];
    }

    private static async Task<double> OursAsync(Authenticator authenticator, SignedMails mails, int sweeps, int warm, CancellationToken cancellationToken)
    {
        await SweepAsync(warm);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await SweepAsync(sweeps);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / (sweeps * mails.Cases.Count);

        async Task SweepAsync(int count)
        {
            for (var sweep = 0; sweep < count; sweep++)
                foreach (var mail in mails.Cases)
                    await OneAsync(authenticator, mails, mail, cancellationToken);
        }
    }

    private static ValueTask<AuthenticationReport> OneAsync(Authenticator authenticator, SignedMails mails, SignedMail mail, CancellationToken cancellationToken) =>
        authenticator.AuthenticateAsync(mail.Message, mail.Envelope, mails, OrganisationalDomain.Embedded, SignedMails.Received, cancellationToken);

    private static async Task<double> TheirsAsync(
        string node, BenchContext context, TempFolder folder, SignedMails mails, Authenticator authenticator, int sweeps, CancellationToken cancellationToken)
    {
        var count = sweeps.ToString(CultureInfo.InvariantCulture);
        var (exitCode, output) = await ChildProcess.RunAsync(node, [Path.Combine(context.Workspace.Peers, "mailauth-cost.mjs"), folder.Path, count, count], cancellationToken);
        if (exitCode != 0 || output.Split('\n').LastOrDefault(line => line.StartsWith('{')) is not { } line)
            throw new InvalidOperationException($"mailauth ended with {exitCode}: {output}");
        using var report = JsonDocument.Parse(line);
        var results = report.RootElement.GetProperty("results").EnumerateArray().ToList();
        for (var i = 0; i < mails.Cases.Count; i++)
        {
            var own = await OneAsync(authenticator, mails, mails.Cases[i], cancellationToken);
            string[] ours = [Word(own.MailFrom?.Result), .. own.Dkim.Signatures.Select(signature => Word(signature.Result)), Word(own.Dmarc.Result)];
            string?[] peers = [results[i].GetProperty("spf").GetString(), .. results[i].GetProperty("dkim").EnumerateArray().Select(result => result.GetString()), results[i].GetProperty("dmarc").GetString()];
            if (!ours.SequenceEqual(peers))
                throw new InvalidOperationException($"mail {i}: {string.Join(' ', ours)}, but mailauth: {string.Join(' ', peers)}");
        }

        return report.RootElement.GetProperty("microseconds").GetDouble() / report.RootElement.GetProperty("mails").GetInt32();
    }

    private static string Word(AuthenticationResult? result) => result?.ToString().ToLowerInvariant() ?? "none";
}
