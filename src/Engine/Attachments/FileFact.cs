using Platform.Engine.Mail;

namespace Platform.Engine.Attachments;

/// <summary>Something a reader of files saw in one; detectors make signs of facts.</summary>
/// <param name="Id">Stable kebab-case id, its format first: <c>office-external-template</c>, <c>pdf-launch</c>, <c>lnk-command</c>.</param>
/// <param name="Where">The place in the file: cell, stream, object number, entry.</param>
/// <param name="Value">What stands there, cut to 512 characters; hostile, escape where shown.</param>
public sealed record FileFact(string Id, MailAttachment File, string Where, string Value);

/// <summary>Text that a person reads in a file, at most 64 KiB of each.</summary>
/// <param name="Path">Attachment path.</param>
public sealed record FileText(string Path, string Text);
