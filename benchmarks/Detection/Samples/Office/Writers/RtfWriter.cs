using System.Globalization;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Writes rich text documents (RTF 1.9.1): paragraphs, fields, templates, objects; the digits of an object plainly or disturbed.</summary>
internal sealed class RtfWriter
{
    private readonly StringBuilder _body = new();

    public string Header { get; set; } = @"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Calibri;}}";

    public RtfWriter Paragraph(string text) => Raw($@"\pard {Escaped(text)}\par");

    public RtfWriter Template(string target) => Raw($@"{{\*\template {Escaped(target)}}}");

    public RtfWriter Field(string instruction, string result = "") => Raw($@"{{\field{{\*\fldinst {{{Escaped(instruction)}}}}}{{\fldrslt {result}}}}}");

    /// <param name="digits">The data as <see cref="Digits"/> gives it.</param>
    public RtfWriter Object(string className, string digits, string words = @"\objemb\objw2180\objh300") =>
        Raw($@"{{\object{words}{(className.Length > 0 ? $@"{{\*\objclass {className}}}" : "")}{{\*\objdata {digits}}}{{\result {{\pict\wmetafile8 0100}}}}}}");

    public RtfWriter Raw(string text)
    {
        _body.Append(text).Append("\r\n");
        return this;
    }

    public byte[] ToArray() => Encoding.ASCII.GetBytes($"{Header}\r\n{_body}}}");

    /// <summary>Hexadecimal digits in lines, as programs write them.</summary>
    public static string Digits(byte[] data)
    {
        var hex = Convert.ToHexStringLower(data);
        return string.Join("\r\n", Enumerable.Range(0, (hex.Length + 127) / 128).Select(line => hex.Substring(line * 128, Math.Min(128, hex.Length - (line * 128)))));
    }

    /// <summary>The same digits with words, groups, white space and raw octets among them.</summary>
    public static string Disturbed(byte[] data, Random random)
    {
        var hex = Convert.ToHexString(data);
        var text = new StringBuilder();
        for (var at = 0; at < hex.Length;)
        {
            var length = Math.Min(random.Next(1, 40), hex.Length - at);
            var piece = hex.Substring(at, length);
            text.Append(random.Next(2) == 0 ? piece.ToLowerInvariant() : piece);
            at += length;
            if (at >= hex.Length)
                break;
            text.Append(random.Next(6) switch
            {
                0 => $@"{{\*\{Letters(random)} {random.Next(10_000)}}}",
                1 => $@"\{Letters(random)}{random.Next(100)} ",
                2 => "\r\n  \t",
                3 => $@"{{\{Letters(random)}}}",
                4 => $@"\'{random.Next(16, 256):x2}",
                _ => " ",
            });
        }

        return text.ToString();
    }

    private static string Letters(Random random) => "zq" + string.Concat(Enumerable.Range(0, random.Next(3, 9)).Select(_ => (char)('g' + random.Next(16))));

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
            _ = c switch
            {
                '\\' or '{' or '}' => escaped.Append('\\').Append(c),
                > '\u007E' => escaped.Append(CultureInfo.InvariantCulture, $@"\u{(short)c}?"),
                _ => escaped.Append(c),
            };
        return escaped.ToString();
    }
}
