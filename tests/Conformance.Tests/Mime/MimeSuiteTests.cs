using Platform.Engine;
using Platform.Engine.Mail;

namespace Platform.Conformance.Tests.Mime;

public sealed class MimeSuiteTests(ITestOutputHelper output)
{
    // Only to be raised. What differs is told in docs/mime-readings.md.
    private const int MailparserAgreeing = 71;
    private const int Mime4jAgreeing = 54;

    [Theory]
    [InlineData("mime-mimekit")]
    [InlineData("mime-cpython")]
    [InlineData("mime-noxxi")]
    public async Task Every_message_is_read_in_time_and_none_hides_its_attachment(string suite)
    {
        var report = await RunAsync(suite);
        Assert.Empty(report.Failures);
    }

    [Theory]
    [InlineData("mime-mailparser", MailparserAgreeing)]
    [InlineData("mime-mime4j", Mime4jAgreeing)]
    public async Task One_of_our_readings_is_the_tree_of_another_library(string suite, int agreeing)
    {
        var report = await RunAsync(suite);
        Assert.True(report.Passed >= agreeing, $"{report.Passed} of {report.Cases}");
    }

    [Fact]
    public void Honest_mail_is_rarely_called_malformed()
    {
        var folder = Parts.SharedFolder("corpora/mail/ham");
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        var notes = new Dictionary<string, int>(StringComparer.Ordinal);
        var noted = 0;
        foreach (var file in files)
        {
            var message = new MailReader().Read(File.ReadAllBytes(file), ScanLimits.Default, TestContext.Current.CancellationToken);
            var ids = message.Notes.Select(n => n.Id).Distinct().ToList();
            noted += ids.Count > 0 ? 1 : 0;
            foreach (var id in ids)
                notes[id] = notes.GetValueOrDefault(id) + 1;
            if (ids.Count > 0)
                output.WriteLine($"{Path.GetFileName(file)}: {string.Join("; ", message.Notes.Select(n => $"{n.Id} {n.Where} {n.Detail}").Take(4))}");
        }

        output.WriteLine($"ham: {noted} of {files.Count} with a note: " + string.Join(", ", notes.OrderByDescending(n => n.Value).Select(n => $"{n.Key} {n.Value}")));
        Assert.True(noted * 100 < files.Count * 10, $"{noted} of {files.Count}");
    }

    private async Task<SuiteReport> RunAsync(string suite)
    {
        var folder = Parts.SharedFolder(Path.Combine("suites", suite));
        var report = await new SuiteRunner(SuiteFormats.All).RunAsync(folder, TestContext.Current.CancellationToken);
        output.WriteLine($"{suite}: {report.Passed} of {report.Cases}");
        foreach (var (id, detail) in report.Details)
            output.WriteLine($"{id}: {detail}");
        return report;
    }
}
