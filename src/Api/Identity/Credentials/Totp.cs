using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Api.Identity.Credentials;

/// <summary>
/// Time-based one-time passwords (RFC 6238 over RFC 4226): HMAC-SHA-1 over the number of 30-second steps since 1970, six digits.
/// These values are what every authenticator app understands.
/// </summary>
internal static class Totp
{
    public const int SecretLength = 20;
    public const int Digits = 6;
    private const int StepSeconds = 30;

    /// <summary>Steps before and after now whose code is taken: clocks differ, and typing takes time (RFC 6238, section 5.2).</summary>
    private const int Tolerance = 1;

    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static long StepOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeOf(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
        Hash(secret, counter, hash);
        // Dynamic truncation, RFC 4226, section 5.3.
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, among those near now and after <paramref name="after"/>; null when there is none.</summary>
    public static long? FindStep(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long after)
    {
        var given = Encoding.UTF8.GetBytes(code);
        long? found = null;
        for (var step = StepOf(now) - Tolerance; step <= StepOf(now) + Tolerance; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(secret, step)), given) && step > after)
                found ??= step;
        return found;
    }

    /// <summary>For typing into an app by hand (RFC 4648, section 6), without padding.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var value = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) << ((5 - (bytes.Length * 8 % 5)) % 5);
        for (var left = ((bytes.Length * 8) + 4) / 5; left > 0; left--)
            text.Append(Base32Alphabet[(int)((value >> (5 * (left - 1))) & 31)]);
        return text.ToString();
    }

    /// <summary>What the QR code says: the key URI that authenticator apps read.</summary>
    public static string KeyUri(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}";

#pragma warning disable CA5350 // HMAC-SHA-1 is what RFC 6238 and the apps use; its weakness is in collisions, which do not matter here.
    private static void Hash(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> counter, Span<byte> hash) => HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
}
