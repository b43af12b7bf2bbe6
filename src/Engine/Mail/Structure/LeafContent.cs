using System.Buffers;
using System.IO.Compression;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Mail.Structure;

internal enum TransferCoding
{
    Identity,
    Base64,
    QuotedPrintable,
    UuEncode,
    GzipBase64,
    Unknown,
}

/// <param name="Coding">What the content was decoded by.</param>
internal sealed record DecodedContent(ReadOnlyMemory<byte> Content, TransferCoding Coding, string? FileName = null);

/// <summary>
/// Undoes the content transfer encoding (RFC 2045, 6). Where the declaration is doubtful the other plausible
/// decodings are made too, so that what one client would show is never unseen.
/// </summary>
internal static class LeafContent
{
    private static readonly SearchValues<byte> Base64Line = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);
    private static readonly SearchValues<byte> Base64Lines = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"u8);

    /// <summary>The likeliest decoding first; never empty.</summary>
    public static List<DecodedContent> Decode(ReadOnlyMemory<byte> body, IReadOnlyList<string> declared, bool alternatives, string where, ReadBudget budget)
    {
        var codings = new List<TransferCoding>();
        foreach (var value in declared.Take(6))
        {
            var coding = Coding(value, out var exact);
            if (!exact)
                budget.Note("bad-transfer-encoding", where, value);
            Add(coding is TransferCoding.Unknown ? Suspected(value) : coding);
            if (!exact && coding is not TransferCoding.Identity)
                Add(TransferCoding.Identity);
        }

        if (codings.Count == 0)
            codings.Add(TransferCoding.Identity);
        if (codings is [TransferCoding.Identity] && LooksLikeBase64(body.Span))
        {
            budget.Note("undeclared-base64", where, "the body is base64 without being declared so");
            codings.Add(TransferCoding.Base64);
        }

        var results = new List<DecodedContent>();
        foreach (var coding in codings)
        {
            if (results.Count > 0 && !alternatives)
                break;
            foreach (var content in DecodeAs(body, coding, where, budget))
                if (!results.Exists(r => r.Content.Span.SequenceEqual(content.Content.Span)))
                    results.Add(content);
        }

        return results;

        void Add(TransferCoding coding)
        {
            if (!codings.Contains(coding))
                codings.Add(coding);
        }
    }

    public static string Name(IReadOnlyList<string> declared) => declared.Count == 0 ? "7bit" : declared[0].Length <= 60 ? declared[0] : declared[0][..60];

    private static IEnumerable<DecodedContent> DecodeAs(ReadOnlyMemory<byte> body, TransferCoding coding, string where, ReadBudget budget)
    {
        switch (coding)
        {
            case TransferCoding.Base64:
            {
                var decoded = Base64.Decode(body.Span, Grant(body.Length, where, budget), out var defects);
                Tell(defects, where, budget);
                yield return new DecodedContent(decoded, coding);
                if (defects.PaddingInside)
                    yield return new DecodedContent(Base64.Decode(body.Span, Grant(body.Length, where, budget), out _, stopAtPadding: true), coding);
                if (defects.Junk && AfterJunkLines(body) is { } rest)
                    yield return new DecodedContent(Base64.Decode(rest.Span, Grant(rest.Length, where, budget), out _), coding);
                break;
            }

            case TransferCoding.QuotedPrintable:
                var text = QuotedPrintable.Decode(body.Span, Grant(body.Length, where, budget), out var broken);
                if (broken)
                    budget.Note("broken-quoted-printable", where, "an equals sign that is neither an octet nor a line break");
                yield return new DecodedContent(text, coding);
                break;
            case TransferCoding.UuEncode:
                budget.Note("obsolete-transfer-encoding", where, "uuencode");
                var any = false;
                foreach (var file in UuEncode.Find(body, Grant(body.Length, where, budget)))
                {
                    any = true;
                    yield return new DecodedContent(file.Content, coding, file.Name);
                }

                if (!any)
                    yield return new DecodedContent(body, TransferCoding.Identity);
                break;
            case TransferCoding.GzipBase64:
                yield return new DecodedContent(Gunzip(Base64.Decode(body.Span, Grant(body.Length, where, budget), out _), where, budget), coding);
                break;
            default:
                yield return new DecodedContent(body, TransferCoding.Identity);
                break;
        }
    }

    private static int Grant(int length, string where, ReadBudget budget) => budget.TakeDecoded(length, where);

    private static void Tell(Base64Defects defects, string where, ReadBudget budget)
    {
        if (defects.Junk)
            budget.Note("base64-junk", where, "characters that are not base64");
        if (defects.PaddingInside)
            budget.Note("base64-padding-inside", where, "padding before the end");
        if (defects.Truncated)
            budget.Note("base64-truncated", where, "the last quantum is short");
    }

    private static TransferCoding Coding(string value, out bool exact)
    {
        exact = true;
        switch (value)
        {
            case "7bit" or "8bit" or "binary":
                return TransferCoding.Identity;
            case "base64":
                return TransferCoding.Base64;
            case "quoted-printable":
                return TransferCoding.QuotedPrintable;
            case "x-uuencode" or "x-uu" or "x-uue" or "uuencode" or "uue":
                return TransferCoding.UuEncode;
            case "x-gzip64":
                return TransferCoding.GzipBase64;
            default:
                exact = false;
                return TransferCoding.Unknown;
        }
    }

    // What clients make of a value with comments, quotes, prefixes or neighbours.
    private static TransferCoding Suspected(string value)
    {
        var letters = string.Concat(value.Where(char.IsAsciiLetterOrDigit));
        if (letters.Contains("base64", StringComparison.Ordinal))
            return TransferCoding.Base64;
        if (letters.Contains("quotedprintable", StringComparison.Ordinal))
            return TransferCoding.QuotedPrintable;
        if (letters.Contains("uue", StringComparison.Ordinal))
            return TransferCoding.UuEncode;
        return letters.Contains("64", StringComparison.Ordinal) ? TransferCoding.Base64 : TransferCoding.Identity;
    }

    // Only a body of full base64 lines that decodes to something with a known signature counts.
    private static bool LooksLikeBase64(ReadOnlySpan<byte> body)
    {
        var text = body.Trim(" \t\r\n"u8);
        if (text.Length < 120)
            return false;
        var sample = text[..Math.Min(text.Length, 4_096)];
        if (sample.ContainsAnyExcept(Base64Lines))
            return false;
        var line = text.IndexOf((byte)'\n');
        return line is < 0 or >= 56 && !sample[..Math.Min(60, sample.Length)].ContainsAny("\r\n="u8);
    }

    private static ReadOnlyMemory<byte>? AfterJunkLines(ReadOnlyMemory<byte> body)
    {
        var span = body.Span;
        for (int position = 0, lines = 0; position < span.Length && lines < 50; lines++)
        {
            var feed = span[position..].IndexOf((byte)'\n');
            var line = (feed < 0 ? span[position..] : span.Slice(position, feed)).TrimEnd(" \t\r"u8);
            if (line.Length >= 20 && !line.ContainsAnyExcept(Base64Line))
                return position == 0 ? null : body[position..];
            if (feed < 0)
                break;
            position += feed + 1;
        }

        return null;
    }

    private static byte[] Gunzip(byte[] packed, string where, ReadBudget budget)
    {
        using var output = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var buffer = new byte[16 * 1024];
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                var granted = budget.TakeDecoded(read, where);
                output.Write(buffer, 0, granted);
                if (granted < read)
                    break;
            }
        }
        catch (InvalidDataException)
        {
            budget.Note("broken-gzip", where, "the gzip stream is damaged");
        }

        return output.ToArray();
    }
}
