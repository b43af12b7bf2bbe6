namespace Platform.Engine.Attachments.DiskImages;

/// <summary>The octets of a disk, wherever its image keeps them. Past the end, and where a sparse image has none, there are zeros.</summary>
/// <param name="blocks">Offset in the image of each block; negative where it is all zeros. Null: the image is the disk.</param>
internal sealed class DiskView(ReadOnlyMemory<byte> image, long length, long[]? blocks = null, int blockLength = 0)
{
    public long Length => length;

    /// <summary>A piece of the image itself where it stands in one place there, else a copy.</summary>
    public ReadOnlyMemory<byte> Read(long at, int count)
    {
        if (at < 0 || at >= length || count <= 0)
            return ReadOnlyMemory<byte>.Empty;
        count = (int)Math.Min(count, length - at);
        if (blocks is null)
            return at >= image.Length ? ReadOnlyMemory<byte>.Empty : image.Slice((int)at, (int)Math.Min(count, image.Length - at));
        var copy = new byte[count];
        for (var done = 0; done < count;)
        {
            var block = (at + done) / blockLength;
            var within = (int)((at + done) % blockLength);
            var piece = Math.Min(count - done, blockLength - within);
            var start = block < blocks.Length ? blocks[block] : -1;
            if (start >= 0 && start + within < image.Length)
            {
                var from = image.Slice((int)(start + within), (int)Math.Min(piece, image.Length - start - within));
                from.CopyTo(copy.AsMemory(done));
            }

            done += piece;
        }

        return copy;
    }

    /// <summary>A partition as a disk of its own.</summary>
    public DiskPart Part(long start, long partLength) => new(this, start, Math.Clamp(partLength, 0, Math.Max(0, length - start)));
}

/// <summary>A piece of a disk, offsets from its own beginning.</summary>
internal sealed class DiskPart(DiskView disk, long start, long length)
{
    public long Length => length;

    public ReadOnlyMemory<byte> Read(long at, int count) => at < 0 || at >= length ? ReadOnlyMemory<byte>.Empty : disk.Read(start + at, (int)Math.Min(count, length - at));
}
