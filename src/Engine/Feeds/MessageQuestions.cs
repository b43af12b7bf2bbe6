using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Platform.Engine.Intelligence;
using Platform.Engine.Links;
using Platform.Engine.Mail;

namespace Platform.Engine.Feeds;

/// <summary>Makes the questions that a message gives rise to.</summary>
internal static class MessageQuestions
{
    private const long MostDigested = 64L * 1024 * 1024;

    public static FeedQuestions Of(MailMessage message, Envelope envelope, Origin origin)
    {
        HashSet<string> urls = new(StringComparer.Ordinal);
        HashSet<string> hosts = new(StringComparer.Ordinal);
        foreach (var link in message.Links)
        {
            if (UrlKey.Of(link.Uri) is not { Length: <= FeedQuestions.MaxText } key)
                continue;
            if (urls.Count < FeedQuestions.MaxLinks)
                urls.Add(key);
            if (hosts.Count < FeedQuestions.MaxLinks)
                hosts.Add(link.Host.TrimEnd('.'));
        }

        return new FeedQuestions(Fingerprints(message.Attachments), [.. urls], [.. hosts], Senders(message, envelope), origin.Address is { Length: <= 64 } address ? address : null);
    }

    private static List<FileFingerprint> Fingerprints(IReadOnlyList<MailAttachment> files)
    {
        List<FileFingerprint> prints = [];
        var left = MostDigested;
        foreach (var file in files)
        {
            if (prints.Count >= FeedQuestions.MaxFiles)
                break;
            if (file.Content.IsEmpty || (left -= file.Content.Length) < 0)
                continue;
            prints.Add(Fingerprint(file));
        }

        return prints;
    }

    [SuppressMessage("Security", "CA5350", Justification = "Lists of malware are keyed by SHA-1.")]
    [SuppressMessage("Security", "CA5351", Justification = "Lists of malware are keyed by MD5.")]
    private static FileFingerprint Fingerprint(MailAttachment file) => new(
        file.Path.Length <= FeedAnswers.MaxText ? file.Path : file.Path[^FeedAnswers.MaxText..],
        Convert.ToHexStringLower(MD5.HashData(file.Content.Span)),
        Convert.ToHexStringLower(SHA1.HashData(file.Content.Span)),
        Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)));

    private static List<string> Senders(MailMessage message, Envelope envelope)
    {
        HashSet<string> senders = new(StringComparer.Ordinal);
        foreach (var address in message.From.Concat(message.Sender).Concat(message.ReplyTo))
            if (address.Domain.Length > 0)
                Add($"{address.LocalPart}@{OrganisationalDomain.ToAscii(address.Domain)}");
        if (envelope.MailFrom is { } path && path.Contains('@', StringComparison.Ordinal))
            Add($"{path[..path.LastIndexOf('@')]}@{OrganisationalDomain.ToAscii(path[(path.LastIndexOf('@') + 1)..])}");
        return [.. senders];

        void Add(string address)
        {
            if (address.Length <= FeedQuestions.MaxText && senders.Count < FeedQuestions.MaxSenders)
                senders.Add(address.ToLowerInvariant());
        }
    }
}
