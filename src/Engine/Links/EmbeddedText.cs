using System.IO.Compression;
using System.Text;

namespace Platform.Engine.Links;

/// <summary>Reads the word and domain lists embedded in this assembly: one entry a line, <c>#</c> opens a comment.</summary>
internal static class EmbeddedText
{
    public static IEnumerable<string> Lines(string name)
    {
        using var resource = typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The embedded list {name} is missing from this build.");
        using var plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(resource, CompressionMode.Decompress) : resource;
        using var reader = new StreamReader(plain, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            var entry = line.Trim();
            if (entry.Length > 0 && entry[0] != '#')
                yield return entry;
        }
    }
}
