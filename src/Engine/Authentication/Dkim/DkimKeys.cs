using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Authentication.Dkim;

/// <summary>Which key a signature wants, and for what.</summary>
internal readonly record struct KeyUse(string Selector, string Domain, DkimAlgorithm Algorithm)
{
    /// <summary>Where the key record stands (RFC 6376, 3.6.2.1).</summary>
    public string Name => $"{Selector}._domainkey.{Domain}";

    /// <summary>A domain has two labels at least (RFC 6376, 3.5), a name 253 octets at most (RFC 1035, 2.3.4).</summary>
    public bool IsName => Domain.Contains('.', StringComparison.Ordinal) && Name.Length <= SigningDomain.MaxName;
}

/// <param name="Fault">Why there is no key; null when there is one.</param>
internal sealed record KeyLookup(DkimKeyRecord? Record, DkimPublicKey? Key, DkimFinding? Fault);

/// <summary>Fetches keys for the signatures of one message, each name once (RFC 6376, 3.6.2 and 6.1.2).</summary>
internal sealed class DkimKeys(IDnsResolver dns, DkimKeyCache cache)
{
    private const int MaxRecords = 8;

    private readonly Dictionary<string, Task<DnsAnswer>> _answers = new(StringComparer.Ordinal);

    /// <summary>Asks now, so that all answers are on their way before the first is needed.</summary>
    public void Begin(KeyUse use, CancellationToken cancellationToken) => _ = AskAsync(use.Name, cancellationToken);

    /// <summary>A key that may be used with the signature.</summary>
    public async ValueTask<KeyLookup> FindAsync(KeyUse use, bool isIdentityOfSubdomain, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(use.Name, cancellationToken).ConfigureAwait(false);
        if (answer.IsTemporary)
            return Refuse(new DkimFinding(AuthenticationResult.TempError, DkimReason.KeyUnavailable, "DNS gave no answer for the key"));
        if (answer.IsVoid)
            return Refuse(DkimFinding.Permanent(DkimReason.NoKey, "there is no key record"));

        // Several records at one name have no meaning of their own (RFC 6376, 3.6.2.2): the first that is a key counts.
        var fault = "there is no text record";
        foreach (var text in answer.Records.OfType<DnsRecord.Text>().Take(MaxRecords))
            if (DkimKeyRecord.Parse(text.Value, out fault) is { } record)
                return Check(record, use, isIdentityOfSubdomain);
        return Refuse(DkimFinding.Permanent(DkimReason.KeySyntax, $"the key record cannot be read: {fault}"));
    }

    private Task<DnsAnswer> AskAsync(string name, CancellationToken cancellationToken)
    {
        if (!_answers.TryGetValue(name, out var answer))
            _answers.Add(name, answer = dns.QueryAsync(name, DnsType.Txt, cancellationToken).AsTask());
        return answer;
    }

    private KeyLookup Check(DkimKeyRecord record, KeyUse use, bool isIdentityOfSubdomain)
    {
        if (!record.IsForMail)
            return Refuse(DkimReason.NotForMail, "the key's s= does not name mail", record);
        if (isIdentityOfSubdomain && record.IsStrict)
            return Refuse(DkimReason.DomainMismatch, "the key's t=s forbids an identity below the domain", record);
        if (!record.Allows(use.Algorithm.HashTag))
            return Refuse(DkimReason.InappropriateHash, $"the key's h= does not name {use.Algorithm.HashTag}", record);
        if (record.Key.Length == 0)
            return Refuse(DkimReason.KeyRevoked, "the key was revoked", record);
        if (record.KeyType != use.Algorithm.KeyType)
            return Refuse(DkimReason.InappropriateKey, $"the key is not of the kind {use.Algorithm.KeyType}", record);
        return cache.Read(record.KeyType, record.Key) is { } key
            ? new KeyLookup(record, key, null)
            : Refuse(DkimReason.KeySyntax, "p= holds no usable key", record);
    }

    private static KeyLookup Refuse(DkimReason reason, string explanation, DkimKeyRecord record) =>
        new(record, null, DkimFinding.Permanent(reason, explanation));

    private static KeyLookup Refuse(DkimFinding fault) => new(null, null, fault);
}
