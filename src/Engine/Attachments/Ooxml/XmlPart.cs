using System.Xml;

namespace Platform.Engine.Attachments.Ooxml;

/// <summary>Walks the nodes of a part without ever building a tree: no document type, no entities, nothing fetched.</summary>
internal static class XmlPart
{
    private const int MaxDepth = 1_000;

    /// <summary>False when the part is broken or nested beyond reason; the nodes before were seen.</summary>
    /// <param name="passDocumentType">A document type is passed over, unread, where the format has one; its entities stay unknown.</param>
    public static bool Walk(byte[] content, Action<XmlReader> see, bool passDocumentType = false)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = passDocumentType ? DtdProcessing.Ignore : DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content, writable: false), settings);
            while (reader.Read())
            {
                if (reader.Depth > MaxDepth)
                    return false;
                see(reader);
            }

            return true;
        }
        catch (Exception exception) when (exception is XmlException or ArgumentException or NotSupportedException or System.Text.DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The value of an attribute whatever its namespace; null when there is none.</summary>
    public static string? Attribute(this XmlReader reader, string name)
    {
        if (!reader.HasAttributes)
            return null;
        string? value = null;
        while (reader.MoveToNextAttribute())
            if (reader.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = reader.Value;
                break;
            }

        reader.MoveToElement();
        return value;
    }
}
