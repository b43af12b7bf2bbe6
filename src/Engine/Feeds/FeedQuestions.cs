namespace Platform.Engine.Feeds;

/// <summary>What a message holds that others may know. Bounded; all of it is a stranger's text.</summary>
/// <param name="Files">At most <see cref="MaxFiles"/>.</param>
/// <param name="Urls">By <see cref="UrlKey"/>, at most <see cref="MaxLinks"/>.</param>
/// <param name="Hosts">Of the links: lower-case A-labels or an IP address, at most <see cref="MaxLinks"/>.</param>
/// <param name="Senders">Addresses of author, sender, reply and reverse-path, lower-case, at most <see cref="MaxSenders"/>.</param>
/// <param name="Origin">IP address whence the message came; null when unknown.</param>
public sealed record FeedQuestions(
    IReadOnlyList<FileFingerprint> Files,
    IReadOnlyList<string> Urls,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<string> Senders,
    string? Origin)
{
    public const int MaxFiles = 200;
    public const int MaxLinks = 200;
    public const int MaxSenders = 16;

    /// <summary>Characters of any one text.</summary>
    public const int MaxText = 2_000;

    /// <summary>True when every bound is kept: for one who takes questions from a stranger.</summary>
    public bool IsBounded =>
        Files.Count <= MaxFiles && Urls.Count <= MaxLinks && Hosts.Count <= MaxLinks && Senders.Count <= MaxSenders
        && Files.All(file => file.Path.Length <= MaxText && file.Md5.Length == 32 && file.Sha1.Length == 40 && file.Sha256.Length == 64)
        && Urls.Concat(Hosts).Concat(Senders).All(text => text.Length <= MaxText) && (Origin?.Length ?? 0) <= 64;
}

/// <summary>Digests of a decoded file in lower-case hex: lists are keyed by any of the three.</summary>
/// <param name="Path">Attachment path.</param>
public sealed record FileFingerprint(string Path, string Md5, string Sha1, string Sha256);
