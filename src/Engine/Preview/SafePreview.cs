namespace Platform.Engine.Preview;

/// <summary>A message made safe to show: no remote content, no script, no style that hides or covers.</summary>
/// <param name="Html">Sanitised HTML fragment; links are inert (<c>data-href</c>), images only from <c>data:</c> of the mail itself. Null when there is no HTML body.</param>
/// <param name="Text">Plain text of the body.</param>
/// <param name="Structure">The tree of parts, one row each, in document order.</param>
public sealed record SafePreview(string? Html, string Text, IReadOnlyList<PreviewHeader> Headers, IReadOnlyList<PreviewPart> Structure, IReadOnlyList<Verdicts.AttachmentFacts> Attachments);

public sealed record PreviewHeader(string Name, string Value);

/// <param name="Size">Decoded size in bytes; 0 for containers.</param>
public sealed record PreviewPart(string Path, string MediaType, string? FileName, long Size);

/// <summary>Makes a <see cref="SafePreview"/>; never throws for any bytes.</summary>
public interface IPreviewer
{
    SafePreview Preview(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken);
}

/// <summary>An Exchange or Microsoft 365 journal report opened (IN1).</summary>
/// <param name="Message">The journaled message, byte for byte; the input itself when it is no journal report.</param>
/// <param name="Recipients">Recipients named in the report (To, Cc, Bcc, expanded lists); empty when it is none.</param>
public sealed record JournalReport(bool IsReport, string? Sender, IReadOnlyList<string> Recipients, ReadOnlyMemory<byte> Message);

public interface IJournalReader
{
    JournalReport Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken);
}
