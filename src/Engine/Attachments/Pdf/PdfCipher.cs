using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// The standard security handler (ISO 32000-1 7.6.3, ISO 32000-2 7.6.4): a key from the user password, the file and its settings;
/// RC4 or AES with a key of each object's own up to revision 4, AES-256 with one key from revision 5 on. A file that may be read
/// but not printed has the empty password.
/// </summary>
internal sealed class PdfCipher
{
    private const int MaxPasswords = 50;

    private static readonly byte[] Padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    private readonly byte[] _key;
    private readonly string _streams;
    private readonly string _strings;

    private PdfCipher(byte[] key, PdfEncryption settings) => (_key, _streams, _strings) = (key, settings.MethodOf("StmF"), settings.MethodOf("StrF"));

    /// <summary>The cipher by the first password that fits, the empty one first; the password is null where the empty one does.</summary>
    public static (PdfCipher? Cipher, string? Password) Open(PdfEncryption settings, byte[] id, IReadOnlyList<string> passwords)
    {
        if (!settings.IsStandard || settings.Revision is < 2 or > 6)
            return (null, null);
        foreach (var password in passwords.Take(MaxPasswords).Prepend(""))
        {
            var key = settings.Revision >= 5 ? ModernKey(settings, password) : OldKey(settings, id, password);
            if (key is not null)
                return (new PdfCipher(key, settings), password.Length == 0 ? null : password);
        }

        return (null, null);
    }

    public ReadOnlyMemory<byte> Decrypt(ReadOnlyMemory<byte> data, int number, int generation, bool isStream)
    {
        var method = isStream ? _streams : _strings;
        if (method is "Identity" or "None" || data.IsEmpty)
            return data;
        if (method == "AESV3")
            return Aes(_key, data.Span);
        Span<byte> seed = stackalloc byte[_key.Length + 9];
        _key.CopyTo(seed);
        BinaryPrimitives.WriteInt32LittleEndian(seed[_key.Length..], number);
        BinaryPrimitives.WriteInt16LittleEndian(seed[(_key.Length + 3)..], (short)generation);
        "sAlT"u8.CopyTo(seed[(_key.Length + 5)..]);
        var isAes = method == "AESV2";
        var key = Digest(seed[..(_key.Length + (isAes ? 9 : 5))]).AsSpan(0, Math.Min(16, _key.Length + 5));
        return isAes ? Aes(key.ToArray(), data.Span) : Rc4(key, data.Span);
    }

    private static byte[]? OldKey(PdfEncryption settings, byte[] id, string password)
    {
        var owner = settings.Bytes("O");
        var user = settings.Bytes("U");
        if (owner.Length < 32 || user.Length < 16)
            return null;
        using var seed = new MemoryStream();
        seed.Write(Padded(password));
        seed.Write(owner, 0, 32);
        seed.Write(BitConverter.GetBytes(settings.Permissions));
        seed.Write(id);
        if (settings.Revision >= 4 && !settings.EncryptsMetadata)
            seed.Write([0xFF, 0xFF, 0xFF, 0xFF]);
        var length = settings.KeyLength;
        var key = Digest(seed.ToArray());
        for (var round = 0; settings.Revision >= 3 && round < 50; round++)
            key = Digest(key.AsSpan(0, length));
        key = key[..length];
        if (settings.Revision == 2)
            return Rc4(key, Padding).AsSpan().SequenceEqual(user.AsSpan(0, Math.Min(32, user.Length))) ? key : null;
        var check = Rc4(key, Digest((byte[])[.. Padding, .. id]));
        for (var round = 1; round < 20; round++)
        {
            var mixed = Array.ConvertAll(key, octet => (byte)(octet ^ round));
            check = Rc4(mixed, check);
        }

        return check.AsSpan().SequenceEqual(user.AsSpan(0, 16)) ? key : null;
    }

    private static byte[]? ModernKey(PdfEncryption settings, string password)
    {
        byte[] user = settings.Bytes("U"), userKey = settings.Bytes("UE"), owner = settings.Bytes("O"), ownerKey = settings.Bytes("OE");
        var octets = Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC));
        octets = octets.Length > 127 ? octets[..127] : octets;
        if (Key(user, userKey, []) is { } byUser)
            return byUser;
        return user.Length >= 48 ? Key(owner, ownerKey, user[..48]) : null;

        byte[]? Key(byte[] check, byte[] wrapped, byte[] extra)
        {
            if (check.Length < 48 || wrapped.Length < 32 || !Hash(settings.Revision, octets, check[32..40], extra).AsSpan().SequenceEqual(check.AsSpan(0, 32)))
                return null;
            using var aes = System.Security.Cryptography.Aes.Create();
            aes.Key = Hash(settings.Revision, octets, check[40..48], extra);
            return aes.DecryptCbc(wrapped.AsSpan(0, 32), new byte[16], PaddingMode.None);
        }
    }

    // ISO 32000-2 algorithm 2.B: at least 64 rounds, on until the last octet says so.
    private static byte[] Hash(int revision, byte[] password, byte[] salt, byte[] extra)
    {
        var key = SHA256.HashData([.. password, .. salt, .. extra]);
        if (revision < 6)
            return key;
        for (var round = 0; round < 400; round++)
        {
            byte[] part = [.. password, .. key, .. extra];
            var text = new byte[part.Length * 64];
            for (var copy = 0; copy < 64; copy++)
                part.CopyTo(text, copy * part.Length);
            using var aes = System.Security.Cryptography.Aes.Create();
            aes.Key = key[..16];
            var encrypted = aes.EncryptCbc(text, key.AsSpan(16, 16), PaddingMode.None);
            var rest = 0;
            foreach (var octet in encrypted.AsSpan(0, 16))
                rest += octet;
            key = (rest % 3) switch { 0 => SHA256.HashData(encrypted), 1 => SHA384.HashData(encrypted), _ => SHA512.HashData(encrypted) };
            if (round >= 63 && encrypted[^1] <= round - 31)
                break;
        }

        return key[..32];
    }

    private static byte[] Aes(byte[] key, ReadOnlySpan<byte> data)
    {
        // An initialisation vector, then whole blocks; a torn end is left away.
        var length = (data.Length - 16) & ~15;
        if (length <= 0)
            return [];
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = key;
        var plain = aes.DecryptCbc(data.Slice(16, length), data[..16], PaddingMode.None);
        var padding = plain[^1];
        return padding is > 0 and <= 16 ? plain[..^padding] : plain;
    }

    private static byte[] Rc4(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (var index = 0; index < 256; index++)
            state[index] = (byte)index;
        for (int index = 0, other = 0; index < 256; index++)
        {
            other = (other + state[index] + key[index % key.Length]) & 255;
            (state[index], state[other]) = (state[other], state[index]);
        }

        var output = new byte[data.Length];
        for (int at = 0, first = 0, second = 0; at < data.Length; at++)
        {
            first = (first + 1) & 255;
            second = (second + state[first]) & 255;
            (state[first], state[second]) = (state[second], state[first]);
            output[at] = (byte)(data[at] ^ state[(state[first] + state[second]) & 255]);
        }

        return output;
    }

    // ISO 32000-1 7.6.3.3 prescribes MD5; what it was meant to keep is only read here.
    [SuppressMessage("Security", "CA5351", Justification = "The format prescribes it.")]
    private static byte[] Digest(ReadOnlySpan<byte> data) => MD5.HashData(data);

    private static byte[] Padded(string password)
    {
        var octets = Encoding.Latin1.GetBytes(password);
        return [.. octets.Take(32), .. Padding.Take(Math.Max(0, 32 - octets.Length))];
    }
}
