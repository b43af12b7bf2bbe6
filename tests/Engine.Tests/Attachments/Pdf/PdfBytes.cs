using System.IO.Compression;
using System.Text;

namespace Platform.Engine.Tests.Attachments.Pdf;

/// <summary>PDF files of a few objects, for tests.</summary>
internal static class PdfBytes
{
    /// <summary>Objects are numbered from 1 on.</summary>
    public static byte[] Of(params string[] objects) => With("", objects);

    public static byte[] With(string trailer, params string[] objects)
    {
        var file = new StringBuilder("%PDF-1.7\n");
        for (var index = 0; index < objects.Length; index++)
            file.Append(index + 1).Append(" 0 obj\n").Append(objects[index]).Append("\nendobj\n");
        return Encoding.Latin1.GetBytes($"{file}trailer\n<< /Root 1 0 R {trailer} >>\n%%EOF\n");
    }

    public static string Stream(string dictionary, byte[] content) => $"<< {dictionary} /Length {content.Length} >>\nstream\n{Encoding.Latin1.GetString(content)}\nendstream";

    public static string Stream(string dictionary, string content) => Stream(dictionary, Encoding.Latin1.GetBytes(content));

    public static byte[] Deflated(string content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes(content));
        return packed.ToArray();
    }
}
