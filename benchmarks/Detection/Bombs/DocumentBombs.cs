using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Documents whose objects refer to themselves, or unpack without end.</summary>
internal static class DocumentBombs
{
    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("PDF whose pages hold themselves", random => BombMail.With(random, "a.pdf", $"%PDF-1.7\n{BombMail.Join(3_000, index => $"{index + 1} 0 obj\n<</Type/Pages/Kids[{(index + 1) % 3_000 + 1} 0 R {(index + 9) % 3_000 + 1} 0 R]/Count 99999999/Parent {index + 1} 0 R/AA {index + 1} 0 R/OpenAction {index + 1} 0 R/Next {index + 1} 0 R>>\nendobj\n")}trailer<</Root 1 0 R/Size 99999999>>\n%%EOF")),
        new("PDF with a table of a billion objects", random => BombMail.With(random, "a.pdf", $"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 999999999\n{BombMail.Repeat("0000000010 00000 n \n", 200_000)}trailer<</Root 1 0 R/Size 999999999/Prev 10>>\nstartxref\n10\n%%EOF")),
        new("PDF stream behind thirty filters", random => BombMail.With(random, "a.pdf", Pdf($"<</Filter[{BombMail.Repeat("/FlateDecode", 30)}]/Length 1000>>", RawZip.Deflated(60_000_000), zlib: true))),
        new("PDF streams of zeros", random => BombMail.With(random, "a.pdf", Streams("/Filter/FlateDecode", [0x78, 0xDA, .. RawZip.Deflated(30_000_000)], 200))),
        new("PDF scripts of zeros", random => BombMail.With(random, "a.pdf", Streams("/S/JavaScript/Filter/FlateDecode", [0x78, 0xDA, .. RawZip.Deflated(20_000_000)], 100))),
        new("PDF of ASCII85 without end", random => BombMail.With(random, "a.pdf", Streams("/Filter/ASCII85Decode", Encoding.ASCII.GetBytes(new string('z', 3_000_000)), 3))),
        new("PDF run lengths", random => BombMail.With(random, "a.pdf", Streams("/Filter/RunLengthDecode", [.. Enumerable.Repeat((byte[])[129, 65], 500_000).SelectMany(run => run)], 3))),
        new("PDF nested in brackets", random => BombMail.With(random, "a.pdf", $"%PDF-1.4\n1 0 obj\n{BombMail.Repeat("[<<", 300_000)}\nendobj\ntrailer<</Root 1 0 R>>")),
        new("PDF of half a million objects", random => BombMail.With(random, "a.pdf", $"%PDF-1.4\n{BombMail.Join(200_000, index => $"{index + 1} 0 obj<</S/URI/URI(http://{random.Word()}.example)>>endobj\n")}trailer<</Root 1 0 R>>")),
        new("RTF groups without end", random => BombMail.With(random, "a.rtf", $"{{\\rtf1{BombMail.Repeat("{\\object\\objdata ", 200_000)}")),
        new("RTF object of endless digits", random => BombMail.With(random, "a.rtf", $"{{\\rtf1{{\\object\\objocx{{\\*\\objdata {BombMail.Join(200_000, _ => $"{random.Next(16):x}{{\\*\\x{random.Next(100)}}}\r\n")}}}}}}}")),
        new("RTF data of negative and huge lengths", random => BombMail.With(random, "a.rtf", $"{{\\rtf1{BombMail.Repeat("\\bin2147483647 \\bin-1 \\u999999999?\\'zz", 60_000)}}}")),
        new("compound file whose sectors go in a circle", random => BombMail.With(random, "a.doc", Compound(random, next: index => index))),
        new("compound file whose folders go in a circle", random => BombMail.With(random, "a.xls", Compound(random, next: index => index + 1))),
        new("document part of half a gigabyte", random => BombMail.With(random, "a.docx", Office(random, "word/document.xml", RawZip.Deflated(300_000_000)))),
        new("document of ten thousand parts", random => BombMail.With(random, "a.xlsx", Office(random, "xl/worksheets/sheet", RawZip.Deflated(500_000), 5_000))),
        new("document with laughing entities", random => BombMail.With(random, "a.docx", Office(random, "word/document.xml", Deflate($"<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY l0 \"lol\">{BombMail.Join(9, level => $"<!ENTITY l{level + 1} \"{BombMail.Repeat($"&l{level};", 10)}\">")}]><r>&l9;</r>")))),
        new("document of elements without end", random => BombMail.With(random, "a.docx", Office(random, "word/document.xml", Deflate($"<w:document>{BombMail.Repeat("<w:p><w:r>", 500_000)}")))),
        new("relationships without end", random => BombMail.With(random, "a.docx", Office(random, "word/_rels/document.xml.rels", Deflate($"<Relationships>{BombMail.Join(200_000, index => $"<Relationship Id=\"r{index}\" Type=\"x/attachedTemplate\" Target=\"http://h{index}.example/t\" TargetMode=\"External\"/>")}</Relationships>")))),
        new("macro project that unpacks without end", random => BombMail.With(random, "a.docm", Office(random, "word/vbaProject.bin", Deflate(Encoding.Latin1.GetString(Compound(random, next: index => index + 1)))))),
        new("formulas without end", random => BombMail.With(random, "a.slk", $"ID;P\r\n{BombMail.Join(150_000, index => $"C;X{index};Y1;EEXEC(\"cmd\")&R[1]C[1]\r\n")}E\r\n")),
        new("shortcut of impossible lengths", random => BombMail.With(random, "a.lnk", [0x4C, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, 0xFF, 0xFF, 0xFF, 0xFF, .. Enumerable.Repeat((byte)0xFF, 500_000)])),
        new("notebook of random octets", random => BombMail.With(random, "a.one", [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, .. Enumerable.Repeat((byte[])[0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0], 100_000).SelectMany(octets => octets)])),
        new("program with ten thousand sections", random => BombMail.With(random, "a.pdf.exe", Program(random))),
    ];

    private static byte[] Deflate(string text)
    {
        using var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(Encoding.Latin1.GetBytes(text));
        return packed.ToArray();
    }

    private static byte[] Office(Random random, string part, byte[] packed, int count = 1)
    {
        var zip = new RawZip();
        zip.Add("[Content_Types].xml", Deflate("<Types/>"), 8, 8);
        zip.Add($"_rels/{random.Word()}.rels", Deflate("<Relationships/>"), 8, 16);
        for (var index = 0; index < count; index++)
            zip.Add(count == 1 ? part : $"{part}{index}.xml", packed, 8, 1_000_000);
        return zip.ToArray();
    }

    private static byte[] Pdf(string dictionary, byte[] content, bool zlib) =>
        [.. Encoding.ASCII.GetBytes($"%PDF-1.7\n1 0 obj\n{dictionary}\nstream\n"), .. zlib ? (byte[])[0x78, 0xDA] : [], .. content, .. "\nendstream\nendobj\ntrailer<</Root 1 0 R>>"u8];

    private static byte[] Streams(string entries, byte[] content, int count)
    {
        using var pdf = new MemoryStream();
        pdf.Write("%PDF-1.7\n"u8);
        for (var index = 1; index <= count; index++)
        {
            pdf.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} 0 obj\n<<{entries}/Length {content.Length}/JS {index} 0 R>>\nstream\n")));
            pdf.Write(content);
            pdf.Write("\nendstream\nendobj\n"u8);
        }

        pdf.Write("trailer<</Root 1 0 R>>"u8);
        return pdf.ToArray();
    }

    // Sectors of a table that lead to themselves or on without end, and a directory whose entries are each other's siblings.
    private static byte[] Compound(Random random, Func<int, int> next)
    {
        const int sectors = 2_000;
        var file = new byte[512 * (sectors + 1)];
        ((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]).CopyTo(file);
        (file[24], file[26], file[28], file[29], file[30], file[32]) = (0x3E, 3, 0xFE, 0xFF, 9, 6);
        file[44] = 109;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(48), 200);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(56), 4_096);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(60), 300);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(64), 1_000_000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(68), 400);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(72), 1_000_000);
        for (var index = 0; index < 109; index++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(76 + (index * 4)), index % 16);
        for (var index = 0; index < 128 * 16; index++)
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(512 + (index * 4)), next(index) % sectors);
        for (var at = 512 * 201; at + 128 <= file.Length; at += 128)
        {
            var entry = file.AsSpan(at, 128);
            Encoding.Unicode.GetBytes(random.Word(3, 6)).CopyTo(entry);
            (entry[64], entry[66]) = (8, (byte)(1 + random.Next(2)));
            foreach (var pointer in (ReadOnlySpan<int>)[68, 72, 76])
                BinaryPrimitives.WriteInt32LittleEndian(entry[pointer..], random.Next(4_000));
            BinaryPrimitives.WriteInt32LittleEndian(entry[116..], random.Next(sectors));
            BinaryPrimitives.WriteInt32LittleEndian(entry[120..], int.MaxValue);
        }

        return file;
    }

    private static byte[] Program(Random random)
    {
        var program = new byte[600_000];
        "MZ"u8.CopyTo(program);
        program[0x3C] = 0x40;
        "PE\0\0"u8.CopyTo(program.AsSpan(0x40));
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x46), ushort.MaxValue);
        random.NextBytes(program.AsSpan(0x200));
        return program;
    }
}
