namespace Platform.Engine.Attachments.Archives.SevenZip;

/// <param name="Id">Method, its octets as one number: 21 LZMA2, 030101 LZMA, 06F10701 AES.</param>
internal sealed record SevenZipCoder(ulong Id, int Inputs, int Outputs, ReadOnlyMemory<byte> Properties)
{
    public const ulong Copy = 0, Delta = 3, X86 = 0x04, Lzma2 = 0x21, Lzma = 0x030101, OldX86 = 0x03030103, Ppmd = 0x030401, Deflate = 0x040108, Deflate64 = 0x040109, BZip2 = 0x040202, Aes = 0x06F10701, Bcj2 = 0x0303011B;
}

/// <summary>Packed streams that unpack together through a graph of coders, to the files of the folder one after another.</summary>
internal sealed class SevenZipFolder
{
    public List<SevenZipCoder> Coders { get; } = [];

    /// <summary>Input bound to output.</summary>
    public List<(int Input, int Output)> Bonds { get; } = [];

    public List<int> PackedInputs { get; } = [];

    /// <summary>Unpacked length by output.</summary>
    public List<long> Lengths { get; } = [];

    public uint? Crc { get; set; }

    /// <summary>Lengths and check sums of the files in it.</summary>
    public List<(long Length, uint? Crc)> Files { get; } = [];

    public int FirstPacked { get; set; }

    public bool IsEncrypted => Coders.Any(coder => coder.Id == SevenZipCoder.Aes);

    /// <summary>The coder whose output is that of the folder; -1 when there is none, or coders have several outputs.</summary>
    public int LastCoder => Coders.TrueForAll(coder => coder.Outputs == 1) ? Enumerable.Range(0, Coders.Count).FirstOrDefault(coder => Bonds.TrueForAll(bond => bond.Output != coder), -1) : -1;
}
