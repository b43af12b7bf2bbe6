using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

#pragma warning disable CA5350, CA5351 // The formats ask for SHA-1 and MD5; nothing is protected by them here.

namespace Platform.Engine.Attachments.Excel;

/// <summary>
/// Binary workbooks encrypted by RC4 ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.5, 2.3.6): the record FilePass holds salt and proof of the
/// password; then the data of records is encrypted, their headers are not. The key changes every 1,024 octets of the stream.
/// </summary>
internal static class WorkbookEncryption
{
    private const int FilePass = 0x2F;
    private const int Block = 1_024;
    private const int MaxRecords = 2_000_000;

    // Never encrypted: what is needed to find the way.
    private static readonly int[] Clear = [0x0809, FilePass, 0xE1, 0xE2, 0x0162, 0x0195, 0x0196, 0x01AF];

    public static bool IsEncrypted(ReadOnlySpan<byte> stream) => FindFilePass(stream).Length > 0;

    /// <returns>The stream in clear; null when no password opens it or it is encrypted another way.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> stream, IReadOnlyList<string> passwords)
    {
        var pass = FindFilePass(stream);
        if (pass.Length < 54 || BinaryPrimitives.ReadUInt16LittleEndian(pass) != 1)
            return null;
        foreach (var password in passwords.Take(20))
            if (KeyOf(pass[2..], password) is { } key)
                return Decrypt(stream, key);
        return null;
    }

    private static ReadOnlySpan<byte> FindFilePass(ReadOnlySpan<byte> stream)
    {
        for (int at = 0, count = 0; at + 4 <= stream.Length && count < 20; count++)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(stream[(at + 2)..]), stream.Length - at - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(stream[at..]) == FilePass)
                return stream.Slice(at + 4, length);
            at += 4 + length;
        }

        return default;
    }

    /// <summary>Makes the key of a block; null when the password is another one.</summary>
    private static Func<int, byte[]>? KeyOf(ReadOnlySpan<byte> info, string password)
    {
        var (major, minor) = (BinaryPrimitives.ReadUInt16LittleEndian(info), BinaryPrimitives.ReadUInt16LittleEndian(info[2..]));
        if ((major, minor) == (1, 1))
            return SimpleKey(info[4..], password);
        if (minor != 2 || info.Length < 48)
            return null;
        var headerLength = BinaryPrimitives.ReadUInt32LittleEndian(info[8..]);
        if (headerLength is < 32 or > 4_096 || 12 + headerLength + 60 > info.Length)
            return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(info[28..]);
        var keyLength = bits is 0 ? 5 : (int)Math.Min(bits / 8, 16);
        var verifier = info[(12 + (int)headerLength)..];
        var start = SHA1.HashData([.. verifier.Slice(4, 16), .. Encoding.Unicode.GetBytes(password)]);
        byte[] Key(int block)
        {
            var key = SHA1.HashData([.. start, .. BitConverter.GetBytes(block)])[..keyLength];
            return keyLength == 5 ? [.. key, .. new byte[11]] : key;
        }

        var cipher = new Rc4(Key(0));
        var proof = cipher.Apply(verifier.Slice(20, 16));
        var hash = cipher.Apply(verifier.Slice(40, 20));
        return SHA1.HashData(proof).AsSpan().SequenceEqual(hash) ? Key : null;
    }

    private static Func<int, byte[]>? SimpleKey(ReadOnlySpan<byte> info, string password)
    {
        if (info.Length < 48)
            return null;
        var salt = info[..16].ToArray();
        var start = MD5.HashData(Encoding.Unicode.GetBytes(password))[..5];
        var intermediate = MD5.HashData([.. Enumerable.Range(0, 16).SelectMany(_ => (byte[])[.. start, .. salt])])[..5];
        byte[] Key(int block) => MD5.HashData([.. intermediate, .. BitConverter.GetBytes(block)]);
        var cipher = new Rc4(Key(0));
        var proof = cipher.Apply(info.Slice(16, 16));
        var hash = cipher.Apply(info.Slice(32, 16));
        return MD5.HashData(proof).AsSpan().SequenceEqual(hash) ? Key : null;
    }

    private static byte[] Decrypt(ReadOnlySpan<byte> stream, Func<int, byte[]> key)
    {
        var clear = stream.ToArray();
        var pad = new byte[stream.Length];
        for (var block = 0; block * Block < pad.Length; block++)
            new Rc4(key(block)).Fill(pad.AsSpan(block * Block, Math.Min(Block, pad.Length - (block * Block))));
        for (int at = 0, count = 0; at + 4 <= stream.Length && count < MaxRecords; count++)
        {
            var type = BinaryPrimitives.ReadUInt16LittleEndian(stream[at..]);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(stream[(at + 2)..]), stream.Length - at - 4);
            // BoundSheet8 begins with a position, which stays clear.
            var from = type == 0x85 ? Math.Min(4, length) : 0;
            if (!Clear.Contains(type))
                for (var index = at + 4 + from; index < at + 4 + length; index++)
                    clear[index] ^= pad[index];
            at += 4 + length;
        }

        return clear;
    }

    private sealed class Rc4
    {
        private readonly byte[] _state = new byte[256];
        private int _i;
        private int _j;

        public Rc4(byte[] key)
        {
            for (var index = 0; index < 256; index++)
                _state[index] = (byte)index;
            for (int index = 0, mixed = 0; index < 256; index++)
            {
                mixed = (mixed + _state[index] + key[index % key.Length]) & 255;
                (_state[index], _state[mixed]) = (_state[mixed], _state[index]);
            }
        }

        public void Fill(Span<byte> output)
        {
            for (var index = 0; index < output.Length; index++)
            {
                _i = (_i + 1) & 255;
                _j = (_j + _state[_i]) & 255;
                (_state[_i], _state[_j]) = (_state[_j], _state[_i]);
                output[index] = _state[(_state[_i] + _state[_j]) & 255];
            }
        }

        public byte[] Apply(ReadOnlySpan<byte> content)
        {
            var output = new byte[content.Length];
            Fill(output);
            for (var index = 0; index < output.Length; index++)
                output[index] ^= content[index];
            return output;
        }
    }
}
