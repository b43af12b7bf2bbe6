using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Learning;

/// <summary>
/// Words, pairs of words and pieces of words of a folded text; of scripts that put no blanks between words, two and three
/// characters in a row. Numbers, addresses, links, the recipient's own name and codes are classes and not themselves: what
/// they are differs from mail to mail, that they are there does not.
/// </summary>
internal sealed class WordFeatures(FeatureVector vector, HashSet<string> recipients)
{
    private const int PieceLength = 4;
    private const int LongestWord = 30;

    private static readonly uint NumberClass = FeatureHash.Of("<number>");
    private static readonly uint MoneyClass = FeatureHash.Of("<money>");
    private static readonly uint CodeClass = FeatureHash.Of("<code>");
    private static readonly uint LinkClass = FeatureHash.Of("<link>");
    private static readonly uint AddressClass = FeatureHash.Of("<address>");
    private static readonly uint FreeAddressClass = FeatureHash.Of("<free-mail-address>");
    private static readonly uint RecipientClass = FeatureHash.Of("<recipient>");
    private static readonly uint SubjectSeed = FeatureHash.Of("subject");
    private static readonly uint PieceSeed = FeatureHash.Of("piece");

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _recipients = recipients.GetAlternateLookup<ReadOnlySpan<char>>();
    private uint _before;
    private int _beforeStart;

