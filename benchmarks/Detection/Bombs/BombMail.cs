using System.Text;
using Platform.Benchmarks.Detection.Samples;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Mails around traps.</summary>
internal static class BombMail
{
    public static byte[] With(Random random, string name, byte[] content) => SampleMail.With(random, new SampleFile(name, content));

    public static byte[] With(Random random, string name, string content) => With(random, name, Encoding.UTF8.GetBytes(content));

    public static byte[] Html(string html) => Raw($"From: a@b.example\r\nTo: info@acme.test\r\nSubject: page\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n");

    public static byte[] Text(string text) => Raw($"From: a@b.example\r\nTo: info@acme.test\r\nSubject: text\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");

    public static byte[] Raw(string mail) => Encoding.UTF8.GetBytes(mail);

    public static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    public static string Join(int count, Func<int, string> piece) => string.Concat(Enumerable.Range(0, count).Select(piece));
}
