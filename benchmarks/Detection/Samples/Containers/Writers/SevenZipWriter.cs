using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Containers.Writers;

/// <summary>Writes 7z files (7zFormat.txt): one folder, stored, or encrypted by AES with or without its names.</summary>
internal static class SevenZipWriter
{
    private const int Power = 19;

    public static byte[] Write(Random random, IReadOnlyList<SampleFile> files, string password = "", bool hideNames = false)
    {
        byte[] content = [.. files.SelectMany(file => file.Content.ToArray())];
        var (packed, coder) = Pack(random, content, password);
        byte[] header =
        [
            0x01, 0x04, 0x06, .. Number(0), 0x01, 0x09, .. Number(packed.Length), 0x00,
            0x07, 0x0B, 0x01, 0x00, 0x01, .. coder, 0x0C, .. Number(content.Length), 0x00,
            0x08, 0x0D, .. Number(files.Count), 0x09, .. files.SkipLast(1).SelectMany(file => Number(file.Content.Length)),
            0x0A, 0x01, .. files.SelectMany(file => Sum(file.Content.Span)), 0x00, 0x00,
            .. Names(files), 0x00,
        ];
        if (!hideNames)
            return Whole(packed, header);
        var (hidden, headerCoder) = Pack(random, header, password);
        byte[] outer =
        [
            0x17, 0x06, .. Number(packed.Length), 0x01, 0x09, .. Number(hidden.Length), 0x00,
            0x07, 0x0B, 0x01, 0x00, 0x01, .. headerCoder, 0x0C, .. Number(header.Length), 0x0A, 0x01, .. Sum(header), 0x00, 0x00,
        ];
        return Whole([.. packed, .. hidden], outer);
    }

    private static byte[] Names(IReadOnlyList<SampleFile> files)
    {
        byte[] names = [0, .. Encoding.Unicode.GetBytes(string.Concat(files.Select(file => $"{file.Name}\0")))];
        return [0x05, .. Number(files.Count), 0x11, .. Number(names.Length), .. names, 0x00];
    }

    private static (byte[] Packed, byte[] Coder) Pack(Random random, byte[] content, string password)
    {
        if (password.Length == 0)
            return (content, [0x01, 0x00]);
        var iv = new byte[16];
        random.NextBytes(iv);
        using var aes = Aes.Create();
        aes.SetKey(Key(password));
        var padded = new byte[(content.Length + 15) & ~15];
        content.CopyTo(padded, 0);
        return (aes.EncryptCbc(padded, iv, PaddingMode.None), [0x24, 0x06, 0xF1, 0x07, 0x01, 18, 0x40 | Power, 0x0F, .. iv]);
    }

    private static byte[] Key(string password)
    {
        byte[] round = [.. Encoding.Unicode.GetBytes(password), .. new byte[8]];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long count = 0; count < 1 << Power; count++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(round.AsSpan(round.Length - 8), count);
            hash.AppendData(round);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Whole(byte[] packed, byte[] header)
    {
        var place = new byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(place, packed.Length);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(8), header.Length);
        Sum(header).CopyTo(place, 16);
        return [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4, .. Sum(place), .. place, .. packed, .. header];
    }

    private static byte[] Sum(ReadOnlySpan<byte> octets)
    {
        var sum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, ZipWriter.Sum(octets));
        return sum;
    }

    private static byte[] Number(long value)
    {
        if (value < 0x80)
            return [(byte)value];
        var number = new byte[9];
        number[0] = 0xFF;
        BinaryPrimitives.WriteInt64LittleEndian(number.AsSpan(1), value);
        return number;
    }
}
