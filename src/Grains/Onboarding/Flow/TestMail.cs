using System.Globalization;
using System.Text;

namespace Platform.Grains.Onboarding.Flow;

/// <summary>The mail of a round trip: small, plain, harmless, and told apart by its Message-ID (RFC 5322, 3.6.4).</summary>
internal sealed record TestMail(string Id, string From, string FromName, string To, string Language, DateTimeOffset Now)
{
    public byte[] ToBytes()
    {
        var wording = OnboardingWording.Of(Language);
        var text = wording["test.text"].ReplaceLineEndings("\r\n");
        var header = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: {Word(FromName)} <{From}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: <{To}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {Word(wording["test.subject"])}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {Now:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{Id}>\r\n")
            // RFC 3834, 5: nobody's holiday notice answers it.
            .Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        return Encoding.ASCII.GetBytes(header + Convert.ToBase64String(Encoding.UTF8.GetBytes(text + "\r\n"), Base64FormattingOptions.InsertLineBreaks) + "\r\n");
    }

    /// <summary>An encoded word (RFC 2047, 4.1); our own texts fit into one.</summary>
    private static string Word(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-')
        ? text
        : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
