namespace Platform.Grains.Imports;

internal static class BoundedRead
{
    private const int FirstBuffer = 64 * 1024;

    /// <returns>Null when there is more than <paramref name="limit"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ToEndAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[FirstBuffer];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, buffer.Length * 2L));
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > limit)
                return null;
        }
    }
}
