using System.Buffers;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Queries that make Excel fetch cells from elsewhere: <c>.iqy</c> (WEB, 1, address), <c>.dqy</c>, <c>.oqy</c>, <c>.rqy</c>, <c>.odc</c>. A
/// fetched cell may be a DDE formula that starts a program. SharePoint writes them too, to lists of its own host.
/// </summary>
internal sealed class WebQueryReader : IFileReader
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\"'<>;");

    public bool Reads(MailAttachment file) => file.Type.Id == "iqy" || FileTypes.Extension(file.FileName) is "iqy" or "rqy" or "dqy" or "oqy" or "odc";

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file);
        string[] lines = [.. SmallText.Lines(text).Take(200)];
        foreach (var line in lines)
            if (AddressIn(line) is { } address)
            {
                contents.Link(address);
                contents.Fact(IsList(lines, address) ? "web-query-plain" : "web-query-remote", "address", address);
            }
            else if (SheetFormula.Judge(line) is { } seen)
            {
                contents.Fact(seen, "line", line);
            }
    }

    private static string? AddressIn(string line)
    {
        var at = line.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return NetworkPlace.OutsideHostOf(line) is null ? null : line;
        var end = line.AsSpan(at).IndexOfAny(Ends) is var found and >= 0 ? at + found : line.Length;
        return line[at..end].Contains("://", StringComparison.Ordinal) ? line[at..end] : null;
    }

    private static bool IsList(string[] lines, string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (NetworkPlace.IsInside(uri.Host) || uri.Host.EndsWith(".sharepoint.com", StringComparison.OrdinalIgnoreCase) && lines.Any(line => line.StartsWith("SharePoint", StringComparison.OrdinalIgnoreCase)));
}
