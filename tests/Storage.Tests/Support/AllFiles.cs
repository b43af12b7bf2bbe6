using System.Text;

namespace Platform.Storage.Tests.Support;

/// <summary>Looks through the raw bytes of a folder.</summary>
internal static class AllFiles
{
    public static IReadOnlyList<string> Holding(string folder, string word)
    {
        byte[][] forms = [Encoding.UTF8.GetBytes(word), Encoding.Unicode.GetBytes(word)];
        return [.. System.IO.Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => Read(file) is var bytes && forms.Any(form => bytes.AsSpan().IndexOf(form) >= 0))];
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
