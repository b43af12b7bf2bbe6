namespace Platform.Engine.Attachments.Archives.Zip;

/// <summary>One member of a ZIP, as its headers tell it.</summary>
/// <param name="Start">Offset of its local header.</param>
/// <param name="Data">Where its packed octets stand, with the twelve of the cipher where it has them.</param>
/// <param name="Listed">Stands in the central directory.</param>
internal sealed record ZipEntry(string Name, int Method, int Flags, uint Crc, int Time, int Start, ReadOnlyMemory<byte> Data, bool Listed)
{
    public const int AesMethod = 99;

    /// <summary>The name that its local header has, where that is another; null when they agree.</summary>
    public string? LocalName { get; init; }

    /// <summary>Unlike the directory, the local header says that it is not encrypted.</summary>
    public bool PlainByLocalHeader { get; init; }

    /// <summary>How long it says it is unpacked; never believed, but LZMA without end mark has no other end.</summary>
    public long Unpacked { get; init; }

    /// <summary>Strength 1 to 3 and method of a member encrypted by AES (WinZip AE-1, AE-2).</summary>
    public (int Strength, int Method) Aes { get; init; }

    public bool IsEncrypted => (Flags & 1) != 0;

    public bool IsDirectory => Name.EndsWith('/') && Data.IsEmpty;
}
