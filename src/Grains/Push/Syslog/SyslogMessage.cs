using System.Globalization;
using System.Text;

namespace Platform.Grains.Push.Syslog;

// Syslog over TLS: RFC 5424 says how a message looks, RFC 5425 how messages follow each other on a connection: each behind its length
// in octets and a space. There is no answer, neither to a message nor to a connection: what was written has arrived when the receiver's
// TCP has confirmed it, which a program is not told. See SyslogStream for what follows from that.

/// <summary>Writes one syslog message (RFC 5424, 6) in its frame (RFC 5425, 4.3).</summary>
internal static class SyslogMessage
{
    public const string AppName = "mail-inspection";

    private const int MaxHostname = 255;
    private const int MaxMessageId = 32;
    private const string Nil = "-";

    /// <param name="facility">0 to 23 (RFC 5424, 6.2.1).</param>
    /// <param name="severity">0 to 7 (RFC 5424, 6.2.1).</param>
    /// <param name="messageId">What kind of message it is.</param>
    /// <param name="text">One line, UTF-8 without a byte order mark, since common formats inside of it do not expect one.</param>
    public static byte[] Frame(int facility, int severity, DateTimeOffset at, string hostname, string messageId, string text)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"<{(facility * 8) + severity}>1 {at.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Field(hostname, MaxHostname)} {AppName} {Nil} {Field(messageId, MaxMessageId)} {Nil} ");
        var size = Encoding.UTF8.GetByteCount(head) + Encoding.UTF8.GetByteCount(text);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{size} {head}{text}"));
    }

    /// <summary>PRINTUSASCII alone (RFC 5424, 6).</summary>
    private static string Field(string text, int max)
    {
        var field = new string([.. text.Take(max).Select(c => c is > ' ' and < '\u007f' ? c : '_')]);
        return field.Length == 0 ? Nil : field;
    }
}
