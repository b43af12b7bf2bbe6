using Platform.Engine.Mail;
using Platform.Engine.Rewriting;

namespace Platform.Engine.Letters;

/// <summary>A mail as the person to whom it was written reads it in the secure reader (OUT8). All of it is as hostile as the mail.</summary>
/// <param name="Html">A sanitised fragment: no script, no form, no picture but the mail's own; its links work. Null where the mail has no HTML.</param>
/// <param name="Text">Plain text of the body.</param>
/// <param name="Files">At most <see cref="MaxFiles"/>.</param>
public sealed record Letter(
    string Subject, MailAddress? From, IReadOnlyList<MailAddress> To, IReadOnlyList<MailAddress> Cc, DateTimeOffset? Date, string? Html, string Text, IReadOnlyList<LetterFile> Files)
{
    public const int MaxFiles = 200;
}

/// <param name="Path">Place of its part in the mail, by which <see cref="ILetterReader.Open"/> finds it.</param>
/// <param name="Type">Media type by content.</param>
/// <param name="Size">Decoded bytes.</param>
/// <param name="IsShown">A picture that stands in <see cref="Letter.Html"/> already.</param>
/// <param name="HasText">It can be read as text without being saved.</param>
public sealed record LetterFile(string Path, string Name, string Type, long Size, bool IsShown, bool HasText);

/// <summary>One file of a letter.</summary>
/// <param name="Content">Byte for byte.</param>
/// <param name="Text">What a person reads in it, bounded; empty where it is no document.</param>
public sealed record OpenedFile(LetterFile File, ReadOnlyMemory<byte> Content, string Text);

/// <summary>Which part of a mail a reader is to see.</summary>
/// <param name="Only">Files alone, and of them these; null: the whole mail.</param>
/// <param name="Without">Files that do not go to the reader; null: all do.</param>
public sealed record LetterView(FileChoice? Only = null, FileChoice? Without = null);

public interface ILetterReader
{
    /// <summary>Never throws for any bytes but <see cref="OperationCanceledException"/>.</summary>
    Letter Read(ReadOnlyMemory<byte> message, LetterView view, ScanLimits limits, CancellationToken cancellationToken);

    /// <returns>Null: the view has no such file.</returns>
    OpenedFile? Open(ReadOnlyMemory<byte> message, LetterView view, string path, ScanLimits limits, CancellationToken cancellationToken);
}
