using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Tests.Attachments;

/// <summary>A 7z file with one stored member, after 7zFormat.txt of the 7-Zip sources: signature header, packed stream, header.</summary>
internal static class SevenZipFile
{
    public static byte[] Stored(string name, byte[] content)
    {
        var names = Encoding.Unicode.GetBytes(name + "\0");
        byte[] header =
        [
            0x01, 0x04,
            0x06, 0x00, 0x01, 0x09, (byte)content.Length, 0x00,
            0x07, 0x0B, 0x01, 0x00, 0x01, 0x01, 0x00, 0x0C, (byte)content.Length, 0x00,
            0x08, 0x00,
            0x00,
            0x05, 0x01, 0x11, (byte)(names.Length + 1), 0x00, .. names, 0x00,
            0x00,
        ];
        var start = new byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(start, content.Length);
        BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(8), header.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(16), Crc32(header));
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, Crc32(start));
        return [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. crc, .. start, .. content, .. header];
    }

    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
