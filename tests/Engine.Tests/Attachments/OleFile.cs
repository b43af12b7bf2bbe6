using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Tests.Attachments;

/// <summary>The smallest OLE2 files ([MS-CFB]) that a directory reader needs: a header and one directory sector.</summary>
internal static class OleFile
{
    public static byte[] With(string stream)
    {
        var file = new byte[512 * 3];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(48), 0);
        Entry(file.AsSpan(512, 128), "Root Entry", 5);
        Entry(file.AsSpan(640, 128), stream, 2);
        return file;
    }

    public static byte[] Installer()
    {
        var file = With("Table");
        Convert.FromHexString("84100C0000000000C000000000000046").CopyTo(file, 512 + 80);
        return file;
    }

    private static void Entry(Span<byte> entry, string name, byte type)
    {
        Encoding.Unicode.GetBytes(name).CopyTo(entry);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((name.Length + 1) * 2));
        entry[66] = type;
    }
}
