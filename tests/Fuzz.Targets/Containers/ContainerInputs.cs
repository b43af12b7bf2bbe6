using System.IO.Compression;
using System.Text;

namespace Platform.Fuzz.Targets.Containers;

/// <summary>Small archives and images that other programs wrote, kept gzipped with the tests of the engine, and pieces that mean something to their readers.</summary>
internal static class ContainerInputs
{
    public static IReadOnlyList<byte[]> Tokens { get; } =
    [
        .. ((string[])["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0006\u0006", "PK\u0006\u0007", "Rar!\u001a\u0007\u0001\0", "7z\u00bc\u00af'\u001c", "\u00fd7zXZ\0", "MSCF", "CK", "LZIP", "-lh0-", "-lh5-", "ustar\0", "CD001", "NSR02", "BEA01", "conectix", "cxsparse", "vhdxfile", "regi", "FILE", "NTFS    ", "U\u00aa", "\u0001\u0099\u0007\0", "\u0001\0", "\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff", "\u00ff\u00ff\u00ff\u007f", "\u0080", " path="]).Select(Encoding.Latin1.GetBytes),
    ];

    /// <summary>RAR 5 with one stored file.</summary>
    public static byte[] Rar { get; } = Convert.FromHexString("526172211A0701005D12A1A80301000028CA9BFB0F020204000420A2A98A0100000561612E7478686921210A0A");

    /// <summary>A cabinet with one folder of LZX in an uncompressed block.</summary>
    public static byte[] Lzx { get; } =
    [
        .. "MSCF"u8, 0, 0, 0, 0, 94, 0, 0, 0, 0, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 66, 0, 0, 0, 1, 0, 3, 15,
        4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, .. "a.txt\0"u8, 0, 0, 0, 0, 20, 0, 4, 0, 0, 0x30, 0x40, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. "hiya"u8,
    ];

    /// <summary>LHA, header level 0, one stored file.</summary>
    public static byte[] Lha { get; } = [0x1B, 0, .. "-lh0-"u8, 4, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 5, .. "a.txt"u8, 0, 0, .. "hiya"u8, 0];

    public static IReadOnlyList<byte[]> Seeds(params string[] names) => [.. names.Select(Read)];

    public static IReadOnlyList<byte[]> Disks(params string[] names) => [.. names.Select(name => SparseDisk.Pack(Read(name)))];

    private static byte[] Read(string name)
    {
        using var stream = typeof(ContainerInputs).Assembly.GetManifestResourceStream($"Made/{name}.gz") ?? throw new ArgumentException($"no made file {name}", nameof(name));
        using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
        using var content = new MemoryStream();
        unpacked.CopyTo(content);
        return content.ToArray();
    }
}
