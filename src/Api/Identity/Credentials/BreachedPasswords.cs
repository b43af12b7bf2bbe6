using System.Security.Cryptography;
using System.Text;
using Platform.Api.Edge;

namespace Platform.Api.Identity.Credentials;

/// <summary>
/// A local file of passwords that were published (<c>Identity:BreachedPasswords</c>). Either one password a line, read into memory,
/// or SHA-1 in hexadecimal (with <c>:count</c> behind it or not) in ascending order, as such lists are handed out: then it is
/// searched where it lies, whatever its size. Nothing is asked of a network.
/// </summary>
internal sealed class BreachedPasswords
{
    private const int HashLength = 40;

    private readonly string? _sorted;
    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);

    /// <exception cref="IOException">The file is named and cannot be read.</exception>
    public BreachedPasswords(ApiSettings settings)
    {
        if (settings.BreachedPasswordsFile is not { Length: > 0 } path)
            return;
        using var reader = new StreamReader(path, Encoding.UTF8);
        var first = reader.ReadLine();
        if (first is not null && IsHash(first))
        {
            _sorted = path;
            return;
        }

        for (var line = first; line is not null; line = reader.ReadLine())
            if (line.Length > 0)
                _plain.Add(line);
    }

    public async Task<bool> ContainsAsync(string password, CancellationToken cancellationToken)
    {
        if (_sorted is null)
            return _plain.Contains(password);
        var hash = HashOf(password);
        await using var file = new FileStream(_sorted, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.Asynchronous | FileOptions.RandomAccess);
        return await FindAsync(file, hash, cancellationToken);
    }

    // Binary search by bytes: each step lands inside a line and reads the next whole one.
    private static async Task<bool> FindAsync(FileStream file, string hash, CancellationToken cancellationToken)
    {
        long low = 0, high = file.Length;
        var buffer = new byte[256];
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            file.Position = Math.Max(0, middle - 1);
            var read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            var text = Encoding.ASCII.GetString(buffer, 0, read);
            // From just before the middle: a line that begins there is the one meant.
            var begin = middle == 0 ? 0 : text.IndexOf('\n', StringComparison.Ordinal) + 1;
            if ((middle > 0 && begin == 0) || text.Length < begin + HashLength)
            {
                high = middle;
                continue;
            }

            switch (string.Compare(text.AsSpan(begin, HashLength).ToString(), hash, StringComparison.OrdinalIgnoreCase))
            {
                case 0:
                    return true;
                case < 0:
                    low = Math.Max(0, middle - 1) + begin + HashLength;
                    break;
                default:
                    high = middle;
                    break;
            }
        }

        return false;
    }

    private static bool IsHash(string line) =>
        line.Length >= HashLength && line.AsSpan(0, HashLength).ToArray().All(char.IsAsciiHexDigit) && (line.Length == HashLength || line[HashLength] == ':');

    // The form in which such lists are published; it protects nothing here.
#pragma warning disable CA5350
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
}
