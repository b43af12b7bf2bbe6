using System.Globalization;
using System.IO.Compression;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard.DataClasses;

/// <summary>Documents as PDF (ISO 32000-1): one font whose codes are glyph numbers with a table to Unicode, or codes of UTF-16; every cell placed by itself.</summary>
internal static class PdfFormat
{
    private const int LinesOfPage = 48;

    public static byte[] Write(Random random, DataDocument document)
    {
        var glyphs = random.Chance(0.5) ? new Dictionary<char, int>() : null;
        List<string> contents = [];
        var (content, line) = (new StringBuilder("BT /F1 10 Tf "), 0);
        foreach (var block in document.Blocks)
            foreach (var row in block switch { Block.Line one => [[one.Text]], Block.Table table => table.Rows, _ => [] })
            {
                if (line++ >= LinesOfPage)
                {
                    contents.Add(content.Append("ET").ToString());
                    (content, line) = (new StringBuilder("BT /F1 10 Tf "), 1);
                }

                for (var column = 0; column < row.Count; column++)
                    content.Append(CultureInfo.InvariantCulture, $"1 0 0 1 {50 + (column * (row.Count > 6 ? 30 : 120))} {800 - (line * 15)} Tm <{Codes(row[column])}> Tj ");
            }

        contents.Add(content.Append("ET").ToString());
        return Assemble(contents, glyphs);

        string Codes(string text) => string.Concat(text.Select(character => (glyphs is null ? character : glyphs.TryGetValue(character, out var glyph) ? glyph : glyphs[character] = glyphs.Count + 3).ToString("X4", CultureInfo.InvariantCulture)));
    }

    private static byte[] Assemble(List<string> contents, Dictionary<char, int>? glyphs)
    {
        List<byte[]> objects = [];
        objects.Add(Ascii("<</Type/Catalog/Pages 2 0 R>>"));
        objects.Add(Ascii($"<</Type/Pages/Count {contents.Count}/Kids[{string.Join(' ', Enumerable.Range(0, contents.Count).Select(page => $"{6 + (page * 2)} 0 R"))}]>>"));
        objects.Add(Ascii($"<</Type/Font/Subtype/Type0/BaseFont/Gothic/Encoding/{(glyphs is null ? "UniJIS-UTF16-H" : "Identity-H")}/DescendantFonts[4 0 R]{(glyphs is null ? "" : "/ToUnicode 5 0 R")}>>"));
        objects.Add(Ascii("<</Type/Font/Subtype/CIDFontType0/BaseFont/Gothic/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>>>"));
        objects.Add(Stream(Table(glyphs ?? []), ""));
        for (var page = 0; page < contents.Count; page++)
        {
            objects.Add(Ascii($"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {7 + (page * 2)} 0 R>>"));
            objects.Add(Stream(contents[page], "/Filter/FlateDecode"));
        }

        using var file = new MemoryStream();
        file.Write(Ascii("%PDF-1.7\n"));
        List<long> places = [];
        for (var number = 1; number <= objects.Count; number++)
        {
            places.Add(file.Position);
            file.Write(Ascii($"{number} 0 obj\n"));
            file.Write(objects[number - 1]);
            file.Write(Ascii("\nendobj\n"));
        }

        var start = file.Position;
        file.Write(Ascii($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n")))}trailer<</Size {objects.Count + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"));
        return file.ToArray();
    }

    private static string Table(Dictionary<char, int> glyphs) =>
        $"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {string.Concat(glyphs.Chunk(100).Select(chunk => $"{chunk.Length} beginbfchar\n{string.Concat(chunk.Select(pair => $"<{pair.Value:X4}> <{(int)pair.Key:X4}>\n"))}endbfchar\n"))}endcmap end end";

    private static byte[] Stream(string content, string filter)
    {
        var data = Encoding.Latin1.GetBytes(content);
        if (filter.Length > 0)
        {
            using var output = new MemoryStream();
            using (var packed = new ZLibStream(output, CompressionLevel.Fastest, leaveOpen: true))
                packed.Write(data);
            data = output.ToArray();
        }

        return [.. Ascii($"<</Length {data.Length}{filter}>>stream\n"), .. data, .. Ascii("\nendstream")];
    }

    private static byte[] Ascii(string text) => Encoding.Latin1.GetBytes(text);
}
