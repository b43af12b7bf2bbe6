using SkiaSharp;

namespace Platform.Engine.Links.Qr;

/// <summary>Turns picture files into grey pictures. Their size is read first; what is too large to be worth it is left.</summary>
internal sealed class QrPictures
{
    private const int ShortestSide = 42;
    private const int LongestFileSide = 6_000;
    private const int MostFilePixels = 12_000_000;
    private const int MostPictures = 12;
    private const long AllPixels = 24_000_000;
    private const int LongestFile = 8 * 1024 * 1024;

    private int _left = MostPictures;
    private long _pixelsLeft = AllPixels;

    public static bool IsPicture(ReadOnlySpan<byte> content) =>
        content.Length > 12 && (content[1..4].SequenceEqual("PNG"u8) || content.StartsWith("GIF8"u8) || content.StartsWith("BM"u8) || content[0] == 0xff && content[1] == 0xd8 || content.StartsWith("RIFF"u8) && content[8..12].SequenceEqual("WEBP"u8));

    /// <summary>Null when it is no picture, too small for a code, or too large.</summary>
    public GreyPicture? Read(ReadOnlyMemory<byte> content)
    {
        if (_left <= 0 || content.Length is 0 or > LongestFile || !IsPicture(content.Span))
            return null;
        try
        {
            return Decode(content);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Damaged pictures, or a system without the native library: then there is nothing to see.
            return null;
        }
    }

    private GreyPicture? Decode(ReadOnlyMemory<byte> content)
    {
        using var data = SKData.CreateCopy(content.Span);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            return null;
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (Math.Min(width, height) < ShortestSide || Math.Max(width, height) > LongestFileSide || (long)width * height > Math.Min(MostFilePixels, _pixelsLeft))
            return null;
        _left--;
        _pixelsLeft -= (long)width * height;
        var info = new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        if (codec.GetPixels(info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            return null;
        return Grey(bitmap.GetPixelSpan(), width, height);
    }

    // Drawn on white, as mail programs do, and made smaller by averaging squares.
    private static GreyPicture Grey(ReadOnlySpan<byte> pixels, int width, int height)
    {
        var scale = Math.Max(1, (Math.Max(width, height) + QrDecoder.LongestSide - 1) / QrDecoder.LongestSide);
        var (narrow, low) = (width / scale, height / scale);
        var grey = new byte[narrow * low];
        for (var y = 0; y < low; y++)
            for (var x = 0; x < narrow; x++)
            {
                var sum = 0;
                for (var dy = 0; dy < scale; dy++)
                    for (var dx = 0; dx < scale; dx++)
                    {
                        var at = ((y * scale + dy) * width + x * scale + dx) * 4;
                        var alpha = pixels[at + 3];
                        var luminance = (pixels[at] * 29 + pixels[at + 1] * 150 + pixels[at + 2] * 77) >> 8;
                        sum += (luminance * alpha + byte.MaxValue * (byte.MaxValue - alpha)) / byte.MaxValue;
                    }

                grey[y * narrow + x] = (byte)(sum / (scale * scale));
            }

        return new GreyPicture(grey, narrow, low);
    }
}
