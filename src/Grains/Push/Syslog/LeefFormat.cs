using System.Globalization;
using System.Text;

namespace Platform.Grains.Push.Syslog;

// IBM QRadar Log Event Extended Format, version 2.0:
// LEEF:2.0|vendor|product|version|event id|delimiter|key=value<delimiter>key=value ...
// It knows no escape: a character that would end a field must not stand in one. The delimiter here is the tab, written x09.

/// <summary>An event as LEEF 2.0. Predefined keys where there are some, our own names for the rest.</summary>
internal static class LeefFormat
{
    private const int MaxValue = 1_000;
    private const char Delimiter = '\t';

    public static string Write(EventFields fields)
    {
        var text = new StringBuilder("LEEF:2.0|Mail Inspection|Platform|1|");
        text.Append(Header(fields.Kind)).Append("|x09|");
        var first = true;
        foreach (var (key, value) in Attributes(fields))
        {
            if (string.IsNullOrEmpty(value))
                continue;
            if (!first)
                text.Append(Delimiter);
            text.Append(key).Append('=').Append(OneLine.Bounded(value, MaxValue));
            first = false;
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, string? Value)> Attributes(EventFields fields)
    {
        yield return ("devTime", fields.OccurredAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        yield return ("devTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSX");
        yield return ("sev", Math.Max(1, fields.Severity).ToString(CultureInfo.InvariantCulture));
        yield return ("cat", fields.Text("attackType") ?? fields.Text("verdict"));
        yield return ("src", fields.Text("origin.address") ?? fields.Text("clientAddress"));
        yield return ("usrName", fields.Text("recipient"));
        yield return ("policy", fields.Text("rule.name"));
        yield return ("url", fields.First("links"));
        yield return ("eventId", fields.Text("id"));
        yield return ("sequence", fields.Text("sequence"));
        yield return ("tenant", fields.Text("tenant"));
        yield return ("action", fields.Text("action"));
        yield return ("state", fields.Text("state"));
        yield return ("reason", fields.Text("reason") ?? fields.Text("status"));
        yield return ("sender", fields.Text("sender"));
        yield return ("headerFrom", fields.Text("from"));
        yield return ("subject", fields.Text("subject"));
        yield return ("messageIdHeader", fields.Text("messageIdHeader"));
        yield return ("direction", fields.Text("direction"));
        yield return ("verdict", fields.Text("verdict"));
        yield return ("score", fields.Text("score"));
        yield return ("country", fields.Text("origin.country"));
        yield return ("reasons", fields.All("reasons", "id"));
        yield return ("fileName", fields.First("attachments", "name"));
        yield return ("fileHash", fields.First("attachments", "sha256"));
        yield return ("messageId", fields.Text("messageId"));
        yield return ("deliveryId", fields.Text("deliveryId"));
        yield return ("actor", fields.Text("actor"));
    }

    private static string Header(string text) => OneLine.Bounded(text, MaxValue).Replace('|', ' ');
}
