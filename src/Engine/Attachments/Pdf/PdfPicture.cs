using System.Buffers.Binary;
using System.IO.Compression;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>Makes a PNG (ISO/IEC 15948) of a small plain picture, about as wide as high: a code to be photographed is such.</summary>
internal static class PdfPicture
{
    private const int Smallest = 20;
    private const int Largest = 1_600;

    /// <summary>Empty when the picture is of another kind.</summary>
    public static ReadOnlyMemory<byte> ToPng(PdfFile pdf, PdfStream stream)
    {
        var width = (int)(pdf.Number(stream.Dictionary["Width"]) ?? 0);
        var height = (int)(pdf.Number(stream.Dictionary["Height"]) ?? 0);
        var bits = stream.Dictionary["ImageMask"] is PdfKeyword { Word: "true" } ? 1 : (int)(pdf.Number(stream.Dictionary["BitsPerComponent"]) ?? 0);
        if (width is < Smallest or > Largest || height is < Smallest or > Largest || width > height * 3 / 2 || height > width * 3 / 2 || bits is not (1 or 8))
            return default;
        var colors = pdf.Resolve(stream.Dictionary["ColorSpace"]) switch
        {
            PdfName { Value: "DeviceRGB" or "CalRGB" or "RGB" } => 3,
            PdfArray { Items: [PdfName { Value: "ICCBased" }, var profile] } => (int)(pdf.Number(pdf.Dictionary(profile)?["N"]) ?? 3),
            PdfName { Value: "DeviceGray" or "CalGray" or "G" } or null => 1,
            PdfArray { Items: [PdfName { Value: "Indexed" or "I" }, ..] } when bits == 1 => 1,
            PdfArray { Items: [PdfName { Value: "CalRGB" }, ..] } => 3,
            PdfArray { Items: [PdfName { Value: "CalGray" }, ..] } => 1,
            _ => 0,
        };
        if (colors is not (1 or 3) || colors == 3 && bits == 1)
            return default;
        var row = ((width * colors * bits) + 7) / 8;
        var data = pdf.Decode(stream, row * height);
        return data.Length < row * height ? default : Write(data.Span, width, height, bits, colors, row);
    }

    private static byte[] Write(ReadOnlySpan<byte> data, int width, int height, int bits, int colors, int row)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var line = 0; line < height; line++)
            {
                zlib.WriteByte(0);
                zlib.Write(data.Slice(line * row, row));
            }

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = (byte)bits;
        header[9] = (byte)(colors == 3 ? 2 : 0);
        header[10..].Clear();
        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n\x1a\n"u8]);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(type, data));
        png.Write(number);
    }

    private static uint Checksum(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var sum = uint.MaxValue;
        foreach (var octet in type)
            sum = Step(sum, octet);
        foreach (var octet in data)
            sum = Step(sum, octet);
        return ~sum;

        static uint Step(uint sum, byte octet)
        {
            sum ^= octet;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            return sum;
        }
    }
}
