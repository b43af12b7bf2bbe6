using System.Text;

namespace Platform.Engine.Detectors.Files;

// A PDF (ISO 32000) is a set of objects; what acts stands in dictionaries under names: /JavaScript and /JS (a script),
// /Launch (a program), /OpenAction and /AA (done on opening), /EmbeddedFile. A name may be written with #xx for any
// character (/J#61vaScript), so names are decoded before they are compared. Objects inside compressed object streams are
// not seen here.

/// <summary>Scripts and program starts in PDF files, by the names in their dictionaries.</summary>
internal sealed class PdfActive : IDetector
{
    private const int MaxScanned = 16 * 1024 * 1024;
    private const int LongestName = 127;

    private const int MostDecoded = 100_000;

    private static readonly string[] Active = ["JavaScript", "JS", "Launch", "OpenAction", "AA", "EmbeddedFile"];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("pdf-launch", "A PDF that starts a program.", "ISO 32000-1 12.6.4.5; ATT&CK T1204.002", "file"),
        new("pdf-javascript", "A PDF that holds a script.", "ISO 32000-1 12.6.4.16; ATT&CK T1059.007", "file"),
        new("pdf-open-action", "A PDF whose script or launch runs by itself on opening.", "ISO 32000-1 12.6.3", "file"),
        new("pdf-hidden-name", "A PDF writes the names of actions in a disguised form.", "ISO 32000-1 7.3.5", "file", "name"),
        new("pdf-embedded-file", "A PDF carries another file.", "ISO 32000-1 7.11.4", "file"),
    ];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        HashSet<string> said = [];
        foreach (var file in input.Message.Attachments)
        {
            if (file.Type.Id != "pdf" && !file.Content.Span.StartsWith("%PDF"u8))
                continue;
            var names = Names(input.Examined.Take(file, MaxScanned).Span, out var disguised);
            var script = names.Contains("JavaScript") || names.Contains("JS");
            var launch = names.Contains("Launch");
            List<Sign> signs = [];
            if (launch)
                signs.Add(new Sign("pdf-launch", Seen.File(file), ("file", file.FileName)));
            if (script)
                signs.Add(new Sign("pdf-javascript", Seen.File(file), ("file", file.FileName)));
            if ((script || launch) && (names.Contains("OpenAction") || names.Contains("AA")))
                signs.Add(new Sign("pdf-open-action", Seen.File(file), ("file", file.FileName)));
            if (names.Contains("EmbeddedFile"))
                signs.Add(new Sign("pdf-embedded-file", Seen.File(file), ("file", file.FileName)));
            if (disguised is not null)
                signs.Add(new Sign("pdf-hidden-name", Seen.File(file, disguised), ("file", file.FileName), ("name", disguised)));
            foreach (var sign in signs)
                if (said.Add(sign.Id))
                    yield return sign;
        }
    }

    private static HashSet<string> Names(ReadOnlySpan<byte> pdf, out string? disguised)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        disguised = null;
        var decoded = 0;
        for (var at = pdf.IndexOf((byte)'/'); at >= 0;)
        {
            var start = at + 1;
            var end = start;
            while (end < pdf.Length && end - start < LongestName && IsRegular(pdf[end]))
                end++;
            var raw = pdf[start..end];
            if (raw.Contains((byte)'#'))
            {
                // So many disguised names are none that a program wrote by need.
                if (++decoded > MostDecoded)
                    disguised ??= Shown(raw);
                else if (Decode(raw) is var name && Active.Contains(name))
                {
                    names.Add(name);
                    disguised ??= Shown(raw);
                }
            }
            else if (raw.Length is >= 2 and <= 12)
            {
                foreach (var active in Active)
                    if (Ascii.Equals(raw, active))
                        names.Add(active);
            }

            var next = pdf[end..].IndexOf((byte)'/');
            at = next < 0 ? -1 : end + next;
        }

        return names;
    }

    private static bool IsRegular(byte value) => value is > 0x20 and < 0x7f && value is not ((byte)'/' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'(' or (byte)')' or (byte)'{' or (byte)'}' or (byte)'%');

    private static string Shown(ReadOnlySpan<byte> raw) => $"/{Encoding.Latin1.GetString(raw)}";

    private static string Decode(ReadOnlySpan<byte> raw)
    {
        var name = new StringBuilder(raw.Length);
        for (var index = 0; index < raw.Length; index++)
        {
            if (raw[index] == '#' && index + 2 < raw.Length && char.IsAsciiHexDigit((char)raw[index + 1]) && char.IsAsciiHexDigit((char)raw[index + 2]))
            {
                name.Append((char)Convert.FromHexString([(char)raw[index + 1], (char)raw[index + 2]])[0]);
                index += 2;
            }
            else
            {
                name.Append((char)raw[index]);
            }
        }

        return name.ToString();
    }
}
