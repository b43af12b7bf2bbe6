using System.Runtime.InteropServices;
using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Rewriting;

/// <summary>Changes of parts where they stand in a message, applied together. Line ends are CRLF.</summary>
internal sealed class PartEdits(ReadOnlyMemory<byte> message)
{
    private readonly List<Edit> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Puts a short text in the place of a part.</summary>
    /// <returns>False: the part does not stand in the message as it is, or its header has no clear end.</returns>
    public bool ReplaceByText(MailPart part, string text)
    {
        var content = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        const string fields = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: inline\r\n";
        return Replace(part, static name => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase), fields, content);
    }

    /// <summary>Puts a file in the place of another.</summary>
    /// <returns>As <see cref="ReplaceByText"/>.</returns>
    public bool ReplaceByFile(MailPart part, LockedFile file) => Replace(part, static name => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase), file.Fields, file.Content);

    /// <summary>Gives a part other content; its type and name stay.</summary>
    /// <returns>As <see cref="ReplaceByText"/>.</returns>
    public bool ReplaceContent(MailPart part, byte[] content) => Replace(
        part,
        static name => name.Equals("Content-Transfer-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-MD5", StringComparison.OrdinalIgnoreCase),
        "Content-Transfer-Encoding: base64\r\n",
        content);

    public ReadOnlyMemory<byte> Apply()
    {
        var result = new byte[message.Length + _edits.Sum(edit => edit.With.Length - edit.Length)];
        var (read, written) = (0, 0);
        foreach (var edit in _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.Length))
        {
            var kept = message.Span[read..edit.Start];
            kept.CopyTo(result.AsSpan(written));
            edit.With.CopyTo(result.AsSpan(written + kept.Length));
            (read, written) = (edit.Start + edit.Length, written + kept.Length + edit.With.Length);
        }

        message.Span[read..].CopyTo(result.AsSpan(written));
        return result;
    }

    private bool Replace(MailPart part, Func<string, bool> drops, string fields, byte[] content)
    {
        if (OffsetOf(part.Raw) is not { } start || OffsetOf(part.Body) is not { } body || EmptyLine(start, body) is not { } end)
            return false;
        foreach (var field in part.Headers.Where(field => drops(field.Name)))
            _edits.Add(new Edit(start + field.Offset, field.Length, []));
        _edits.Add(new Edit(end, 0, Encoding.ASCII.GetBytes(fields)));
        _edits.Add(new Edit(body, part.Body.Length, Encoding.ASCII.GetBytes(Base64Lines(content))));
        return true;
    }

    /// <summary>Where the empty line between a header and the body behind it begins.</summary>
    private int? EmptyLine(int start, int body)
    {
        var header = message.Span[start..body];
        if (header.EndsWith("\n\r\n"u8) || header.SequenceEqual("\r\n"u8))
            return body - 2;
        return header.EndsWith("\n\n"u8) || header.SequenceEqual("\n"u8) ? body - 1 : null;
    }

    private int? OffsetOf(ReadOnlyMemory<byte> slice) =>
        MemoryMarshal.TryGetArray(message, out var whole) && MemoryMarshal.TryGetArray(slice, out var piece) && ReferenceEquals(whole.Array, piece.Array)
        && piece.Offset >= whole.Offset && piece.Offset + piece.Count <= whole.Offset + whole.Count
            ? piece.Offset - whole.Offset
            : null;

    private static string Base64Lines(byte[] content) => Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n") + "\r\n";

    private readonly record struct Edit(int Start, int Length, byte[] With);
}
