using MimeKit;
using MimeKit.Tnef;

namespace Platform.Engine.Mail.Structure;

/// <summary>
/// TNEF ([MS-OXTNEF]), the <c>winmail.dat</c> in which Outlook wraps attachments and the rich body. Other clients show nothing
/// of it, so what it holds is taken out here.
/// </summary>
internal static class TnefReader
{
    private const int MaxFiles = 100;
    private const uint Signature = 0x223E9F78;

    public static void Read(MailPart leaf, ReadBudget budget, Action<MailPart> found)
    {
        if (leaf.Content.Length < 8 || System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(leaf.Content.Span) != Signature)
            return;
        try
        {
            var tnef = new TnefPart { Content = new MimeContent(new MemoryStream(leaf.Content.ToArray(), writable: false)) };
            var count = 0;
            foreach (var entity in tnef.ExtractAttachments())
            {
                if (count >= MaxFiles || !budget.TakePart(leaf.Path) || !budget.HasTime(leaf.Path))
                {
                    budget.Cut("limit-parts", leaf.Path, "files in winmail.dat");
                    return;
                }

                if (entity is not MimePart { Content: { } content } file)
                    continue;
                count++;
                var bytes = BoundedContent.Read(content, leaf.Path, budget);
                var name = file.FileName;
                found(new MailPart($"{leaf.Path}.t{count}", file.ContentType.MimeType.ToLowerInvariant(), null, name, "attachment", file.ContentId, "binary", bytes, []) { FileNames = name is null ? [] : [name] });
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The library reads hostile lengths and throws many kinds of exception on them.
            budget.Note("broken-tnef", leaf.Path, exception.GetType().Name);
        }
    }
}
