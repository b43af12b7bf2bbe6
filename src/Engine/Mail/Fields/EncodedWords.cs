using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Mail.Fields;

/// <summary>
/// Encoded words (RFC 2047): <c>=?charset?B|Q?text?=</c>, with <c>charset*language</c> of RFC 2231. Read as the field writes
/// them: in quotes, in lower case, without padding, with spaces inside; octets of neighbours in one charset are joined
/// before decoding, because senders split multi-byte characters over words.
/// </summary>
internal static class EncodedWords
{
    private const int MaxWordLength = 4_096;

    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        var pending = new List<byte>();
        var pendingCharset = "";
        var position = 0;
        while (position < text.Length)
        {
            var start = text.IndexOf("=?", position, StringComparison.Ordinal);
            if (start < 0)
                break;
            var word = ReadWord(text, start);
            if (word is null)
            {
                Flush();
                result.Append(text, position, start + 2 - position);
                position = start + 2;
                continue;
            }

            var between = text.AsSpan(position, start - position);
            var adjoining = pending.Count > 0 && between.IsWhiteSpace();
            if (!adjoining)
            {
                Flush();
                result.Append(between);
            }
            else if (!word.Charset.Equals(pendingCharset, StringComparison.OrdinalIgnoreCase))
            {
                Flush();
            }

            pendingCharset = word.Charset;
            pending.AddRange(word.Octets);
            position = word.End;
        }

        Flush();
        result.Append(text, position, text.Length - position);
        return result.ToString();

        void Flush()
        {
            if (pending.Count == 0)
                return;
            result.Append(Charsets.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(pending), pendingCharset));
            pending.Clear();
        }
    }

    private sealed record Word(string Charset, byte[] Octets, int End);

    private static Word? ReadWord(string text, int start)
    {
        var limit = Math.Min(text.Length, start + MaxWordLength);
        var charsetEnd = text.IndexOf('?', start + 2, Math.Min(64, limit - start - 2));
        if (charsetEnd < 0 || charsetEnd == start + 2 || charsetEnd + 2 >= limit || text[charsetEnd + 2] != '?')
            return null;
        var bodyStart = charsetEnd + 3;
        var end = text.IndexOf("?=", bodyStart, limit - bodyStart, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var body = text.AsSpan(bodyStart, end - bodyStart);
        byte[]? octets = text[charsetEnd + 1] switch
        {
            'B' or 'b' => DecodeB(body),
            'Q' or 'q' => DecodeQ(body),
            _ => null,
        };
        return octets is null ? null : new Word(text[(start + 2)..charsetEnd], octets, end + 2);
    }

    private static byte[] DecodeB(ReadOnlySpan<char> body) =>
        Base64.Decode(Encoding.Latin1.GetBytes(body.ToArray()), body.Length, out _);

    private static byte[] DecodeQ(ReadOnlySpan<char> body)
    {
        var octets = new List<byte>(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '=' && i + 2 < body.Length && QuotedPrintable.Hex(body[i + 1]) is var high and >= 0 && QuotedPrintable.Hex(body[i + 2]) is var low and >= 0)
            {
                octets.Add((byte)((high << 4) | low));
                i += 2;
            }
            else if (body[i] == '_')
            {
                octets.Add((byte)' ');
            }
            else if (body[i] < 0x80)
            {
                octets.Add((byte)body[i]);
            }
            else
            {
                octets.AddRange(Encoding.UTF8.GetBytes(body[i].ToString()));
            }
        }

        return [.. octets];
    }
}
