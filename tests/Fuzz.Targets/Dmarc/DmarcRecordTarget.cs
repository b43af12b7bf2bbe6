using System.Text;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dmarc;

namespace Platform.Fuzz.Targets.Dmarc;

/// <summary>The text of a DMARC record. Throws when the parser breaks a promise.</summary>
public static class DmarcRecordTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.Latin1.GetString(input);
        Hold(text);
        Hold($"v=DMARC1;{text}");
    }

    private static void Hold(string text)
    {
        if (DmarcRecordParser.Parse(text) is not { } record)
            return;
        Hold(record.Percent is >= 0 and <= 100, "a share is a share");
        Hold(record.IsUsable || record.AggregateReports.Count == 0, "a record with a report address is usable");
        Hold(record.Policy is not null || record.EffectivePolicy == DmarcPolicy.None, "without a policy none is asked for");
        Hold(record.AggregateReports.Concat(record.FailureReports).All(address => MailDomain.Normalise(address.Domain) == address.Domain && address.Domain.Length > 0 && address.MaxBytes is null or >= 0), "a report address has a domain");
        Hold(record.AggregateReports.Count <= 20 && record.Faults.Count <= 20 && record.Faults.All(fault => fault.Part.Length <= 100), "lists are bounded");
        Hold(text.Length > 4_096 || DmarcRecordParser.Parse(record.Text) is { } again && again.EffectivePolicy == record.EffectivePolicy && again.Faults.SequenceEqual(record.Faults), "a record reads again as itself");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
