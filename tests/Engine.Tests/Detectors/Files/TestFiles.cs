using System.IO.Compression;
using System.Text;
using Platform.Benchmarks.Detection.Samples.Office.Writers;

namespace Platform.Engine.Tests.Detectors.Files;

/// <summary>Small files of many kinds, made here: harmless, but with the marks by which each kind is told.</summary>
internal static class TestFiles
{
    public static byte[] Program { get; } = [.. "MZ"u8, .. new byte[58], 0x80, 0, 0, 0, .. new byte[64], .. "PE\0\0"u8, 0x64, 0x86, .. new byte[200]];

    public static byte[] Picture { get; } = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[40]];

    public static byte[] Shortcut { get; } = [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46, .. new byte[80]];

    public static byte[] Notebook { get; } = [0xe4, 0x52, 0x5c, 0x7b, 0x8c, 0xd8, 0xa7, 0x4d, 0xae, 0xb1, 0x53, 0x78, 0xd0, 0x29, 0x96, 0xd3, .. new byte[100]];

    public static byte[] EicarTestFile { get; } = Text(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}", "$EICAR", "-STANDARD-", "ANTIVIRUS-", "TEST-FILE!", "$H+H*"));

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Pdf(string objects) => Text($"%PDF-1.7\n1 0 obj\n<< {objects} >>\nendobj\ntrailer << >>\n%%EOF\n");

    public static byte[] DiskImage()
    {
        var image = new byte[0x8800];
        "\u0001CD001\u0001"u8.CopyTo(image.AsSpan(0x8000));
        return image;
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] members)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in members)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }

        return stream.ToArray();
    }

    /// <summary>A zip whose first member is marked as encrypted (APPNOTE 4.4.4, bit 0).</summary>
    public static byte[] EncryptedZip()
    {
        var zip = Zip(("invoice.js", Text("WScript.Echo(1)")));
        zip[6] |= 1;
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        zip[directory + 8] |= 1;
        return zip;
    }

    public static byte[] Word(params (string Name, byte[] Content)[] parts) => Zip(
    [
        ("[Content_Types].xml", Text("<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")),
        ("word/document.xml", Text("<w:document><w:body/></w:document>")),
        .. parts,
    ]);

    public static byte[] MacroProject { get; } = new VbaWriter().Module("ThisDocument", "Attribute VB_Name = \"ThisDocument\"\r\nSub Format()\r\nEnd Sub\r\n").ToBin();

    public static byte[] Ole(string stream) => [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, .. new byte[504], .. Encoding.Unicode.GetBytes(stream), .. new byte[512]];
}
