using System.Globalization;
using System.Text;

namespace Platform.Mails;

/// <summary>
/// A rendered mail as bytes: <c>multipart/alternative</c> (RFC 2046, 5.1.4), the plain text first. It says that a program made
/// it (RFC 3834, 5) and asks for no automatic answers.
/// </summary>
/// <param name="Id">Of the message; makes its Message-ID and its boundary.</param>
/// <param name="Unsubscribe">A page where such mails are turned off (RFC 2369, 3.2); null where none can be.</param>
/// <param name="InReplyTo">Message-ID of the mail that it answers, as it stands there with its angle brackets; null for none.</param>
public sealed record MimeMail(Guid Id, string Hostname, MailBrand From, string To, DateTimeOffset Date, RenderedMail Content, Uri? Unsubscribe = null, string? InReplyTo = null)
{
    /// <summary>The longest encoded word has 75 characters (RFC 2047, 2): so many bytes of text fit in one.</summary>
    private const int BytesInWord = 45;

    public byte[] ToBytes()
    {
        var boundary = $"=_mail_{Id:N}";
        var mail = new StringBuilder();
        Line($"Date: {Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}");
        Line($"From: {EncodedWords(From.Name)} <{From.Address}>");
        Line($"To: <{To}>");
        Line($"Subject: {EncodedWords(Content.Subject)}");
        Line($"Message-ID: <{Id:N}@{Hostname}>");
        if (InReplyTo is { } answered && IsMessageId(answered))
        {
            Line($"In-Reply-To: {answered}");
            Line($"References: {answered}");
        }

        Line(InReplyTo is null ? "Auto-Submitted: auto-generated" : "Auto-Submitted: auto-replied");
        Line("X-Auto-Response-Suppress: All");
        if (Unsubscribe is { } page)
            Line($"List-Unsubscribe: <{page.AbsoluteUri}>");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"");
        Line("");
        Part("text/plain", Content.Text);
        Part("text/html", Content.Html);
        Line($"--{boundary}--");
        return Encoding.UTF8.GetBytes(mail.ToString());

        void Line(string text) => mail.Append(text).Append("\r\n");

        void Part(string type, string text)
        {
            Line($"--{boundary}");
            Line($"Content-Type: {type}; charset=utf-8");
            Line("Content-Transfer-Encoding: base64");
            Line("");
            Line(Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n"));
        }
    }

    /// <summary>A hostile mail's Message-ID goes into a header of ours only when it is nothing but one (RFC 5322, 3.6.4).</summary>
    private static bool IsMessageId(string text) =>
        text.Length is > 4 and < 900 && text[0] == '<' && text[^1] == '>' && text.All(c => c is > ' ' and <= '~') && text.AsSpan(1, text.Length - 2).IndexOfAny('<', '>') < 0;

    /// <summary>As an atom phrase where that is safe, else as encoded words that never cut a character (RFC 2047, 5).</summary>
    private static string EncodedWords(string text)
    {
        if (text.Length > 0 && text.Length < 60 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '\''))
            return text;
        List<string> words = [];
        var chunk = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(chunk.ToString()) + rune.Utf8SequenceLength > BytesInWord)
                Flush();
            chunk.Append(rune.ToString());
        }

        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            if (chunk.Length > 0)
                words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk.ToString()))}?=");
            chunk.Clear();
        }
    }
}
