using Platform.Engine.Authentication.Dmarc;

namespace Platform.Conformance.Dmarc;

/// <summary><c>dmarc-record-v1</c>: whether a TXT record is a usable policy record, and its tags as they count.</summary>
public sealed class DmarcRecordFormat : ISuiteFormat
{
    public string Format => "dmarc-record-v1";

    public ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Run(item));
    }

    private static CaseOutcome Run(SuiteCase item)
    {
        var record = DmarcRecordParser.Parse(item.Text("record") ?? "");
        var expect = item.Text("expect");
        var found = record is { IsUsable: true } ? "valid" : "invalid";
        if (expect != "implementation-defined" && found != expect)
            return CaseOutcome.Fail($"{found}, expected {expect}");
        if (!item.Data.TryGetProperty("expect_tags", out var tags))
            return CaseOutcome.Pass;
        return record is null ? CaseOutcome.Fail("no record") : DmarcTags.Compare(record, tags);
    }
}
