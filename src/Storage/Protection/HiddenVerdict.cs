using System.Globalization;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Purging;

namespace Platform.Storage.Protection;

/// <summary>
/// The verdict on a protected mail as rows, events and search may hold it: who writes to whom, what it is and why by id and weight stay;
/// whatever a reason quotes does not. Where all of the mail is protected, neither do subject, text, names of files and links.
/// </summary>
internal static class HiddenVerdict
{
    public static Verdict OfFiles(Verdict verdict)
    {
        var redacted = StoredJson.ReadVerdict(VerdictRedaction.Of(StoredJson.Write(verdict)));
        return verdict with { Reasons = redacted.Reasons, Behaviours = redacted.Behaviours, PersonalData = redacted.PersonalData };
    }

    public static Verdict OfMail(Verdict verdict)
    {
        var redacted = OfFiles(verdict);
        return redacted with
        {
            Facts = verdict.Facts with
            {
                Subject = "",
                Text = "",
                FilesText = "",
                Links = [],
                MoreNames = [],
                Attachments = [.. verdict.Facts.Attachments.Select(static (file, index) => file with { Name = Name(file, index), DeclaredType = file.Type })],
            },
        };
    }

    /// <summary>Its number and, as it tells what kind of file it is, its extension.</summary>
    private static string Name(AttachmentFacts file, int index)
    {
        var extension = Path.GetExtension(file.Name);
        return string.Create(CultureInfo.InvariantCulture, $"{index + 1}{(extension.Length is > 1 and <= 8 && extension[1..].All(char.IsAsciiLetterOrDigit) ? extension : "")}");
    }
}
