using System.IO.Compression;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Scripts;

/// <summary>A script as an attachment: as it is, or in a zip; and the same kind of text as a file that is only read.</summary>
internal static class ScriptFiles
{
    public static byte[] Mail(Random random, string extension, string source)
    {
        var name = $"{random.Word()}{random.Pick(["", "_", "-"])}{random.Next(1, 9_999)}.{extension}";
        var file = SampleFile.Text(name, source.ReplaceLineEndings("\r\n"));
        return SampleMail.With(random, random.Chance(0.5) ? file : new SampleFile($"{random.Word()}.zip", Zip(file), "application/zip"));
    }

    public static byte[] Read(Random random, string source) =>
        SampleMail.With(random, SampleFile.Text($"{random.Word()}{random.Next(1, 99)}.{random.Pick(["txt", "log", "md"])}", source.ReplaceLineEndings("\r\n")));

    public static string Address(Random random, string extension = "") => $"{random.Pick(["http", "https"])}://{random.Word()}.{random.Pick(["example", "test", "invalid"])}/{random.Word()}/{random.Word()}{extension}";

    private static byte[] Zip(SampleFile file)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        using (var entry = archive.CreateEntry(file.Name).Open())
            entry.Write(file.Content.Span);
        return target.ToArray();
    }
}
