using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Links;

/// <summary>A mail of text or HTML around a link: who writes, what is said, and pictures with it.</summary>
internal static class LinkMail
{
    public const string Reader = "info@acme.test";

    public static byte[] Of(Random random, string fromName, string fromAddress, string subject, string? text, string? html, params IReadOnlyList<SampleFile> files)
    {
        var boundary = Convert.ToHexStringLower(random.Bytes(12));
        var mail = new StringBuilder();
        mail.Append(CultureInfo.InvariantCulture, $"From: {Encoded(fromName)} <{fromAddress}>\r\nTo: <{Reader}>\r\nSubject: {Encoded(subject)}\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"Date: {SampleClock.Now.AddMinutes(-random.Next(1, 600)):ddd, dd MMM yyyy HH:mm:ss} +0000\r\nMessage-ID: <{Convert.ToHexStringLower(random.Bytes(10))}@{fromAddress.Split('@')[1]}>\r\n");
        mail.Append(CultureInfo.InvariantCulture, $"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n");
        if (text is not null)
            Part("text/plain; charset=utf-8", null, Encoding.UTF8.GetBytes(text));
        if (html is not null)
            Part("text/html; charset=utf-8", null, Encoding.UTF8.GetBytes($"<!doctype html><html><body>{html}</body></html>"));
        foreach (var file in files)
            Part(file.MediaType, file.Name, file.Content.Span);
        mail.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n");
        return Encoding.ASCII.GetBytes(mail.ToString());

        void Part(string type, string? name, ReadOnlySpan<byte> content)
        {
            mail.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: {type}\r\nContent-Transfer-Encoding: base64\r\n");
            if (name is not null)
                mail.Append(CultureInfo.InvariantCulture, $"Content-Disposition: inline; filename=\"{name}\"\r\n");
            mail.Append(CultureInfo.InvariantCulture, $"\r\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}\r\n");
        }
    }

    private static string Encoded(string text) => Ascii.IsValid(text) ? text : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
