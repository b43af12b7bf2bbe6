using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace Platform.Engine.Links.Qr;

// A QR code (ISO/IEC 18004) is a square of 21 to 177 modules a side with a quiet zone of four around it. Three corners bear
// finder patterns: along any line through their middle dark and light run 1:1:3:1:1. Timing patterns and alignment patterns give the
// grid, the format beside a finder the level of error correction (Reed-Solomon, 7 to 30 %) and the mask. A code may be drawn
// light on dark, be cut into two pictures that stand side by side, or be set in characters or table cells: what counts is what
// a telephone's camera sees. Here each way is drawn into a grey picture first; decoding is the library's work, bounded in pixels.

/// <summary>A grey picture: a byte a pixel, 0 is black.</summary>
internal sealed record GreyPicture(byte[] Pixels, int Width, int Height)
{
    public GreyPicture Inverted() => this with { Pixels = [.. Pixels.Select(pixel => (byte)(byte.MaxValue - pixel))] };
}

/// <summary>Reads QR codes from grey pictures, within a budget of pixels over the whole mail.</summary>
internal sealed class QrDecoder
{
    /// <summary>More than a code in a letter needs; larger pictures are drawn smaller first.</summary>
    public const int LongestSide = 900;

    private const int Budget = 6_000_000;
    private const int ScannedLines = 96;
    private const int MostCodes = 8;

    private static readonly Dictionary<DecodeHintType, object> Hints = new() { [DecodeHintType.TRY_HARDER] = true };

    private int _pixelsLeft = Budget;

    /// <summary>Texts of the codes in the picture; none when there are none or the budget is spent.</summary>
    public IReadOnlyList<string> Read(GreyPicture picture)
    {
        if (!HasFinder(picture))
            return [];
        var texts = Decode(picture);
        return texts.Count > 0 ? texts : Decode(picture.Inverted());
    }

    /// <summary>True when some lines run dark and light 1:1:3:1:1: without that there is no code, and most pictures end here.</summary>
    public static bool HasFinder(GreyPicture picture)
    {
        const int Enough = 2;
        var found = 0;
        var step = Math.Max(1, picture.Height / ScannedLines);
        Span<int> runs = stackalloc int[5];
        for (var y = 0; y < picture.Height; y += step)
        {
            var line = picture.Pixels.AsSpan(y * picture.Width, picture.Width);
            if (HasFinder(line, runs) && ++found >= Enough)
                return true;
        }

        return false;
    }

    private static bool HasFinder(ReadOnlySpan<byte> line, Span<int> runs)
    {
        byte low = byte.MaxValue;
        byte high = 0;
        foreach (var pixel in line)
        {
            low = Math.Min(low, pixel);
            high = Math.Max(high, pixel);
        }

        const int LeastContrast = 40;
        if (high - low < LeastContrast)
            return false;
        var middle = (low + high) / 2;
        runs.Clear();
        var length = 0;
        for (var x = 0; x <= line.Length; x++)
        {
            if (x < line.Length && (x == 0 || line[x] < middle == line[x - 1] < middle))
            {
                length++;
                continue;
            }

            runs[1..].CopyTo(runs);
            runs[4] = length;
            length = 1;
            if (IsFinder(runs))
                return true;
        }

        return false;
    }

    private static bool IsFinder(ReadOnlySpan<int> runs)
    {
        var total = 0;
        foreach (var run in runs)
        {
            if (run == 0)
                return false;
            total += run;
        }

        var module = total / 7.0;
        var slack = Math.Max(1.0, module * 0.6);
        return total >= 7
            && Math.Abs(runs[0] - module) <= slack && Math.Abs(runs[1] - module) <= slack
            && Math.Abs(runs[2] - 3 * module) <= 3 * slack
            && Math.Abs(runs[3] - module) <= slack && Math.Abs(runs[4] - module) <= slack;
    }

    private List<string> Decode(GreyPicture picture)
    {
        var pixels = picture.Width * picture.Height;
        if (pixels > _pixelsLeft)
            return [];
        _pixelsLeft -= pixels;
        List<string> texts = [];
        try
        {
            var source = new RGBLuminanceSource(picture.Pixels, picture.Width, picture.Height, RGBLuminanceSource.BitmapFormat.Gray8);
            var results = new ZXing.Multi.QrCode.QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(source)), Hints);
            if (results is null && new QRCodeReader().decode(new BinaryBitmap(new GlobalHistogramBinarizer(source)), Hints) is { } single)
                results = [single];
            texts.AddRange((results ?? []).Take(MostCodes).Select(result => result.Text).Where(text => !string.IsNullOrEmpty(text)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Codes that are broken on purpose lead the library anywhere; what cannot be read here a telephone cannot read either.
        }

        return texts;
    }
}