    /// <summary>What a text calls the recipient: local parts and the first label of the domain.</summary>
    public static HashSet<string> NamesOf(MailMessage message)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var address in message.To.Concat(message.Cc).Take(10))
        {
            names.Add(address.LocalPart.ToLowerInvariant());
            names.UnionWith(address.LocalPart.ToLowerInvariant().Split('.', '-', '_').Where(part => part.Length > 2));
            if (!KnownDomains.Embedded.IsFreeMail(address.Domain))
                names.Add(address.Domain.Split('.')[0]);
        }

        return names;
    }

    public void Read(int from, int to, bool subject)
    {
        _before = FeatureHash.Of(subject ? "<subject>" : "<body>");
        _beforeStart = -1;
        var text = vector.Text.AsSpan();
        for (var at = from; at < to;)
        {
            var c = text[at];
            if (IsUnspaced(c))
                at = ReadUnspaced(text, at, to, subject);
            else if (char.IsLetterOrDigit(c))
                at = ReadWord(text, at, to, subject);
            else
            {
                if (c is '!' or '?' || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.CurrencySymbol or System.Globalization.UnicodeCategory.OtherSymbol)
                    vector.AddWords(FeatureHash.Of(text.Slice(at, 1), subject ? SubjectSeed : FeatureHash.Start), at, 1);
                at++;
            }
        }
    }

    private int ReadWord(ReadOnlySpan<char> text, int start, int to, bool subject)
    {
        if (EndOfList(text, start, to) is > 0 and var listEnd)
        {
            Emit(RecipientClass, start, listEnd - start, subject);
            return listEnd;
        }

        var end = start;
        bool digits = false, letters = false, at = false, dot = false;
        for (; end < to; end++)
        {
            var c = text[end];
            if (char.IsDigit(c))
                digits = true;
            else if (char.IsLetter(c) && !IsUnspaced(c))
                letters = true;
            else if (c is '\'' or '_' or '+')
                continue;
            else if (c is '@' or '.' or '-' or ',' or ':' or '/' && end + 1 < to && IsInner(text, end, at, digits && !letters))
            {
                at |= c == '@';
                dot |= c == '.';
            }
            else
                break;
        }

        var word = text[start..end];
        if (word.StartsWith("http") && end + 2 < to && text[end..].StartsWith("://") || word.StartsWith("www."))
        {
            while (end < to && text[end] > ' ' && text[end] < '\u0080' && text[end] is not ('<' or '>' or '"'))
                end++;
            Emit(LinkClass, start, end - start, subject);
        }
        else if (at)
            Emit(KnownDomains.Embedded.IsFreeMail(word[(word.LastIndexOf('@') + 1)..].ToString()) ? FreeAddressClass : _recipients.Contains(word[..word.IndexOf('@')]) ? RecipientClass : AddressClass, start, end - start, subject);
        else if (digits && !letters)
            Emit(NearMoney(text, start, end, to) ? MoneyClass : NumberClass, start, end - start, subject);
        else if (digits || word.Length > LongestWord)
            Emit(CodeClass, start, end - start, subject);
        else if (_recipients.Contains(word))
            Emit(RecipientClass, start, end - start, subject);
        else if (dot && word.IndexOf('.') is > 0 and var point && point < word.Length - 1)
            Emit(LinkClass, start, end - start, subject);
        else
        {
            Emit(FeatureHash.Of(word), start, end - start, subject);
            if (word.Length > PieceLength)
                for (var piece = 0; piece + PieceLength <= word.Length; piece++)
                    vector.AddWords(FeatureHash.Of(word.Slice(piece, PieceLength), PieceSeed), start + piece, PieceLength);
        }

        return Math.Max(end, start + 1);
    }

    // The name or address of a discussion list (x-users, x-devel@host) is the recipient's, not the author's word.
    private static int EndOfList(ReadOnlySpan<char> text, int start, int to)
    {
        var end = start;
        while (end < to && end - start < LongestWord && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '+'))
            end++;
        var name = text[start..end];
        var last = name.LastIndexOf('-');
        if (end < to && text[end] == '@' && last > 0)
        {
            for (end++; end < to && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '.');)
                end++;
            return end;
        }

        return last > 0 && name[(last + 1)..].TrimEnd('.') is "users" or "devel" or "dev" or "list" or "announce" or "discuss" or "request" ? end : 0;
    }

    // A mark between two letters or digits belongs to an address, a host or a number; a full stop before a blank ends a sentence.
    private static bool IsInner(ReadOnlySpan<char> text, int at, bool inAddress, bool number) =>
        char.IsLetterOrDigit(text[at + 1]) && !IsUnspaced(text[at + 1]) && (text[at] is '@' or '.' || inAddress && text[at] == '-' || number && text[at] is ',' or '.' or '-' or ':' or '/' && char.IsDigit(text[at + 1]) && number);

    private static bool NearMoney(ReadOnlySpan<char> text, int start, int end, int to) =>
        start > 0 && IsMoney(text, start - 1) || start > 1 && text[start - 1] == ' ' && IsMoney(text, start - 2)
        || end < to && IsMoney(text, end) || end + 1 < to && text[end] == ' ' && IsMoney(text, end + 1);

    private static bool IsMoney(ReadOnlySpan<char> text, int at) =>
        text[at] is '円' or '万' || char.GetUnicodeCategory(text[at]) == System.Globalization.UnicodeCategory.CurrencySymbol
        || text[at..].StartsWith("usd") || text[at..].StartsWith("eur") || text[at..].StartsWith("million") || at >= 2 && text[(at - 2)..(at + 1)] is "usd" or "eur" or "gbp";

    private int ReadUnspaced(ReadOnlySpan<char> text, int start, int to, bool subject)
    {
        var end = start;
        while (end < to && IsUnspaced(text[end]))
            end++;
        for (var at = start; at < end; at++)
        {
            for (var length = 2; length <= 3; length++)
            {
                if (at + length > end)
                    continue;
                var hash = FeatureHash.Of(text.Slice(at, length));
                vector.AddWords(hash, at, length);
                if (subject)
                    vector.AddWords(FeatureHash.Join(SubjectSeed, hash), at, length);
            }
        }

        _before = FeatureHash.Of("<run>");
        _beforeStart = -1;
        return end;
    }

    private void Emit(uint hash, int start, int length, bool subject)
    {
        vector.AddWords(hash, start, length);
        if (subject)
            vector.AddWords(FeatureHash.Join(SubjectSeed, hash), start, length);
        var from = _beforeStart < 0 ? start : _beforeStart;
        vector.AddWords(FeatureHash.Join(_before, hash), from, start + length - from);
        _before = hash;
        _beforeStart = start;
    }

    private static bool IsUnspaced(char c) =>
        c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uac00' and <= '\ud7af' or >= '\u0e00' and <= '\u0e7f' or '々' or '〆';
}
