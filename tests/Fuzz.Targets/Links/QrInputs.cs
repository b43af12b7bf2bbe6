using System.Text;
using ZXing;
using ZXing.QrCode;

namespace Platform.Fuzz.Targets.Links;

/// <summary>A code drawn with characters, a small picture, and the pieces of both.</summary>
internal static class QrInputs
{
    public static IReadOnlyList<string> Tokens { get; } = ["█", "▀", "▄", " ", "##", "\r\n", "\n", "⬛", "⬜", "BM", "GIF89a", "\u0089PNG", "IHDR", "IDAT", "\0\0\0\u0020"];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encoding.UTF8.GetBytes(Drawing("https://a.test/")),
        // A picture of two by two pixels (GIF 89a).
        Convert.FromBase64String("R0lGODlhAgACAIAAAP///wAAACH5BAAAAAAALAAAAAACAAIAAAIDRAJZADs="),
    ];

    private static string Drawing(string text)
    {
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1);
        var lines = new StringBuilder();
        for (var y = 0; y < matrix.Height; y++)
        {
            for (var x = 0; x < matrix.Width; x++)
                lines.Append(matrix[x, y] ? "##" : "  ");
            lines.Append('\n');
        }

        return lines.ToString();
    }
}
