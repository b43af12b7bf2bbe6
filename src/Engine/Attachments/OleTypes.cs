using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments;

/// <summary>
/// Formats kept in an OLE2 compound file ([MS-CFB]): told by the names and the root class id in its directory. The directory's
/// sector chain is not followed; its entries are 128-byte records on 128-byte steps from the first sector on.
/// </summary>
internal static class OleTypes
{
    private const int MaxEntries = 4_000;
    private static readonly byte[] InstallerClass = [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];
    private static readonly byte[] PatchClass = [0x86, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    public static string Detect(ReadOnlySpan<byte> content)
    {
        if (content.Length < 512)
            return "ole";
        var shift = BinaryPrimitives.ReadUInt16LittleEndian(content[30..]);
        var first = BinaryPrimitives.ReadUInt32LittleEndian(content[48..]);
        if (shift is not (9 or 12) || ((long)first + 1) << shift >= content.Length)
            return "ole";
        var directory = content[(int)((first + 1L) << shift)..];
        var root = directory.Length >= 96 ? directory.Slice(80, 16) : default;
        if (root.SequenceEqual(InstallerClass) || root.SequenceEqual(PatchClass))
            return "msi";
        var names = Names(directory);
        if (names.Contains("EncryptedPackage"))
            return "ole-encrypted";
        if (names.Contains("WordDocument"))
            return "ole-word";
        if (names.Contains("Workbook") || names.Contains("Book"))
            return "ole-excel";
        if (names.Contains("PowerPoint Document"))
            return "ole-powerpoint";
        if (names.Any(n => n.StartsWith("__properties_version", StringComparison.Ordinal)))
            return "msg";
        return names.Contains("HwpSummaryInformation") || names.Contains("FileHeader") && names.Contains("BodyText") ? "hwp" : "ole";
    }

    private static HashSet<string> Names(ReadOnlySpan<byte> directory)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < MaxEntries && (i + 1) * 128 <= directory.Length; i++)
        {
            var entry = directory.Slice(i * 128, 128);
            var length = BinaryPrimitives.ReadUInt16LittleEndian(entry[64..]);
            if (length is >= 4 and <= 64 && entry[66] is 1 or 2 or 5)
                names.Add(Encoding.Unicode.GetString(entry[..(length - 2)]).TrimStart('\u0005'));
        }

        return names;
    }
}
