using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Platform.Grains.Push.Syslog;

// ArcSight Common Event Format, version 0 ("Implementing ArcSight Common Event Format", with its dictionary of extension keys):
// CEF:0|vendor|product|version|event class|name|severity|key=value key=value ...
// In the header \ and | are escaped by a backslash; in a value \ and =, and a line break is written \n or \r.

/// <summary>An event as CEF. Keys are those of the dictionary; what it has no key for stands in custom fields, each with its label.</summary>
internal static class CefFormat
{
    private const int MaxValue = 1_000;

    public static string Write(EventFields fields)
    {
        var text = new StringBuilder("CEF:0|Mail Inspection|Platform|1|");
        text.Append(Header(fields.Kind)).Append('|').Append(Header(Name(fields))).Append('|').Append(fields.Severity.ToString(CultureInfo.InvariantCulture)).Append('|');
        var first = true;
        foreach (var (key, value) in Extension(fields))
        {
            if (string.IsNullOrEmpty(value))
                continue;
            text.Append(first ? "" : " ").Append(key).Append('=').Append(Value(value));
            first = false;
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, string? Value)> Extension(EventFields fields)
    {
        yield return ("rt", fields.OccurredAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        yield return ("externalId", fields.Text("id"));
        yield return ("cat", fields.Text("attackType"));
        yield return ("act", fields.Text("action") ?? fields.Text("state"));
        yield return ("outcome", fields.Text("state"));
        yield return ("reason", fields.Text("reason") ?? fields.Text("status"));
        yield return ("suser", fields.Text("sender"));
        yield return ("duser", fields.Text("recipient"));
        yield return ("msg", fields.Text("subject"));
        foreach (var field in Source(fields.Text("origin.address") ?? fields.Text("clientAddress")))
            yield return field;
        yield return ("deviceDirection", fields.Text("direction") switch { "inbound" => "0", "outbound" => "1", _ => null });
        yield return ("fname", fields.First("attachments", "name"));
        yield return ("fsize", fields.First("attachments", "size"));
        yield return ("fileHash", fields.First("attachments", "sha256"));
        yield return ("fileType", fields.First("attachments", "type"));
        yield return ("request", fields.First("links"));
        yield return ("dproc", fields.Text("actor"));
        foreach (var field in Custom("cs", 1, ("Verdict", fields.Text("verdict")), ("HeaderFrom", fields.Text("from")), ("MessageId", fields.Text("messageIdHeader")),
            ("Reasons", fields.All("reasons", "id")), ("Country", fields.Text("origin.country")), ("Tenant", fields.Text("tenant"))))
        {
            yield return field;
        }

        foreach (var field in Custom("cn", 1, ("Score", fields.Text("score")), ("Sequence", fields.Text("sequence"))))
            yield return field;
        foreach (var field in Custom("flexString", 1, ("LocalMessageId", fields.Text("messageId")), ("DeliveryId", fields.Text("deliveryId"))))
            yield return field;
    }

    private static IEnumerable<(string Key, string? Value)> Source(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return [];
        return parsed.AddressFamily == AddressFamily.InterNetwork ? [("src", address)] : [("c6a2", address), ("c6a2Label", "Source IPv6 Address")];
    }

    private static IEnumerable<(string Key, string? Value)> Custom(string prefix, int from, params (string Label, string? Value)[] fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (string.IsNullOrEmpty(fields[i].Value))
                continue;
            var key = string.Create(CultureInfo.InvariantCulture, $"{prefix}{from + i}");
            yield return (key, fields[i].Value);
            yield return (key + "Label", fields[i].Label);
        }
    }

    private static string Name(EventFields fields) => fields.Text("verdict") is { } verdict ? $"{fields.Kind}: {verdict}" : fields.Kind;

    private static string Header(string text) => Clean(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ').Replace('\r', ' ');

    private static string Value(string text) => Clean(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("=", "\\=", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);

    /// <summary>Bounded, without other control characters.</summary>
    private static string Clean(string text) => OneLine.Bounded(text, MaxValue, keepBreaks: true);
}
