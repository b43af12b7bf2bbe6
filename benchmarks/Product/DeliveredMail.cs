using System.Text;

namespace Platform.Benchmarks.Product;

/// <summary>One file in a recipient's Maildir.</summary>
internal sealed record DeliveredMail(string Address, string Path, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The Message-ID without angle brackets; empty when there is none.</summary>
    public string MessageId { get; } = FindMessageId(Bytes.Span);

    /// <summary>All that was delivered below <c>DATA/delivered</c>, or to the given addresses only.</summary>
    public static IReadOnlyList<DeliveredMail> Read(string delivered, params IReadOnlyCollection<string> addresses)
    {
        if (!Directory.Exists(delivered))
            return [];
        List<DeliveredMail> mails = [];
        foreach (var folder in Directory.EnumerateDirectories(delivered))
        {
            var address = System.IO.Path.GetFileName(folder);
            var inbox = System.IO.Path.Combine(folder, "new");
            if ((addresses.Count > 0 && !addresses.Contains(address)) || !Directory.Exists(inbox))
                continue;
            mails.AddRange(Directory.EnumerateFiles(inbox).Select(path => new DeliveredMail(address, path, File.ReadAllBytes(path))));
        }

        return mails;
    }

    internal static string FindMessageId(ReadOnlySpan<byte> bytes)
    {
        var headerEnd = bytes.IndexOf("\r\n\r\n"u8);
        var header = Encoding.Latin1.GetString(headerEnd < 0 ? bytes : bytes[..headerEnd]);
        foreach (var line in header.Split("\r\n"))
        {
            if (line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
                return line["Message-ID:".Length..].Trim().Trim('<', '>');
        }

        return "";
    }
}
