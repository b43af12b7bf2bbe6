using System.Security.Cryptography;
using System.Text;

namespace Platform.Engine.Attachments.Archives;

/// <summary>
/// The headers of a RAR 5 archive (rarlab.com, "RAR 5.0 archive format"), read before the library is: how much memory it would set
/// aside, which names there are, and the check value that tells the right password without unpacking.
/// </summary>
internal sealed record RarHeaders(IReadOnlyList<string> Names, long Dictionary, bool HeadersEncrypted, RarCheck? Check)
{
    private const int Main = 1, FileHeader = 2, Encryption = 4, End = 5;

    public bool IsEncrypted => HeadersEncrypted || Check is not null;

    public static bool IsRar5(ReadOnlySpan<byte> content) => content.StartsWith("Rar!\u001A\u0007\u0001\0"u8);

    public static RarHeaders Read(ReadOnlySpan<byte> content)
    {
        List<string> names = [];
        long dictionary = 0;
        RarCheck? check = null;
        long at = 8;
        while (at + 7 < content.Length && names.Count < Unpacking.MostNames)
        {
            var input = new Numbers(content[((int)at + 4)..]);
            var size = input.Next();
            var start = at + 4 + input.At;
            if (size is <= 0 or > 2 * 1024 * 1024 || start + size > content.Length)
                break;
            input = new Numbers(content.Slice((int)start, (int)size));
            long type = input.Next(), flags = input.Next();
            var extra = (flags & 1) != 0 ? input.Next() : 0;
            var data = (flags & 2) != 0 ? input.Next() : 0;
            if (type == Encryption)
                return new RarHeaders(names, dictionary, true, RarCheck.OfHeader(ref input));
            if (type == FileHeader)
            {
                names.Add(ReadFile(ref input, ref dictionary));
                if (extra > 0 && extra < size)
                    check ??= RarCheck.OfFile(content.Slice((int)(start + size - extra), (int)extra));
            }

            if (type == End || data < 0 || data > content.Length - start - size)
                break;
            at = start + size + data;
        }

        return new RarHeaders(names, dictionary, false, check);
    }

    private static string ReadFile(ref Numbers input, ref long dictionary)
    {
        const int smallest = 128 * 1024;
        var flags = input.Next();
        _ = input.Next();
        _ = input.Next();
        input.Skip(((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 4 : 0));
        var method = input.Next();
        var power = (int)(method >> 10) & ((method & 0x3F) == 0 ? 15 : 31);
        if ((flags & 1) == 0)
            dictionary = Math.Max(dictionary, (long)smallest << power);
        _ = input.Next();
        return Encoding.UTF8.GetString(input.Take((int)Math.Clamp(input.Next(), 0, 1_024)));
    }

    internal ref struct Numbers(ReadOnlySpan<byte> octets)
    {
        private readonly ReadOnlySpan<byte> _octets = octets;

        public int At { get; private set; }

        /// <summary>Seven bits an octet, lowest first; the high bit says that more follow. Past the end: 0.</summary>
        public long Next()
        {
            long value = 0;
            for (var shift = 0; shift < 63 && At < _octets.Length; shift += 7)
            {
                var octet = _octets[At++];
                value |= (long)(octet & 0x7F) << shift;
                if ((octet & 0x80) == 0)
                    break;
            }

            return value;
        }

        public void Skip(int count) => At = Math.Min(_octets.Length, At + count);

        public ReadOnlySpan<byte> Take(int count)
        {
            var taken = _octets.Slice(At, Math.Min(count, _octets.Length - At));
            At += taken.Length;
            return taken;
        }
    }
}

/// <summary>Salt, rounds (a power of two) and eight octets by which the right password is known.</summary>
internal sealed record RarCheck(byte[] Salt, int Power, byte[] Value)
{
    private const int MostPower = 17;

    /// <summary>How much of <see cref="Mail.ReadBudget.TakeTrial"/> one trial takes.</summary>
    public int Cost => Math.Max(1, (1 << Power) / 2_000);

    public bool Opens(string password)
    {
        if (Power > MostPower)
            return false;
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), Salt, (1 << Power) + 32, HashAlgorithmName.SHA256, 32);
        for (var index = 8; index < hash.Length; index++)
            hash[index & 7] ^= hash[index];
        return hash.AsSpan(0, 8).SequenceEqual(Value);
    }

    internal static RarCheck? OfHeader(ref RarHeaders.Numbers input)
    {
        _ = input.Next();
        var hasCheck = (input.Next() & 1) != 0;
        return Rest(ref input, hasCheck, skip: 0);
    }

    internal static RarCheck? OfFile(ReadOnlySpan<byte> extra)
    {
        var input = new RarHeaders.Numbers(extra);
        while (input.At < extra.Length)
        {
            var size = input.Next();
            if (size <= 0 || size > extra.Length - input.At)
                break;
            var next = input.At + (int)size;
            if (input.Next() == 1)
            {
                _ = input.Next();
                var hasCheck = (input.Next() & 1) != 0;
                return Rest(ref input, hasCheck, skip: 16);
            }

            input.Skip(Math.Max(0, next - input.At));
        }

        return null;
    }

    private static RarCheck? Rest(ref RarHeaders.Numbers input, bool hasCheck, int skip)
    {
        int power = input.Take(1) is [var written] ? written : 255;
        var salt = input.Take(16).ToArray();
        input.Skip(skip);
        var value = input.Take(8).ToArray();
        return power > 31 ? null : new RarCheck(salt, power, hasCheck && value.Length == 8 ? value : []);
    }
}
