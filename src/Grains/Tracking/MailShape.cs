using System.Buffers;

namespace Platform.Grains.Tracking;

/// <summary>
/// As much of a mail as says whether a copy of it may be changed, by words in its octets and not by parsing, since hostile mail is parsed in
/// scanner processes alone. It errs on one side: a mail that only speaks of what is signed goes out as it is.
/// </summary>
/// <param name="HasHtml">A part says that it is HTML.</param>
/// <param name="IsSealed">Something in it is signed or encrypted (RFC 1847, RFC 8551, RFC 3156, RFC 9580).</param>
internal sealed record MailShape(bool HasHtml, bool IsSealed)
{
    private const int Block = 64 * 1024;

    private static readonly byte[] s_html = "text/html"u8.ToArray();
    private static readonly byte[][] s_sealed =
    [
        "multipart/signed"u8.ToArray(), "multipart/encrypted"u8.ToArray(), "pkcs7-"u8.ToArray(), "application/pgp-"u8.ToArray(), "-----begin pgp "u8.ToArray(),
    ];

    private static readonly int s_longest = s_sealed.Max(word => word.Length);

    public bool MayBeChanged => HasHtml && !IsSealed;

    public static async Task<MailShape> ReadAsync(Stream mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var buffer = ArrayPool<byte>.Shared.Rent(Block + s_longest);
        try
        {
            var shape = new MailShape(false, false);
            var kept = 0;
            while (!shape.IsSealed && await mail.ReadAsync(buffer.AsMemory(kept, Block), cancellationToken) is > 0 and var read)
            {
                Lower(buffer.AsSpan(kept, read));
                var known = buffer.AsSpan(0, kept + read);
                shape = new MailShape(shape.HasHtml || known.IndexOf(s_html) >= 0, IsSealedIn(known));
                // A word may stand across two blocks.
                var over = Math.Min(known.Length, s_longest - 1);
                known[^over..].CopyTo(buffer);
                kept = over;
            }

            return shape;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static bool IsSealedIn(ReadOnlySpan<byte> octets)
    {
        foreach (var word in s_sealed)
        {
            if (octets.IndexOf(word) >= 0)
                return true;
        }

        return false;
    }

    private static void Lower(Span<byte> octets)
    {
        foreach (ref var octet in octets)
        {
            if (octet is >= (byte)'A' and <= (byte)'Z')
                octet |= 0x20;
        }
    }
}
