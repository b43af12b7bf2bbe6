using System.Buffers.Text;
using System.Text;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// Reads values (ISO 32000-1 7.3) from any octets: forgives what readers forgive, nests at most sixty deep. Names written with
/// #xx where a letter would do are remembered: nobody writes so by need.
/// </summary>
internal sealed class PdfParser(ReadOnlyMemory<byte> data, PdfReading reading)
{
    private const int MaxDepth = 60;
    private const int MaxItems = 200_000;

    private int _items;

    public int At { get; set; }

    public bool AtEnd => At >= data.Length;

    /// <summary>The next value or operator; null at the end.</summary>
    /// <param name="references">Whether <c>5 0 R</c> is a reference; not so in content streams.</param>
    public PdfValue? Next(bool references = true) => Read(0, references);

    private PdfValue? Read(int depth, bool references)
    {
        SkipBlank();
        var bytes = data.Span;
        if (At >= bytes.Length || _items++ > MaxItems || !reading.TakeItem())
            return null;
        switch (bytes[At])
        {
            case (byte)'/':
                At++;
                return new PdfName(ReadName());
            case (byte)'(':
                return new PdfString(ReadLiteral());
            case (byte)'<' when At + 1 < bytes.Length && bytes[At + 1] == '<':
                At += 2;
                return depth >= MaxDepth ? Skip("<<") : ReadDictionary(depth, references);
            case (byte)'<':
                return new PdfString(ReadHex());
            case (byte)'[':
                At++;
                return depth >= MaxDepth ? Skip("[") : ReadArray(depth, references);
            case (byte)']' or (byte)'{' or (byte)'}' or (byte)')':
                return new PdfKeyword(((char)bytes[At++]).ToString());
            case (byte)'>':
                At += At + 1 < bytes.Length && bytes[At + 1] == '>' ? 2 : 1;
                return new PdfKeyword(">>");
            default:
                return ReadWord(references);
        }
    }

    private static PdfKeyword Skip(string word) => new(word);

    private PdfValue ReadWord(bool references)
    {
        var bytes = data.Span;
        var start = At;
        while (At < bytes.Length && IsRegular(bytes[At]))
            At++;
        if (At == start)
        {
            At++;
            return new PdfKeyword("");
        }

        var word = bytes[start..At];
        if (Number(word) is not { } number)
            return new PdfKeyword(Encoding.Latin1.GetString(word[..Math.Min(word.Length, 64)]));
        if (references && number >= 0 && number == Math.Floor(number) && number < int.MaxValue && TryReference(out var generation))
            return new PdfReference((int)number, generation);
        return new PdfNumber(number);
    }

    private bool TryReference(out int generation)
    {
        var bytes = data.Span;
        var at = At;
        generation = 0;
        var blanks = 0;
        for (; at < bytes.Length && IsBlank(bytes[at]); at++)
            blanks++;
        var start = at;
        while (at < bytes.Length && at - start < 6 && bytes[at] is >= (byte)'0' and <= (byte)'9')
            generation = (generation * 10) + bytes[at++] - '0';
        if (blanks == 0 || at == start || at >= bytes.Length || !IsBlank(bytes[at]))
            return false;
        while (at < bytes.Length && IsBlank(bytes[at]))
            at++;
        if (at >= bytes.Length || bytes[at] != 'R' || at + 1 < bytes.Length && IsRegular(bytes[at + 1]))
            return false;
        At = at + 1;
        return true;
    }

    private PdfArray ReadArray(int depth, bool references)
    {
        List<PdfValue> items = [];
        while (Read(depth + 1, references) is { } item)
        {
            if (item is PdfKeyword { Word: "]" or ">>" or "endobj" or "stream" })
                break;
            items.Add(item);
        }

        return new PdfArray(items);
    }

    private PdfDictionary ReadDictionary(int depth, bool references)
    {
        var entries = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        while (Read(depth + 1, references) is { } key)
        {
            if (key is PdfKeyword { Word: ">>" or "endobj" or "stream" })
                break;
            if (key is not PdfName name)
                continue;
            var value = Read(depth + 1, references);
            if (value is null)
                break;
            if (value is PdfKeyword { Word: ">>" })
                break;
            // Readers differ in which of two equal keys counts; an action must not hide behind either.
            if (!entries.TryAdd(name.Value, value) && value is not PdfNumber)
                entries[name.Value] = value;
        }

        return new PdfDictionary(entries);
    }

    private string ReadName()
    {
        var bytes = data.Span;
        var start = At;
        while (At < bytes.Length && IsRegular(bytes[At]))
            At++;
        var raw = bytes[start..Math.Min(At, start + 256)];
        return raw.Contains((byte)'#') ? reading.Decode(raw) : Encoding.Latin1.GetString(raw);
    }

    private ReadOnlyMemory<byte> ReadLiteral()
    {
        var bytes = data.Span;
        var start = ++At;
        var depth = 1;
        var plain = true;
        for (; At < bytes.Length; At++)
        {
            if (bytes[At] == '\\')
            {
                plain = false;
                At++;
            }
            else if (bytes[At] == '(')
            {
                depth++;
            }
            else if (bytes[At] == ')' && --depth == 0)
            {
                break;
            }
        }

        var end = Math.Min(At, bytes.Length);
        At = Math.Min(bytes.Length, At + 1);
        return plain ? data[start..end] : Unescaped(bytes[start..end]);
    }

    private static byte[] Unescaped(ReadOnlySpan<byte> raw)
    {
        var output = new byte[raw.Length];
        var length = 0;
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 >= raw.Length)
            {
                output[length++] = raw[at];
                continue;
            }

            var next = raw[++at];
            if (next is >= (byte)'0' and <= (byte)'7')
            {
                var value = 0;
                var digits = 0;
                for (; digits < 3 && at + digits < raw.Length && raw[at + digits] is >= (byte)'0' and <= (byte)'7'; digits++)
                    value = (value * 8) + raw[at + digits] - '0';
                at += digits - 1;
                output[length++] = (byte)value;
            }
            else if (next is (byte)'\r' or (byte)'\n')
            {
                at += next == '\r' && at + 1 < raw.Length && raw[at + 1] == '\n' ? 1 : 0;
            }
            else
            {
                output[length++] = next switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', (byte)'b' => (byte)'\b', (byte)'f' => (byte)'\f', _ => next };
            }
        }

        return output[..length];
    }

    private byte[] ReadHex()
    {
        var bytes = data.Span;
        var end = bytes[At..].IndexOf((byte)'>');
        end = end < 0 ? bytes.Length : At + end;
        var output = PdfFilters.Hex(bytes[(At + 1)..Math.Max(At + 1, end)]);
        At = Math.Min(bytes.Length, end + 1);
        return output;
    }

    private void SkipBlank()
    {
        var bytes = data.Span;
        while (At < bytes.Length)
        {
            if (IsBlank(bytes[At]))
            {
                At++;
            }
            else if (bytes[At] == '%')
            {
                var end = bytes[At..].IndexOfAny((byte)'\r', (byte)'\n');
                At = end < 0 ? bytes.Length : At + end;
            }
            else
            {
                return;
            }
        }
    }

    private static double? Number(ReadOnlySpan<byte> word)
    {
        if (word[0] is not ((byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9')) || word.Length > 32)
            return null;
        var text = word[0] == '+' ? word[1..] : word;
        return Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length && double.IsFinite(number) ? number : null;
    }

    public static bool IsBlank(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsRegular(byte value) =>
        !IsBlank(value) && value is not ((byte)'/' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'(' or (byte)')' or (byte)'{' or (byte)'}' or (byte)'%');
}
