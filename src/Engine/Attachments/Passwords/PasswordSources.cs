using System.Globalization;
using MimeKit.Utils;
using Platform.Engine.Mail;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Passwords;

/// <summary>Where a mail may name a password: subject, what is seen and what is hidden, other text parts, alternative texts of pictures, file names, and what habit makes of date and company.</summary>
internal sealed record PasswordSources(IReadOnlyList<MailHeader> Headers, IReadOnlyList<MailPart> Leaves, string Visible, string Hidden, IReadOnlyList<HtmlBody> Html)
{
    private const int LongestPart = 64 * 1024, MostParts = 20, MostPictures = 50;

    public void ReadInto(PasswordFinder found)
    {
        found.Read(Field("Subject"));
        found.Read(Visible);
        found.Read(Hidden);
        foreach (var leaf in Leaves.Where(leaf => leaf.MediaType is "text/plain" or "application/octet-stream" && leaf.Content.Length is > 0 and <= LongestPart).Take(MostParts))
            if (TextTypes.IsText(leaf.Content.Span))
                found.Read(Charsets.Decode(leaf.Content.Span, leaf.Charset), isNote: leaf.FileName is not null && leaf.Content.Length < 1_024);
        foreach (var picture in Html.SelectMany(body => body.Document.Images).Take(MostPictures))
            found.Read(picture.AlternativeText ?? "");
        foreach (var leaf in Leaves.Where(leaf => leaf.FileName is not null).Take(MostParts))
            found.ReadName(leaf.FileName!);
        if (DateUtils.TryParse(Field("Date") is { Length: < 200 } date ? date : "", out var sent))
            foreach (var format in (ReadOnlySpan<string>)["yyyyMMdd", "MMdd", "yyMMdd"])
                found.Habit(sent.ToString(format, CultureInfo.InvariantCulture));
        foreach (var field in (ReadOnlySpan<string>)["From", "To"])
            if (Field(field) is var address && address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
                found.Habit(string.Concat(address[(at + 1)..].TakeWhile(char.IsLetterOrDigit)));
    }

    private string Field(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value ?? "";
}
