using System.Text;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Writes tag lists as header fields, folded between tags and, where a value is long, within it (RFC 6376, 3.5; RFC 5322, 2.1.1).</summary>
internal static class SignatureText
{
    private const int LineLength = 76;
    private const string Fold = "\r\n\t";

    /// <summary>
    /// The field with its line end. Only <c>b</c> and <c>h</c> are broken within; <c>b</c> begins a line whatever its length, so that it
    /// can be filled in without a change before it.
    /// </summary>
    /// <param name="isSignatureBroken">False keeps <c>b</c> on one line, which may then have some 700 octets (RFC 5322, 2.1.1 allows 998).</param>
    public static string Compose(string name, IReadOnlyList<(string Name, string Value)> tags, bool isSignatureBroken)
    {
        var text = new StringBuilder(name).Append(':');
        var column = text.Length;
        for (var index = 0; index < tags.Count; index++)
        {
            var tag = $"{tags[index].Name}={tags[index].Value}{(index == tags.Count - 1 ? "" : ";")}";
            var isFolded = tags[index].Name == "b" || column + 1 + tag.Length > LineLength;
            text.Append(isFolded ? Fold : " ");
            column = isFolded ? 1 : column + 1;
            while (column + tag.Length > LineLength && BreakAt(tags[index].Name, tag, LineLength - column, isSignatureBroken) is var length and > 0)
            {
                text.Append(tag, 0, length).Append(Fold);
                tag = tag[length..];
                column = 1;
            }

            text.Append(tag);
            column += tag.Length;
        }

        return text.Append("\r\n").ToString();
    }

    private static int BreakAt(string name, string tag, int room, bool isSignatureBroken) => name switch
    {
        "b" when isSignatureBroken => room,
        "h" => tag.LastIndexOf(':', Math.Min(room, tag.Length) - 1) + 1,
        _ => 0,
    };
}
