using System.Buffers.Binary;
using System.IO.Compression;
using Platform.Engine.Attachments.Archives.Streams;

namespace Platform.Engine.Attachments.Archives.SevenZip;

/// <summary>Runs the coders of one folder from its last back to its packed streams.</summary>
internal sealed class SevenZipGraph(Unpacking unpacking, SevenZipCipher cipher, SevenZipHeader header, SevenZipFolder folder, string password)
{
    private const int DeflateCost = 2, LzmaCost = 4, BlockSortCost = 30, ModelCost = 60;
    private const uint LargestModel = 64 * 1024 * 1024;

    private long PackedLength => folder.PackedInputs.Select((_, index) => Packed(index).Length).Sum(length => (long)length);

    /// <summary>Null when it is broken, a method is not read, or the password is wrong. Cut where a bound was met.</summary>
    public ReadOnlyMemory<byte>? Run() => folder.LastCoder is >= 0 and var last && folder.Lengths.Count == folder.Coders.Count ? Run(last, folder.Coders.Count) : null;

    private Memory<byte>? Run(int index, int deepest)
    {
        if (deepest <= 0 || index < 0 || index >= folder.Coders.Count)
            return null;
        var coder = folder.Coders[index];
        var first = folder.Coders.Take(index).Sum(before => before.Inputs);
        List<ReadOnlyMemory<byte>> inputs = [];
        for (var input = first; input < first + coder.Inputs; input++)
        {
            var bond = folder.Bonds.FindIndex(bond => bond.Input == input);
            var packed = folder.PackedInputs.IndexOf(input);
            if (bond >= 0 && Run(folder.Bonds[bond].Output, deepest - 1) is { } plain)
                inputs.Add(plain);
            else if (bond < 0 && packed >= 0)
                inputs.Add(Packed(packed));
            else
                return null;
        }

        return Decode(coder, inputs, folder.Lengths[index]);
    }

    private ReadOnlyMemory<byte> Packed(int index)
    {
        var number = folder.FirstPacked + index;
        if (number >= header.PackLengths.Count || header.PackStart > unpacking.Content.Length)
            return ReadOnlyMemory<byte>.Empty;
        var start = 32 + header.PackStart;
        foreach (var length in header.PackLengths.Take(number))
            start += Math.Min(length, unpacking.Content.Length);
        if (start > unpacking.Content.Length)
            return ReadOnlyMemory<byte>.Empty;
        return unpacking.Content.Slice((int)start, (int)Math.Min(header.PackLengths[number], unpacking.Content.Length - start));
    }

    private Memory<byte>? Decode(SevenZipCoder coder, List<ReadOnlyMemory<byte>> inputs, long length)
    {
        if (inputs.Count == 0)
            return null;
        var input = inputs[0];
        if (coder.Id == SevenZipCoder.Aes)
            return cipher.Decrypt(coder.Properties.Span, input.Span, password) is { } plain ? plain.AsMemory(0, (int)Math.Clamp(length, 0, plain.Length)) : Unread("key by too many rounds");
        var buffer = unpacking.Buffer(PackedLength, CostOf(coder.Id));
        var done = coder.Id switch
        {
            SevenZipCoder.Copy => buffer.Write(input.Span[..(int)Math.Clamp(length, 0, input.Length)]),
            SevenZipCoder.Lzma => Lzma(coder, input.Span, buffer, length),
            SevenZipCoder.Lzma2 => new LzmaDecoder(buffer).ReadChunks(input.Span) >= 0,
            SevenZipCoder.X86 or SevenZipCoder.OldX86 => Filter(buffer, input.Span, octets => BranchFilter.DecodeX86(octets.Span)),
            SevenZipCoder.Delta => Filter(buffer, input.Span, octets => BranchFilter.DecodeDelta(octets.Span, coder.Properties.IsEmpty ? 1 : coder.Properties.Span[0] + 1)),
            SevenZipCoder.Bcj2 when inputs.Count == 4 => BranchFilter.DecodeBcj2(inputs[0].Span, inputs[1].Span, inputs[2].Span, inputs[3].Span, buffer),
            SevenZipCoder.Deflate64 => new Inflater(buffer, large: true).Read(input.Span),
            SevenZipCoder.Deflate => Drain(buffer, length, () => new DeflateStream(Unpacking.AsStream(input), CompressionMode.Decompress)),
            SevenZipCoder.BZip2 => Drain(buffer, length, () => SharpCompress.Compressors.BZip2.BZip2Stream.Create(Unpacking.AsStream(input), SharpCompress.Compressors.CompressionMode.Decompress, true, false, false)),
            SevenZipCoder.Ppmd when coder.Properties.Length >= 5 && BinaryPrimitives.ReadUInt32LittleEndian(coder.Properties.Span[1..]) <= LargestModel =>
                Drain(buffer, length, () => SharpCompress.Compressors.PPMd.PpmdStream.Create(new SharpCompress.Compressors.PPMd.PpmdProperties(coder.Properties[..5].ToArray()), Unpacking.AsStream(input), false)),
            _ => Unread($"method {coder.Id:x}") is not null,
        };
        if (done || buffer.IsCut)
            return buffer.Take();
        buffer.Discard();
        return null;
    }

    private static int CostOf(ulong id) => id switch
    {
        SevenZipCoder.Lzma or SevenZipCoder.Lzma2 => LzmaCost,
        SevenZipCoder.Deflate64 => DeflateCost,
        SevenZipCoder.BZip2 => BlockSortCost,
        SevenZipCoder.Ppmd => ModelCost,
        _ => 1,
    };

    private static bool Lzma(SevenZipCoder coder, ReadOnlySpan<byte> input, UnpackBuffer buffer, long length)
    {
        var decoder = new LzmaDecoder(buffer);
        return !coder.Properties.IsEmpty && decoder.SetProperties(coder.Properties.Span[0]) && decoder.Read(input, length) >= 0;
    }

    private static bool Filter(UnpackBuffer buffer, ReadOnlySpan<byte> input, Action<Memory<byte>> filter)
    {
        var whole = buffer.Write(input);
        buffer.Change(0, filter);
        return whole;
    }

    private bool Drain(UnpackBuffer buffer, long length, Func<Stream> open)
    {
        try
        {
            using var stream = open();
            return buffer.Drain(stream, length);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            // Broken, or the password was wrong: the caller tells.
            return password.Length == 0 && buffer.Length > 0;
        }
    }

    private Memory<byte>? Unread(string why)
    {
        unpacking.Unread("7z", why);
        return null;
    }
}
