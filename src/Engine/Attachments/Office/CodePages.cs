using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Office;

/// <summary>Encodings by the number under which Windows knows them.</summary>
internal static class CodePages
{
    public static Encoding Western => Charsets.Windows1252;

    /// <summary><see cref="Western"/> where there is none of this number.</summary>
    public static Encoding Get(int codePage)
    {
        // Asking for it first has the legacy encodings registered.
        var western = Western;
        try
        {
            return codePage is 0 or 1252 or 10000 ? western : Encoding.GetEncoding(codePage);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return western;
        }
    }
}
