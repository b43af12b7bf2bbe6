using System.CommandLine;
using System.Text.Json;
using Platform.Conformance;

namespace Platform.Api.Cli;

/// <summary><c>conform DIR [--suite NAME]</c>: runs public conformance suites, offline, and prints a JSON line for each.</summary>
internal static class ConformVerb
{
    public const string Name = "conform";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create(TextWriter output, TextWriter error)
    {
        var folder = new Argument<string>("DIR") { Description = "A suite's folder (with suite.json), or a folder of them." };
        var only = new Option<string?>("--suite") { Description = "Runs this suite alone.", HelpName = "NAME" };
        var explain = new Option<bool>("--explain") { Description = "Says on standard error why each case failed." };
        var keyBits = new Option<int?>("--dkim-min-key-bits") { Description = "DKIM keys from this length on, and rsa-sha1, count as good: shows that short keys alone are not why a case fails.", HelpName = "N" };
        var command = new Command(Name, "Runs conformance suites of mail standards; no packet leaves. Exit code 1 when a case failed that counts, 2 when a suite could not be run.") { folder, only, explain, keyBits };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(only), parsed.GetValue(explain), FormatsFor(parsed.GetValue(keyBits)), output, error, cancellationToken));
        return command;
    }

    private static IReadOnlyList<ISuiteFormat> FormatsFor(int? minimumRsaBits) => minimumRsaBits is { } bits ? SuiteFormats.WithDkimKeysFrom(bits) : SuiteFormats.All;

    private static async Task<int> RunAsync(string folder, string? only, bool explain, IReadOnlyList<ISuiteFormat> formats, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            var suites = SuiteRunner.Find(folder).Where(path => only is null || Path.GetFileName(path) == only).ToList();
            if (suites.Count == 0)
                throw new SuiteException($"There is no suite '{only}' in {folder}.");
            var runner = new SuiteRunner(formats);
            var failed = false;
            foreach (var suite in suites)
            {
                var report = await runner.RunAsync(suite, cancellationToken);
                failed |= report.Failed > 0;
                await output.WriteLineAsync(JsonSerializer.Serialize(new { report.Suite, report.Cases, report.Passed, report.Failed, report.Interpretive, report.Failures }, Json));
                if (!explain)
                    continue;
                foreach (var (id, detail) in report.Details)
                    await error.WriteLineAsync($"{report.Suite} {id}: {detail}");
            }

            return failed ? 1 : 0;
        }
        catch (SuiteException problem)
        {
            await error.WriteLineAsync(problem.Message);
            return 2;
        }
    }
}
