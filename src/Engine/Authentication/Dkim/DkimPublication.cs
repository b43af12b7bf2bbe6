using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>What DNS says of a key that we made (RFC 6376, 6.1.2).</summary>
public enum DkimPublicationState
{
    /// <summary>The record is there and verifiers can use it (RFC 6376, 3.6.1).</summary>
    Published,

    /// <summary>There is no record (RFC 6376, 6.1.2).</summary>
    Missing,

    /// <summary>There is another, or one that verifiers do not take for this key (RFC 6376, 6.1.2).</summary>
    Different,

    /// <summary>DNS gave no answer (RFC 6376, 6.1.2).</summary>
    NoAnswer,
}

/// <summary>The key record, as it is to be published and as it is (RFC 6376, 3.6).</summary>
public static class DkimPublication
{
    private const int MaxString = 255;

    /// <summary>Where the record stands (RFC 6376, 3.6.2.1).</summary>
    public static string NameOf(string selector, string domain) => $"{selector}._domainkey.{domain}";

    /// <summary>The record's text (RFC 6376, 3.6.1; RFC 8463, 4.1).</summary>
    /// <param name="keyType"><c>rsa</c> or <c>ed25519</c>.</param>
    public static string TextOf(string keyType, string publicKey) => $"v=DKIM1; k={keyType}; p={publicKey}";

    /// <summary>The record as a line of a zone file, in strings of 255 octets at most (RFC 1035, 3.3 and 5.1).</summary>
    public static string LineOf(string selector, string domain, string text) =>
        $"{NameOf(selector, domain)}. IN TXT {string.Join(' ', text.Chunk(MaxString).Select(part => $"\"{new string(part)}\""))}";

    /// <summary>What of it is published. Verifiers take any one of several records, so a second one makes it unsure (RFC 6376, 3.6.2.2).</summary>
    public static DkimPublicationState Of(DnsAnswer answer, string keyType, string publicKey)
    {
        if (answer.IsTemporary)
            return DkimPublicationState.NoAnswer;
        var texts = answer.Records.OfType<DnsRecord.Text>().ToList();
        if (texts.Count == 0)
            return DkimPublicationState.Missing;
        return texts is [{ Value: var text }] && DkimKeyRecord.Parse(text, out _) is { IsForMail: true, IsTesting: false } record
            && record.KeyType == keyType && record.Key == publicKey && record.Allows("sha256")
            ? DkimPublicationState.Published
            : DkimPublicationState.Different;
    }
}
