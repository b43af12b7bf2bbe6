using System.Text;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// What the reading of one file may still take, over all its objects, and the names that it met which write letters as #xx
/// (ISO 32000-1 7.3.5): <c>/J#61vaScript</c>.
/// </summary>
internal sealed class PdfReading
{
    private const int MaxItems = 3_000_000;

    // So many are none that a program wrote by need.
    private const int MostByNeed = 1_000;
    private static readonly string[] Active = ["JavaScript", "JS", "Launch", "OpenAction", "AA", "EmbeddedFile", "EmbeddedFiles", "URI", "Action", "SubmitForm", "RichMedia", "ObjStm", "XFA", "GoToR", "GoToE", "Names"];

    private int _count;
    private int _itemsLeft = MaxItems;

    /// <summary>The first that hides an action, as it is written; null when there is none.</summary>
    public string? Seen { get; private set; }

    /// <summary>False when no more values are read.</summary>
    public bool TakeItem() => _itemsLeft-- > 0;

    public string Decode(ReadOnlySpan<byte> raw)
    {
        var name = new StringBuilder(raw.Length);
        var letters = false;
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] == '#' && at + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[at + 1]) && char.IsAsciiHexDigit((char)raw[at + 2]))
            {
                var character = (char)((Digit(raw[at + 1]) << 4) | Digit(raw[at + 2]));
                letters |= char.IsAsciiLetter(character);
                name.Append(character);
                at += 2;
            }
            else
            {
                name.Append((char)raw[at]);
            }
        }

        var decoded = name.ToString();
        if (letters && Seen is null && (++_count > MostByNeed || Active.Contains(decoded)))
            Seen = $"/{Encoding.Latin1.GetString(raw)}";
        return decoded;
    }

    private static int Digit(byte value) => value <= '9' ? value - '0' : (value | 0x20) - 'a' + 10;
}
