using System.Globalization;
using System.Text;
using DnsClient;

namespace Platform.Dns;

/// <summary>Names of answers. DnsClient decodes their A-labels (RFC 5890, 2.3.2.1); here they are A-labels again.</summary>
internal static class HostName
{
    /// <summary>Without the last dot. A name with octets that are no UTF-8 comes as DnsClient shows it, and is none to ask for.</summary>
    public static string Of(DnsString name)
    {
        var text = name.Original.TrimEnd('.');
        if (Ascii.IsValid(text))
            return text;
        try
        {
            return new IdnMapping { AllowUnassigned = true }.GetAscii(text);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
