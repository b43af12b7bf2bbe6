using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Containers.Writers;

internal enum ZipCipher
{
    None,

    /// <summary>PKWARE's old one (APPNOTE 6.1).</summary>
    Old,

    /// <summary>WinZip's AE-2.</summary>
    Aes,
}

/// <summary>Writes ZIPs (APPNOTE 4.3) as archivers do, with what attackers do to them: another name in the local header, a flag that lies.</summary>
internal sealed class ZipWriter(Random random, ZipCipher cipher = ZipCipher.None, string password = "")
{
    private static readonly uint[] Sums = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8).Aggregate((uint)value, (sum, _) => (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1))];

    private readonly List<byte> _data = [];
    private readonly List<byte> _directory = [];
    private int _entries;

    /// <param name="localName">Another name in the local header; null for the same.</param>
    /// <param name="listedAsEncrypted">The directory says encrypted though it is not.</param>
    public ZipWriter Add(string name, ReadOnlySpan<byte> content, bool stored = false, string? localName = null, bool listedAsEncrypted = false)
    {
        var sum = Sum(content);
        var packed = stored ? content.ToArray() : Deflate(content);
        var method = stored ? 0 : 8;
        byte[] extra = [];
        if (cipher == ZipCipher.Old)
            packed = EncryptOld(packed, sum);
        else if (cipher == ZipCipher.Aes)
            (packed, extra, method, sum) = (EncryptAes(packed), [0x01, 0x99, 7, 0, 2, 0, (byte)'A', (byte)'E', 3, (byte)method, 0], 99, 0);
        var flags = 0x800 | (cipher == ZipCipher.None ? 0 : 1);
        var at = _data.Count;
        _data.AddRange(Header("PK\u0003\u0004"u8, 30, localName ?? name, extra, flags, method, sum, packed.Length, content.Length, 0));
        _data.AddRange(packed);
        _directory.AddRange(Header("PK\u0001\u0002"u8, 46, name, extra, flags | (listedAsEncrypted ? 1 : 0), method, sum, packed.Length, content.Length, at));
        _entries++;
        return this;
    }

    public byte[] ToArray()
    {
        var end = new byte[22];
        "PK\u0005\u0006"u8.CopyTo(end);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)_entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)_entries);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), _directory.Count);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), _data.Count);
        return [.. _data, .. _directory, .. end];
    }

    public static uint Sum(ReadOnlySpan<byte> content)
    {
        var sum = uint.MaxValue;
        foreach (var octet in content)
            sum = Step(sum, octet);
        return ~sum;
    }

    private static byte[] Header(ReadOnlySpan<byte> signature, int length, string name, byte[] extra, int flags, int method, uint sum, int packed, int unpacked, int at)
    {
        var nameOctets = Encoding.UTF8.GetBytes(name);
        var shift = length == 46 ? 2 : 0;
        var header = new byte[length];
        signature.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4 + shift), 20);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6 + shift), (ushort)flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8 + shift), (ushort)method);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10 + shift), 0x4BC0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(12 + shift), 0x5D78);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(14 + shift), sum);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18 + shift), packed);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22 + shift), unpacked);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26 + shift), (ushort)nameOctets.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28 + shift), (ushort)extra.Length);
        if (shift > 0)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(42), at);
        return [.. header, .. nameOctets, .. extra];
    }

    private static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(content);
        return packed.ToArray();
    }

    private static uint Step(uint sum, byte octet) => Sums[(byte)(sum ^ octet)] ^ (sum >> 8);

    private byte[] EncryptOld(byte[] plain, uint sum)
    {
        uint key0 = 0x12345678, key1 = 0x23456789, key2 = 0x34567890;
        foreach (var octet in Encoding.UTF8.GetBytes(password))
            Update(octet);
        var head = new byte[12];
        random.NextBytes(head);
        head[11] = (byte)(sum >> 24);
        return [.. head.Concat(plain).Select(Encrypt)];

        byte Encrypt(byte octet)
        {
            var mixed = (ushort)(key2 | 2);
            var cipherOctet = (byte)(octet ^ (byte)((mixed * (mixed ^ 1)) >> 8));
            Update(octet);
            return cipherOctet;
        }

        void Update(byte octet)
        {
            key0 = Step(key0, octet);
            key1 = ((key1 + (byte)key0) * 134775813) + 1;
            key2 = Step(key2, (byte)(key1 >> 24));
        }
    }

    // The format is defined on SHA-1 and on a counter in ECB blocks.
#pragma warning disable CA5350, CA5358, CA5379
    private byte[] EncryptAes(byte[] plain)
    {
        var salt = new byte[16];
        random.NextBytes(salt);
        var keys = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, 1_000, HashAlgorithmName.SHA1, 66);
        using var aes = Aes.Create();
        aes.SetKey(keys.AsSpan(0, 32));
        var encrypted = new byte[plain.Length];
        var counter = new byte[16];
        var stream = new byte[16];
        for (var at = 0; at < plain.Length; at++)
        {
            if (at % 16 == 0)
            {
                BinaryPrimitives.WriteInt64LittleEndian(counter, (at / 16) + 1);
                aes.EncryptEcb(counter, stream, PaddingMode.None);
            }

            encrypted[at] = (byte)(plain[at] ^ stream[at % 16]);
        }

        return [.. salt, .. keys.AsSpan(64, 2), .. encrypted, .. HMACSHA1.HashData(keys.AsSpan(32, 32), encrypted).AsSpan(0, 10)];
    }
#pragma warning restore CA5350, CA5358, CA5379
}
