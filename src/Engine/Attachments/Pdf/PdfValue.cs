using System.Text;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>A value of PDF (ISO 32000-1 7.3).</summary>
internal abstract record PdfValue;

internal sealed record PdfNumber(double Value) : PdfValue;

/// <param name="Value">Decoded, without the slash.</param>
internal sealed record PdfName(string Value) : PdfValue;

internal sealed record PdfString(ReadOnlyMemory<byte> Bytes) : PdfValue
{
    /// <summary>Text string (7.9.2.2): UTF-16 or UTF-8 by mark, else octets as they are.</summary>
    public string Text => TextOf(Bytes.Span);

    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(bytes[2..]);
        return bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? Encoding.UTF8.GetString(bytes[3..]) : Mail.Content.Charsets.Guess(bytes);
    }
}

internal sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

internal sealed record PdfReference(int Number, int Generation) : PdfValue;

/// <summary><c>true</c>, <c>null</c>, an operator of a content stream, or what was no value at all.</summary>
internal sealed record PdfKeyword(string Word) : PdfValue;

internal sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Entries) : PdfValue
{
    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);

    /// <summary>The name under the key; empty when there is none.</summary>
    public string Name(string key) => this[key] is PdfName name ? name.Value : "";
}

/// <param name="Raw">As it stands in the file: encrypted, compressed.</param>
internal sealed record PdfStream(PdfDictionary Dictionary, ReadOnlyMemory<byte> Raw) : PdfValue;

/// <param name="IsPacked">It came out of an object stream, where strings are not encrypted once more.</param>
internal sealed record PdfObject(int Number, int Generation, PdfValue Value, bool IsPacked);
