using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Platform.Engine.Detectors.Words;

// A Bitcoin address proves itself. Base58Check (P2PKH `1…`, P2SH `3…`): 25 bytes in base 58, the last four are the head
// of SHA-256(SHA-256(first 21)). Bech32 (BIP 173, `bc1q…`) and Bech32m (BIP 350, `bc1p…`): 5-bit characters under a BCH
// checksum over the expanded prefix. So a random word is not taken for one.

/// <summary>Finds Bitcoin addresses in text by their checksums.</summary>
internal static partial class BitcoinAddress
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string Bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const uint Bech32Constant = 1;
    private const uint Bech32mConstant = 0x2bc830a3;
    private const int MaxCandidates = 200;

    /// <summary>The first valid address in the text (case kept); null when there is none.</summary>
    public static string? Find(string text)
    {
        foreach (Match match in Candidate().Matches(text).Take(MaxCandidates))
            if (IsValid(match.Value))
                return match.Value;
        return null;
    }

    public static bool IsValid(string address) =>
        address.StartsWith("bc1", StringComparison.OrdinalIgnoreCase) ? IsBech32(address) : IsBase58(address);

    private static bool IsBase58(string address)
    {
        Span<byte> decoded = stackalloc byte[25];
        decoded.Clear();
        foreach (var character in address)
        {
            var carry = Base58.IndexOf(character);
            if (carry < 0)
                return false;
            for (var index = decoded.Length - 1; index >= 0; index--)
            {
                carry += 58 * decoded[index];
                decoded[index] = (byte)carry;
                carry >>= 8;
            }

            if (carry != 0)
                return false;
        }

        if (decoded[0] is not (0x00 or 0x05))
            return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(decoded[..21], hash);
        SHA256.HashData(hash, hash);
        return hash[..4].SequenceEqual(decoded[21..]);
    }

    private static bool IsBech32(string address)
    {
        if (address.Any(char.IsAsciiLetterLower) && address.Any(char.IsAsciiLetterUpper))
            return false;
        var lower = address.ToLowerInvariant();
        uint checksum = 1;
        foreach (var value in (ReadOnlySpan<uint>)[3, 3, 0, 2, 3])
            checksum = Step(checksum, value);
        foreach (var character in lower.AsSpan(3))
        {
            var value = Bech32.IndexOf(character);
            if (value < 0)
                return false;
            checksum = Step(checksum, (uint)value);
        }

        return checksum == (lower[3] == 'q' ? Bech32Constant : Bech32mConstant);
    }

    private static uint Step(uint checksum, uint value)
    {
        ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
        var top = checksum >> 25;
        checksum = (checksum & 0x1ffffff) << 5 ^ value;
        for (var bit = 0; bit < generator.Length; bit++)
            if ((top >> bit & 1) != 0)
                checksum ^= generator[bit];
        return checksum;
    }

    [GeneratedRegex(@"\b([13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71}|BC1[02-9AC-HJ-NP-Z]{11,71})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Candidate();
}
