using System.Globalization;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>A server's reply (RFC 5321, 4.2), its lines already bounded and free of control characters.</summary>
/// <param name="Lines">The texts behind the code, one at least, possibly empty.</param>
internal sealed record ServerReply(int Code, IReadOnlyList<string> Lines)
{
    public const int MaxTextLength = 900;

    public bool IsPositive => Code is >= 200 and < 300;

    public bool IsPermanent => Code is >= 500 and < 600;

    /// <summary>Code and text in one bounded line, for people and the Diagnostic-Code field.</summary>
    public string Text
    {
        get
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{Code} {string.Join(' ', Lines)}").TrimEnd();
            return text.Length <= MaxTextLength ? text : text[..MaxTextLength];
        }
    }

    /// <summary>The enhanced status code (RFC 2034) when the reply carries one of its own class, else <c>X.0.0</c>.</summary>
    public string EnhancedStatus
    {
        get
        {
            var given = Lines[0].Split(' ', 2)[0];
            return IsStatus(given) && given[0] - '0' == Code / 100 ? given : $"{Code / 100}.0.0";
        }
    }

    /// <summary><c>class.subject.detail</c>, RFC 3463.</summary>
    private static bool IsStatus(string text)
    {
        var parts = text.Split('.');
        return parts is [['2' or '4' or '5'], { Length: >= 1 and <= 3 } subject, { Length: >= 1 and <= 3 } detail]
            && subject.All(char.IsAsciiDigit)
            && detail.All(char.IsAsciiDigit);
    }
}
