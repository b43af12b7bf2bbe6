using System.Text;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Programs of every kind by their content, also in installers and Outlook messages; and what has nothing of a program.</summary>
internal sealed class ProgramFiles : ISampleKind
{
    private const string Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
    private static readonly Guid InstallerClass = new("000C1084-0000-0000-C000-000000000046");

    public string Name => "program";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("program under the name of a document", $"{random.DocumentName()}.{random.Pick(["pdf", "docx", "jpg", "xlsx"])}", ProgramOf.Windows(random), "executable-disguised");
        yield return Hostile("program under a seldom ending", $"{random.DocumentName()}.{random.Pick(["scr", "com", "pif", "cpl"])}", ProgramOf.Windows(random), "executable-attachment");
        yield return Hostile("installer", $"{random.DocumentName()}.msi", Installer(random), "executable-attachment", "archive-with-executable");
        yield return Hostile("Java program", $"{random.DocumentName()}.jar", ZipOf.Files(SampleFile.Text("META-INF/MANIFEST.MF", $"Manifest-Version: 1.0\r\nMain-Class: {random.Word()}.{random.Word()}\r\n"), new SampleFile($"{random.Word()}/{random.Word()}.class", new byte[] { 0xCA, 0xFE, 0xBA, 0xBE, 0, 0, 0, 52 })), "executable-attachment", "archive-with-executable");
        yield return Hostile("Android program", $"{random.DocumentName()}.apk", ZipOf.Files(new SampleFile("AndroidManifest.xml", (byte[])[3, 0, 8, 0, .. Encoding.Unicode.GetBytes("android.permission.RECEIVE_SMS\0android.permission.INTERNET\0")]), new SampleFile("classes.dex", random.Bytes(300))), "executable-attachment");
        yield return Hostile("Outlook message with a program", $"{random.DocumentName()}.msg", Message(random, $"{random.DocumentName()}.exe", ProgramOf.Windows(random)), "archive-with-executable");

        yield return Benign("Outlook message with a document", $"{random.DocumentName()}.msg", Message(random, "plan.pdf", new PdfWriter(random).Finish("", "", $"{random.Word()} {random.Word()}")));
        yield return Benign("Outlook message", $"{random.DocumentName()}.msg", Message(random, "", []));
        yield return Benign("certificate", $"{random.Word()}.crt", Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(random.Bytes(600), Base64FormattingOptions.InsertLineBreaks)}\n-----END CERTIFICATE-----\n"));
        yield return Benign("list of programs", $"{random.Word()}.txt", Encoding.UTF8.GetBytes($"{random.Word()}.exe 1.{random.Next(9)}\r\n{random.Word()}.dll 2.{random.Next(9)}\r\nMZ is how they begin.\r\n"));

        Sample Hostile(string name, string file, byte[] content, params string[] reasons) => Sample.Hostile(name, SampleMail.With(random, new SampleFile(file, content)), [AttackType.Behaviour], reasons);

        Sample Benign(string name, string file, byte[] content) => Sample.Benign(name, SampleMail.With(random, new SampleFile(file, content)));
    }

    private static byte[] Message(Random random, string fileName, byte[] file)
    {
        var message = new CompoundWriter()
            .Stream("__properties_version1.0", new byte[32])
            .Stream("__substg1.0_0037001F", Encoding.Unicode.GetBytes($"{random.Word()} {random.Word()}"))
            .Stream("__substg1.0_1000001F", Encoding.Unicode.GetBytes($"{random.Word()} {random.Word()} https://www.northpine.example/{random.Word()}"));
        if (fileName.Length > 0)
            message
                .Stream("__attach_version1.0_#00000000/__substg1.0_3707001F", Encoding.Unicode.GetBytes(fileName))
                .Stream("__attach_version1.0_#00000000/__substg1.0_37010102", file);
        return message.ToArray();
    }

    private static byte[] Installer(Random random) => new CompoundWriter { RootClass = InstallerClass }
        .Stream(Packed($"Binary.{random.Word()}"), ProgramOf.Windows(random))
        .Stream(Packed("_StringPool"), random.Bytes(100))
        .ToArray();

    // Two letters in one character, as the database names its streams.
    private static string Packed(string name)
    {
        var output = new StringBuilder();
        for (var at = 0; at < name.Length; at += 2)
        {
            var first = Letters.IndexOf(name[at], StringComparison.Ordinal);
            output.Append(at + 1 < name.Length ? (char)(0x3800 + first + (Letters.IndexOf(name[at + 1], StringComparison.Ordinal) << 6)) : (char)(0x4800 + first));
        }

        return output.ToString();
    }
}
