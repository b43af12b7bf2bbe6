using System.Buffers.Binary;
using System.Text;
using ZXing;
using ZXing.QrCode;

namespace Platform.Scanning.Tests.Confinement;

/// <summary>Pictures are drawn by a native library: it must load and work behind the walls.</summary>
public sealed class PictureTests
{
    [Fact]
    public async Task A_code_in_a_picture_is_read_in_a_scanner_process()
    {
        await using var pool = await Pools.StartedAsync(new ScannerPoolOptions { Size = 1 });

        var result = await pool.ScanAsync(Pools.Request(WithPicture(Code("https://trap.example/a1b2"))), TestContext.Current.CancellationToken);

        Assert.Contains("qr-code-link", result.Value!.Reasons.Select(reason => reason.Id));
    }

    private static byte[] WithPicture(byte[] picture) => Encoding.ASCII.GetBytes(
        "From: a@example.net\r\nTo: b@example.com\r\nSubject: code\r\nMessage-ID: <1@example.net>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: image/bmp; name=code.bmp\r\nContent-Disposition: attachment; filename=code.bmp\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + $"{Convert.ToBase64String(picture, Base64FormattingOptions.InsertLineBreaks)}\r\n--b--\r\n");

    /// <summary>A bitmap file of 32 bits a pixel (BITMAPINFOHEADER).</summary>
    private static byte[] Code(string text)
    {
        const int Header = 54;
        var matrix = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 160, 160);
        var file = new byte[Header + matrix.Width * matrix.Height * 4];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        file[10] = Header;
        file[14] = 40;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), matrix.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), matrix.Height);
        file[26] = 1;
        file[28] = 32;
        for (var y = 0; y < matrix.Height; y++)
            for (var x = 0; x < matrix.Width; x++)
                BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Header + ((matrix.Height - 1 - y) * matrix.Width + x) * 4), matrix[x, y] ? 0xff000000 : 0xffffffff);
        return file;
    }
}
