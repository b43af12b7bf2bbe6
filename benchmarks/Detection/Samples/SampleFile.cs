using System.Text;

namespace Platform.Benchmarks.Detection.Samples;

/// <summary>A file to attach.</summary>
internal sealed record SampleFile(string Name, ReadOnlyMemory<byte> Content, string MediaType = "application/octet-stream")
{
    public static SampleFile Text(string name, string content, string mediaType = "text/plain") => new(name, Encoding.UTF8.GetBytes(content), mediaType);
}
