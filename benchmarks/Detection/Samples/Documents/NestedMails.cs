using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Mails as files: in an archive, under another type, as a saved page of parts.</summary>
internal sealed class NestedMails : ISampleKind
{
    private static readonly AttackType[] Types = [AttackType.Behaviour, AttackType.MaliciousUrl, AttackType.CredentialPhishing];

    public string Name => "nested-mail";

    public IEnumerable<Sample> Make(Random random)
    {
        yield return Hostile("mail with a program, in a zip", InZip(random, Mail(random, new SampleFile($"{random.DocumentName()}.exe", ProgramOf.Windows(random)))), "archive-with-executable");
        yield return Hostile("mail with a script", Plain(random, Mail(random, SampleFile.Text($"{random.DocumentName()}.js", "new ActiveXObject('WScript.Shell').Run('calc')"))), "archive-with-executable");
        yield return Hostile("mail with a shortcut", Plain(random, Mail(random, new SampleFile($"{random.DocumentName()}.lnk", new ShellLinkWriter { Path = @"C:\Windows\System32\cmd.exe", Arguments = $"/c {random.Downloader()}" }.ToArray(random)))), "shortcut-command", "archive-with-executable");
        yield return Hostile("saved page that asks", new SampleFile($"{random.DocumentName()}.mht", SavedPage(random, $"<form action=\"{random.Address(".php")}\" method=\"post\">Sign in <input name=\"u\"><input type=\"password\" name=\"{random.Word()}\"></form>")), "credential-form-attachment", "behaviour-ask-credential");

        yield return Benign("mail with a picture", Plain(random, Mail(random, new SampleFile("photo.png", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13 }))));
        yield return Benign("mail with a document, in a zip", InZip(random, Mail(random, new SampleFile("plan.pdf", new PdfWriter(random).Finish("", "", $"{random.Word()} {random.Word()}")))));
        yield return Benign("plain mail", Plain(random, Mail(random)));
        yield return Benign("saved page", new SampleFile($"{random.DocumentName()}.mht", SavedPage(random, $"<p>{random.Word()} {random.Word()}</p><a href=\"https://www.northpine.example/{random.Word()}\">{random.Word()}</a>")));

        Sample Hostile(string name, SampleFile file, params string[] reasons) => Sample.Hostile(name, SampleMail.With(random, file), Types, reasons);

        Sample Benign(string name, SampleFile file) => Sample.Benign(name, SampleMail.With(random, file));
    }

    private static byte[] Mail(Random random, params SampleFile[] files) => SampleMail.With(random, files);

    private static SampleFile Plain(Random random, byte[] mail) => new($"{random.DocumentName()}.eml", mail);

    private static SampleFile InZip(Random random, byte[] mail) => new($"{random.DocumentName()}.zip", ZipOf.Files(new SampleFile($"{random.Word()}.eml", mail)), "application/zip");

    private static byte[] SavedPage(Random random, string body)
    {
        var boundary = $"----=_NextPart_{random.Word()}";
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"From: <Saved by Browser>\r\nSubject: {random.Word()}\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"{boundary}\"\r\n\r\n");
        page.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://www.northpine.example/\r\n\r\n<html><body>{body}</body></html>\r\n--{boundary}--\r\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }
}
