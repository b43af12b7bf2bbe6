using Platform.Engine.Mail;

namespace Platform.Engine.PersonalData;

/// <summary>What of a mail is looked at for personal data: every text that leaves with it, seen or not.</summary>
internal static class MailTexts
{
    public static IEnumerable<ScannedText> Of(MailMessage message)
    {
        yield return new ScannedText(PersonalDataPart.Subject, "", message.Subject);
        // White on white leaves the house too.
        var others = new[] { message.HiddenText, message.AlternativeText }.Where(text => text.Length > 0);
        yield return new ScannedText(PersonalDataPart.Body, "", string.Join("\n\n", others.Prepend(message.VisibleText)));
        foreach (var (path, text) in message.WholeTexts)
            yield return new ScannedText(PersonalDataPart.Attachment, path, text);
    }

    /// <summary>Addresses of the header, in lower case.</summary>
    public static IReadOnlySet<string> PartiesOf(MailMessage message) =>
        new[] { message.From, message.Sender, message.ReplyTo, message.To, message.Cc }.SelectMany(addresses => addresses).Select(address => address.Address.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
}
