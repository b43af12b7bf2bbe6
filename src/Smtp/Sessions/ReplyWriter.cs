using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Platform.Smtp.Sessions;

/// <summary>Puts a reply on the wire: <c>250-2.1.0 text</c>, the last line with a space for the hyphen (RFC 5321, 4.2.1).</summary>
internal static class ReplyWriter
{
    /// <summary>Octets of a reply line with its end (RFC 5321, 4.5.3.1.5).</summary>
    public const int MaxLine = 512;

    /// <summary>Gives the number of octets written.</summary>
    public static int Write(IBufferWriter<byte> output, SmtpReply reply)
    {
        var lines = reply.Lines;
        if (lines.Count == 0)
            return WriteLine(output, reply, "", isLast: true);
        var written = 0;
        for (var i = 0; i < lines.Count; i++)
            written += WriteLine(output, reply, lines[i], i == lines.Count - 1);
        return written;
    }

    private static int WriteLine(IBufferWriter<byte> output, SmtpReply reply, string text, bool isLast)
    {
        var line = output.GetSpan(MaxLine)[..(MaxLine - 2)];
        Utf8Formatter.TryFormat(reply.Code, line, out var length);
        line[length++] = (byte)(isLast ? ' ' : '-');
        if (reply.EnhancedStatus is { } status)
        {
            length += Encoding.ASCII.GetBytes(status, line[length..]);
            line[length++] = (byte)' ';
        }

        foreach (var c in text)
        {
            if (length == line.Length)
                break;
            line[length++] = c is >= ' ' and < '\x7F' ? (byte)c : (byte)'?';
        }

        output.GetSpan(MaxLine)[length] = (byte)'\r';
        output.GetSpan(MaxLine)[length + 1] = (byte)'\n';
        output.Advance(length + 2);
        return length + 2;
    }
}
