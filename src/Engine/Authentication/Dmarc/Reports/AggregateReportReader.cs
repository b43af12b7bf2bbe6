using System.Xml;

namespace Platform.Engine.Authentication.Dmarc.Reports;

// Receivers send the owner of a domain, once a day, what they saw in its name: an XML document, packed by gzip or zip, attached
// to a mail (RFC 9990, 3; before it RFC 7489, 7.2 and appendix C). `feedback` holds `report_metadata` (who, which days),
// `policy_published` (the record they found) and a `record` for each group of mails: the address they came from, how many,
// what became of them, whether DKIM and SPF were aligned, and what each gave. Anyone can send such a mail to the published
// address, so the document is bounded before it is unpacked, read without DTD and entities, and never loaded whole.

/// <summary>Reads aggregate reports: XML, or one XML file in gzip or zip (RFC 9990, 3.1 and 3.5; RFC 7489, 7.2 and appendix C).</summary>
public static class AggregateReportReader
{
    /// <summary>Octets of a report as it comes.</summary>
    internal const int MaxPackedBytes = 16 * 1024 * 1024;

    /// <summary>Octets of the document.</summary>
    internal const int MaxDocumentBytes = 64 * 1024 * 1024;

    /// <summary>The report, or a sentence on why there is none. Throws nothing but <see cref="OperationCanceledException"/> (RFC 9990, 3.1).</summary>
    /// <param name="content">As it comes, at most 16 MiB, and 64 MiB unpacked.</param>
    public static AggregateReportOutcome Read(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (content.Length > MaxPackedBytes)
            return Error($"The report is larger than {MaxPackedBytes} bytes.");
        try
        {
            using var document = ReportPacking.Open(content);
            using var reader = XmlReader.Create(document, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxDocumentBytes,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = false,
            });
            return new AggregateDocument(reader, cancellationToken).Read() is { } report
                ? new AggregateReportOutcome(report, null)
                : Error("The document is no DMARC aggregate report: it has no feedback element with a policy and a time.");
        }
        catch (ReportException exception)
        {
            return Error(exception.Message);
        }
        catch (XmlException exception)
        {
            return Error($"The report is no XML that can be read: {exception.Message}");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or IOException)
        {
            return Error("The report cannot be unpacked: its gzip or zip is damaged.");
        }
    }

    private static AggregateReportOutcome Error(string sentence) => new(null, sentence);
}

/// <summary>A report cannot be read. The message is a sentence for people.</summary>
internal sealed class ReportException(string message) : Exception(message);
