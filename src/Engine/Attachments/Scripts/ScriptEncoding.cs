using System.Text;

namespace Platform.Engine.Attachments.Scripts;

/// <summary>
/// The encoding of <c>.jse</c> and <c>.vbe</c> files and of scripts of language JScript.Encode (Windows Script Encoder): between
/// <c>#@~^</c> with a length and <c>^#~@</c> every character is exchanged by one of three tables, in an order of 64 steps; five
/// characters that would hurt HTML are written with an at sign. It hides, it does not protect.
/// </summary>
internal static class ScriptEncoding
{
    private const string Begin = "#@~^";
    private const string End = "^#~@";
    private const int HeaderLength = 12;
    private const int ChecksumLength = 8;

    // What the octets 0x20 to 0x7F stand for by each table; a tab has an entry of its own.
    private static readonly byte[][] Tables =
    [
        Convert.FromHexString("2e477a56426a2f26494134325b7672433839704568714f09624423754a7e4a5e40774a615d224b6f4e3b4c50672a7d74542b2d2c306e6b66352521644d52633f7b7829287359337f6d55537c3a5f65465831696c5a48275c3d24793760512036"),
        Convert.FromHexString("2d755260715e495c627d2936207c7a7f6b63332b68516676316454434c3a4c7e4c452c2a7427374479592f6f26726a397b3f387767534734785d30235a5b6c485570692e4c21244e5009567335614b583b57226d4d2528464a32413d5f4f4265"),
        Convert.FromHexString("323021295b38333d583a3565395c5673664e456b6259785e7d4a6d714160415340422748727531374d5222546a47642d207f2e4c5d7e6c6f797443267625242b28234134092a443f773b55696163506751494f46687c36706e7a2f5f4b5a2c57"),
    ];

    private static ReadOnlySpan<byte> Tab => [0x57, 0x6E, 0x7B];

    private static ReadOnlySpan<byte> Steps =>
    [
        0, 1, 2, 0, 1, 2, 1, 2, 2, 1, 2, 1, 0, 2, 1, 2, 0, 2, 1, 2, 0, 0, 1, 2, 2, 1, 0, 2, 1, 2, 2, 1,
        0, 0, 2, 1, 2, 1, 2, 0, 2, 0, 0, 1, 2, 0, 2, 1, 0, 2, 1, 2, 0, 0, 1, 2, 2, 0, 0, 1, 2, 0, 2, 1,
    ];

    /// <summary>The text with every encoded part decoded; the text itself when it has none.</summary>
    public static string Decode(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
            return text;
        var output = new StringBuilder(text.Length);
        var at = 0;
        while (begin >= 0 && begin + HeaderLength <= text.Length)
        {
            output.Append(text, at, begin - at);
            var start = begin + HeaderLength;
            var end = text.IndexOf(End, start, StringComparison.Ordinal);
            var stop = end < 0 ? text.Length : end;
            DecodePart(text.AsSpan(start, Math.Max(0, stop - start - ChecksumLength)), output);
            at = end < 0 ? text.Length : end + End.Length;
            begin = at >= text.Length ? -1 : text.IndexOf(Begin, at, StringComparison.Ordinal);
        }

        return output.Append(text, at, text.Length - at).ToString();
    }

    private static void DecodePart(ReadOnlySpan<char> part, StringBuilder output)
    {
        var step = 0;
        for (var at = 0; at < part.Length; at++)
        {
            var character = part[at];
            if (character == '@' && at + 1 < part.Length && Escaped(part[at + 1]) is var plain and not '\0')
            {
                output.Append(plain);
                at++;
            }
            else if (character == '\t')
            {
                output.Append((char)Tab[Steps[step % Steps.Length]]);
            }
            else if (character is >= ' ' and < '\u0080' and not ('<' or '>' or '@'))
            {
                output.Append((char)Tables[Steps[step % Steps.Length]][character - ' ']);
            }
            else
            {
                output.Append(character);
            }

            // What is escaped counts as one step, what is not ASCII as none.
            step += character < '\u0080' ? 1 : 0;
        }
    }

    private static char Escaped(char letter) => letter switch
    {
        '&' => '\n',
        '#' => '\r',
        '*' => '>',
        '!' => '<',
        '$' => '@',
        _ => '\0',
    };
}
