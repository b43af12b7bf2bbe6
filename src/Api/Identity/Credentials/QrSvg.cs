using System.Globalization;
using System.Text;
using ZXing;
using ZXing.QrCode;

namespace Platform.Api.Identity.Credentials;

/// <summary>A QR code as the path of an SVG: sharp at every size, and no image is fetched.</summary>
/// <param name="Size">Width and height in modules, the quiet zone with it.</param>
internal sealed record QrSvg(int Size, string Path)
{
    private const int QuietZone = 4;

    public static QrSvg Of(string text)
    {
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 1, 1, new Dictionary<EncodeHintType, object> { [EncodeHintType.MARGIN] = QuietZone });
        var path = new StringBuilder();
        for (var y = 0; y < matrix.Height; y++)
            for (var x = 0; x < matrix.Width; x++)
                if (matrix[x, y])
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new QrSvg(matrix.Width, path.ToString());
    }
}
