using System.IO.Compression;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>A zip of files, dated by the clock of the samples.</summary>
internal static class ZipOf
{
    public static byte[] Files(params IReadOnlyList<SampleFile> files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var file in files)
            {
                var entry = zip.CreateEntry(file.Name);
                entry.LastWriteTime = SampleClock.Now;
                using var content = entry.Open();
                content.Write(file.Content.Span);
            }

        return stream.ToArray();
    }
}
