using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ZXing;
using ZXing.QrCode;

namespace Platform.Benchmarks.Detection.Samples.Links;

/// <summary>Draws QR codes in the ways that mails hold them.</summary>
internal static class QrDrawing
{
    /// <summary>True where a module is dark, quiet zone left out.</summary>
    public static bool[,] Modules(string text)
    {
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1, new Dictionary<EncodeHintType, object> { [EncodeHintType.MARGIN] = 0 });
        var modules = new bool[matrix.Height, matrix.Width];
        for (var y = 0; y < matrix.Height; y++)
            for (var x = 0; x < matrix.Width; x++)
                modules[y, x] = matrix[x, y];
        return modules;
    }

    /// <param name="from">First row that is drawn; with <paramref name="to"/> a part of the code.</param>
    public static byte[] Png(string text, int scale = 4, bool inverted = false, double from = 0, double to = 1)
    {
        const int Quiet = 4;
        var modules = Modules(text);
        var side = (modules.GetLength(0) + 2 * Quiet) * scale;
        var (first, last) = ((int)(side * from), (int)(side * to));
        using var raw = new MemoryStream();
        for (var y = first; y < last; y++)
        {
            raw.WriteByte(0);
            for (var x = 0; x < side; x++)
            {
                var (row, column) = (y / scale - Quiet, x / scale - Quiet);
                var dark = row >= 0 && column >= 0 && row < modules.GetLength(0) && column < modules.GetLength(0) && modules[row, column];
                raw.WriteByte(dark != inverted ? (byte)0 : (byte)255);
            }
        }

        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(raw.ToArray());
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), last - first);
        header[8] = 8;
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    public static string Blocks(string text)
    {
        var modules = Modules(text);
        var side = modules.GetLength(0);
        var lines = new StringBuilder();
        for (var row = -2; row < side + 2; row += 2)
        {
            for (var column = -2; column < side + 2; column++)
                lines.Append((At(row, column), At(row + 1, column)) switch { (true, true) => '█', (true, false) => '▀', (false, true) => '▄', _ => ' ' });
            lines.Append("\r\n");
        }

        return lines.ToString();

        bool At(int row, int column) => row >= 0 && column >= 0 && row < side && column < side && modules[row, column];
    }

    public static string Characters(string text, string dark = "##", string light = "  ")
    {
        var modules = Modules(text);
        var side = modules.GetLength(0);
        var lines = new StringBuilder();
        for (var row = 0; row < side; row++)
        {
            for (var column = 0; column < side; column++)
                lines.Append(modules[row, column] ? dark : light);
            lines.Append("\r\n");
        }

        return lines.ToString();
    }

    /// <summary>Drawn with characters that are cut: side by side (1 high), into quarters (2 high) or into the eight dots of braille (4 high).</summary>
    public static string Cut(string text, int wide, int high)
    {
        const string Quarters = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█";
        var modules = Modules(text);
        var side = modules.GetLength(0);
        var lines = new StringBuilder();
        for (var row = 0; row < side; row += high)
        {
            for (var column = 0; column < side; column += wide)
            {
                var bits = 0;
                for (var y = 0; y < high; y++)
                    for (var x = 0; x < wide; x++)
                        if (row + y < side && column + x < side && modules[row + y, column + x])
                            bits |= 1 << (high == 4 ? y == 3 ? 6 + x : y + 3 * x : y * 2 + x);
                lines.Append(high switch { 4 => (char)('\u2800' + bits), 2 => Quarters[bits], _ => " ▌▐█"[bits] });
            }

            lines.Append("\r\n");
        }

        return lines.ToString();
    }

    public static string Table(string text)
    {
        var modules = Modules(text);
        var html = new StringBuilder("<table cellspacing=0 cellpadding=0>");
        for (var row = 0; row < modules.GetLength(0); row++)
        {
            html.Append("<tr>");
            for (var column = 0; column < modules.GetLength(1); column++)
                html.Append(modules[row, column] ? "<td style=\"background-color:#000;width:4px;height:4px\"></td>" : "<td bgcolor=white></td>");
            html.Append("</tr>");
        }

        return html.Append("</table>").ToString();
    }

    private static void Chunk(Stream png, string name, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        png.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        png.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var octet in bytes)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
        }

        return ~crc;
    }
}
