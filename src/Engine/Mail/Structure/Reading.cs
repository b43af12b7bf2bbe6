using System.Text;

namespace Platform.Engine.Mail.Structure;

/// <summary>
/// Choices where the standard is silent or not obeyed, and mail programs differ (RFC 2046, 5.1; RFC 2049, 2). None of
/// them set is the standard's own reading, RFC 2045, 5 and RFC 2046, 5.1.1.
/// </summary>
[Flags]
public enum Interpretation
{
    /// <summary>Whole delimiter lines, outer ones before inner ones, first of doubled fields (RFC 2046, 5.1.1 and 5.1.2).</summary>
    Standard = 0,

    /// <summary>A line that begins as a delimiter is one, whatever follows (RFC 2046, 5.1.1, the note to implementors).</summary>
    DelimiterByPrefix = 1,

    /// <summary>Inside of a multipart only its own delimiter is looked for, not those around it (against RFC 2046, 5.1.2).</summary>
    InnermostDelimiterOnly = 2,

    /// <summary>Of fields that may stand once the last one counts (RFC 5322, 3.6 allows one; RFC 2045, 3 as well).</summary>
    LastField = 4,

    /// <summary>A header goes on to an empty line, over lines that are no fields (RFC 5322, 2.1).</summary>
    HeaderToEmptyLine = 8,

    /// <summary>What follows the closing delimiter is epilogue, even when it looks like parts (RFC 2046, 5.1.1).</summary>
    EndsAtClose = 16,

    /// <summary>A multipart without delimiters has no parts, in place of being a text (RFC 2046, 5.1.1 asks for one at least).</summary>
    MayBeEmpty = 32,

    /// <summary>A carriage return alone ends a line too (RFC 5322, 2.3 forbids it; gateways make it so, RFC 2049, 3).</summary>
    BareReturnEndsLine = 64,

    /// <summary>Base64 with characters outside of its alphabet is shown as it stands (against RFC 2045, 6.8).</summary>
    StrictBase64 = 128,
}

/// <summary>
/// One tree that mail programs may see in a message (RFC 2046, 5.1). A well-formed message has one. Two of different content
/// are the sign of a message made to be filtered as one thing and opened as another.
/// </summary>
public sealed class Reading
{
    private const int MaxOutlineLength = 160;

    internal Reading(string name, Interpretation choices, MailPart root) => (Name, Choices, Root) = (name, choices, root);

    /// <summary>The choices in words, for evidence: <c>standard</c> (RFC 2046, 5.1.1), <c>delimiters by prefix</c>.</summary>
    public string Name { get; }

    /// <summary>How it was read, where RFC 2046, 5.1 leaves room or is not obeyed.</summary>
    public Interpretation Choices { get; }

    /// <summary>The outermost entity (RFC 2045, 2.4). In readings but the first all paths begin with <c>1~</c>.</summary>
    public MailPart Root { get; }

    /// <summary>The leaves in one line, at most 160 characters: media types (RFC 2045, 5.1) and file names (RFC 2183, 2.3) in order.</summary>
    public string Outline()
    {
        var text = new StringBuilder();
        var pending = new Stack<MailPart>();
        pending.Push(Root);
        while (text.Length <= MaxOutlineLength && pending.TryPop(out var part))
        {
            for (var i = part.Children.Count - 1; i >= 0; i--)
                pending.Push(part.Children[i]);
            if (part.Children.Count > 0)
                continue;
            text.Append(text.Length > 0 ? ", " : "").Append(part.MediaType);
            if (part.FileName is { } name)
                text.Append(" \"").Append(name).Append('"');
        }

        return text.Length <= MaxOutlineLength ? text.ToString() : $"{text.ToString(0, MaxOutlineLength - 1)}…";
    }
}
