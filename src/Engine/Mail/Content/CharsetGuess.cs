using System.Text;

namespace Platform.Engine.Mail.Content;

internal enum GuessedCharset
{
    Ascii,
    Utf8,
    Iso2022Jp,
    ShiftJis,
    EucJp,
    EucKr,
    Windows1252,
}

/// <summary>
/// Guesses the encoding of bytes that declare none or lie. UTF-8 is proven by validity; Shift_JIS and EUC-JP overlap,
/// so the more Japanese reading wins: kana and first-level kanji speak for one, invalid pairs against it.
/// </summary>
internal static class CharsetGuess
{
    private const int SampleLength = 64 * 1024;

    public static GuessedCharset Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
            return HasJapaneseEscapes(bytes) ? GuessedCharset.Iso2022Jp : GuessedCharset.Ascii;
        if (Charsets.IsValidUtf8(bytes))
            return GuessedCharset.Utf8;

        var sample = bytes[..Math.Min(bytes.Length, SampleLength)];
        var shiftJis = ScoreShiftJis(sample);
        var eucJp = ScoreEucJp(sample);
        if (IsKorean(sample))
            return GuessedCharset.EucKr;
        if (Math.Max(shiftJis, eucJp) > 0)
            return shiftJis >= eucJp ? GuessedCharset.ShiftJis : GuessedCharset.EucJp;

        // Mostly UTF-8 with damage reads better as UTF-8 than as anything else.
        return LooksLikeDamagedUtf8(sample) ? GuessedCharset.Utf8 : GuessedCharset.Windows1252;
    }

    /// <summary>True for the escapes of ISO-2022-JP: to JIS X 0208, JIS X 0201 katakana or JIS X 0212.</summary>
    public static bool HasJapaneseEscapes(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\u001b$B"u8) >= 0 || bytes.IndexOf("\u001b$@"u8) >= 0 || bytes.IndexOf("\u001b(I"u8) >= 0 || bytes.IndexOf("\u001b$(D"u8) >= 0;

    private static int ScoreShiftJis(ReadOnlySpan<byte> bytes)
    {
        var score = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (lead is >= 0xA1 and <= 0xDF)
            {
                // Half-width katakana: possible, but in runs it is rather EUC-JP misread.
                score--;
                continue;
            }

            if (lead is 0x80 or 0xA0 or > 0xFC || i + 1 >= bytes.Length)
            {
                score -= 20;
                continue;
            }

            var trail = bytes[++i];
            score += (lead, trail) switch
            {
                (_, < 0x40 or 0x7F or > 0xFC) => -20,
                (0x82, >= 0x9F and <= 0xF1) => 6,
                (0x83, >= 0x40 and <= 0x96) => 5,
                (0x81, >= 0x40 and <= 0x5D) => 4,
                (0x82, >= 0x4F and <= 0x9A) => 4,
                ( >= 0x88 and <= 0x98, _) => 2,
                ( >= 0xEB, _) => -8,
                _ => 0,
            };
        }

        return score;
    }

    // The syllables of KS X 1001 lie in rows 0xB0 to 0xC8, where EUC-JP has kanji. Japanese has kana (rows 0xA4 and 0xA5) in all but the
    // shortest texts, and Korean some of its frequent syllables.
    private static bool IsKorean(ReadOnlySpan<byte> bytes)
    {
        const int fewest = 2;
        int syllables = 0, kana = 0, others = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (lead is < 0xA1 or 0xFF || i + 1 >= bytes.Length || bytes[i + 1] is < 0xA1 or 0xFF)
            {
                others++;
                continue;
            }

            i++;
            if (lead is >= 0xB0 and <= 0xC8)
                syllables++;
            else if (lead is 0xA4 or 0xA5)
                kana++;
            else if (lead > 0xC8)
                others++;
        }

        return syllables >= fewest && kana * 20 < syllables && others * 8 < syllables && FrequentSyllables(bytes) * 3 >= syllables;
    }

    private static int FrequentSyllables(ReadOnlySpan<byte> bytes)
    {
        const string frequent = "이가다는을의에한고지사기로도수정시인어자대서하해부요세주보리일전조신안장여성은를들과그아나라마습니있없것등및합계번호화소명름록휴연락처카드권좌울구동김박최월년제품담당회업무송발메첨파확탁감님";
        var count = 0;
        foreach (var character in CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetString(bytes))
            if (frequent.Contains(character, StringComparison.Ordinal) && character >= '\uac00')
                count++;
        return count;
    }

    private static int ScoreEucJp(ReadOnlySpan<byte> bytes)
    {
        var score = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lead = bytes[i];
            if (lead < 0x80)
                continue;
            if (lead is not (0x8E or 0x8F or (>= 0xA1 and <= 0xFE)) || i + 1 >= bytes.Length)
            {
                score -= 20;
                continue;
            }

            var trail = bytes[++i];
            score += (lead, trail) switch
            {
                (_, < 0xA1 or 0xFF) => -20,
                (0x8E, <= 0xDF) => 0,
                (0xA4, <= 0xF3) => 6,
                (0xA5, <= 0xF6) => 5,
                (0xA1, <= 0xBE) => 4,
                (0xA3, >= 0xB0 and <= 0xFA) => 4,
                ( >= 0xB0 and <= 0xCF, _) => 2,
                _ => 0,
            };
        }

        return score;
    }

    private static bool LooksLikeDamagedUtf8(ReadOnlySpan<byte> bytes)
    {
        int good = 0, bad = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            if (status != System.Buffers.OperationStatus.Done)
                bad++;
            else if (rune.Value >= 0x80)
                good++;
            bytes = bytes[consumed..];
        }

        return good > 4 * bad;
    }
}
