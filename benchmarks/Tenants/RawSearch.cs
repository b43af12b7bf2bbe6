using System.Text;

namespace Platform.Benchmarks.Tenants;

/// <summary>
/// Looks for words in raw bytes, as text would lie there: UTF-8, UTF-16 in both orders, base64 at its three alignments, hexadecimal,
/// and, since an index keeps words in pieces, a half of each word too.
/// </summary>
internal sealed class RawSearch(IEnumerable<string> words)
{
    private readonly List<(string Word, byte[] Form)> _forms = [.. words.SelectMany(word => Forms(word).Concat(Forms(word[..(word.Length / 2)])).Select(form => (word, form)))];

    /// <returns>Bytes of words found, and in which files how many.</returns>
    public (long Bytes, IReadOnlyDictionary<string, long> Places) Folders(IEnumerable<string> folders)
    {
        var places = new Dictionary<string, long>();
        foreach (var folder in folders)
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(HasContent))
                if (Count(Read(file)) is var found and > 0)
                    places[Path.GetRelativePath(folder, file)] = found;
        }

        return (places.Values.Sum(), places);
    }

    public long Count(ReadOnlySpan<byte> content)
    {
        var bytes = 0L;
        foreach (var (_, form) in _forms)
        {
            for (var rest = content; rest.IndexOf(form) is >= 0 and var at; rest = rest[(at + form.Length)..])
                bytes += form.Length;
        }

        return bytes;
    }

    private static IEnumerable<byte[]> Forms(string word)
    {
        var utf8 = Encoding.UTF8.GetBytes(word);
        yield return utf8;
        yield return Encoding.Unicode.GetBytes(word);
        yield return Encoding.BigEndianUnicode.GetBytes(word);
        yield return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8));
        yield return Encoding.ASCII.GetBytes(Convert.ToHexString(utf8));
        for (var shift = 0; shift < 3; shift++)
        {
            // What stands before and behind shares a character with the word's ends.
            var text = Convert.ToBase64String([.. new byte[shift], .. utf8]);
            var from = shift == 0 ? 0 : shift + 1;
            var inner = text[from..((shift + utf8.Length) * 4 / 3)];
            if (inner.Length > 8)
                yield return Encoding.ASCII.GetBytes(inner);
        }
    }

    // The lock of the running product and the socket of the database server: nothing is written to either.
    private static bool HasContent(string file) => Path.GetFileName(file) is var name && name != ".process.lock" && !name.StartsWith(".s.PGSQL.", StringComparison.Ordinal);

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[stream.Length];
            var read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return content[..read];
        }
        catch (FileNotFoundException)
        {
            // A server that runs takes files away meanwhile.
            return [];
        }
    }
}
