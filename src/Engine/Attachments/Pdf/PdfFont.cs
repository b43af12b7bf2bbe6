using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>How a font turns the octets of a string into characters (ISO 32000-1 9.10.2).</summary>
internal sealed class PdfFont
{
    private const int MaxEntries = 20_000;
    private const int MostOfTable = 512 * 1024;

    private readonly Dictionary<int, string>? _table;
    private readonly Encoding? _encoding;
    private readonly int _width;
    private readonly bool _isBlind;

    private PdfFont(Dictionary<int, string>? table, Encoding? encoding, int width, bool isBlind) => (_table, _encoding, _width, _isBlind) = (table, encoding, width, isBlind);

    /// <summary>One octet a character, as Windows has them.</summary>
    public static PdfFont Plain { get; } = new(null, Charsets.Windows1252, 1, false);

    public static PdfFont Read(PdfFile pdf, PdfDictionary font)
    {
        var isComposite = font.Name("Subtype") == "Type0";
        if (pdf.Resolve(font["ToUnicode"]) is PdfStream stream)
            return ReadTable(pdf.Decode(stream, MostOfTable), isComposite);
        if (!isComposite)
            return Plain;
        // The predefined tables whose codes are those of a character set (9.7.5.2).
        var name = pdf.Resolve(font["Encoding"]) is PdfName encoding ? encoding.Value : "";
        if (name.Contains("UCS2", StringComparison.Ordinal) || name.Contains("UTF16", StringComparison.Ordinal))
            return new PdfFont(null, Encoding.BigEndianUnicode, 2, false);
        if (name.Contains("RKSJ", StringComparison.Ordinal))
            return new PdfFont(null, Encoding.GetEncoding(932), 2, false);
        if (name.StartsWith("EUC", StringComparison.Ordinal))
            return new PdfFont(null, Encoding.GetEncoding("euc-jp"), 2, false);
        if (name.Contains("KSC", StringComparison.Ordinal))
            return new PdfFont(null, Encoding.GetEncoding(949), 2, false);
        return new PdfFont(null, null, 2, isBlind: true);
    }

    public string Decode(ReadOnlySpan<byte> octets)
    {
        if (_isBlind)
            return "";
        if (_table is null)
            return _encoding!.GetString(octets);
        var text = new StringBuilder();
        for (var at = 0; at + _width <= octets.Length; at += _width)
        {
            var code = _width == 1 ? octets[at] : (octets[at] << 8) | octets[at + 1];
            if (_table.TryGetValue(code, out var characters))
                text.Append(characters);
            else if (_width == 1 && code is >= 32 and < 127)
                text.Append((char)code);
        }

        return text.ToString();
    }

    // beginbfchar <src> <dst> ... endbfchar, beginbfrange <from> <to> <dst> or [<dst> ...] ... endbfrange (Adobe TN 5411).
    private static PdfFont ReadTable(ReadOnlyMemory<byte> content, bool isComposite)
    {
        var table = new Dictionary<int, string>();
        var parser = new PdfParser(content, new PdfReading());
        var width = isComposite ? 2 : 1;
        List<PdfValue> operands = [];
        while (table.Count < MaxEntries && parser.Next(references: false) is { } token)
        {
            if (token is not PdfKeyword { Word: var word })
            {
                operands.Add(token);
                continue;
            }

            if (word == "endcodespacerange" && operands is [PdfString { Bytes.Length: 1 or 2 } space, ..])
                width = space.Bytes.Length;
            else if (word == "endbfchar")
                AddCharacters(operands, table);
            else if (word == "endbfrange")
                AddRanges(operands, table);
            operands.Clear();
        }

        return new PdfFont(table, null, width, false);
    }

    private static void AddCharacters(List<PdfValue> operands, Dictionary<int, string> table)
    {
        for (var index = 0; index + 1 < operands.Count; index += 2)
            if (operands[index] is PdfString code && operands[index + 1] is PdfString text)
                table.TryAdd(Code(code), Encoding.BigEndianUnicode.GetString(text.Bytes.Span));
    }

    private static void AddRanges(List<PdfValue> operands, Dictionary<int, string> table)
    {
        for (var index = 0; index + 2 < operands.Count; index += 3)
        {
            if (operands[index] is not PdfString first || operands[index + 1] is not PdfString last)
                continue;
            int from = Code(first), count = Math.Min(Code(last) - from + 1, MaxEntries - table.Count);
            for (var step = 0; step < count; step++)
                if (operands[index + 2] is PdfArray items)
                {
                    if (step < items.Items.Count && items.Items[step] is PdfString each)
                        table.TryAdd(from + step, Encoding.BigEndianUnicode.GetString(each.Bytes.Span));
                }
                else if (operands[index + 2] is PdfString { Bytes.Length: >= 2 } start && Encoding.BigEndianUnicode.GetString(start.Bytes.Span) is { Length: > 0 } text)
                {
                    table.TryAdd(from + step, $"{text[..^1]}{(char)(text[^1] + step)}");
                }
        }
    }

    private static int Code(PdfString text)
    {
        var code = 0;
        foreach (var octet in text.Bytes.Span[..Math.Min(2, text.Bytes.Length)])
            code = (code << 8) | octet;
        return code;
    }
}
