namespace Platform.Engine.Authentication.Author;

/// <summary>What the fields read so far gave: candidates for the author, and all that is shown.</summary>
internal sealed class FromReading(HashSet<string> oddities)
{
    private const int MaxAddressLength = 320;

    // What is no domain name is dear to find out.
    private const int MaxLookedAt = 1_000;

    private readonly List<string> _domains = [];
    private bool _hasBadDomain;
    private int _lookedAt;

    public HashSet<string> Oddities { get; } = oddities;

    public List<ShownAddress> Addresses { get; } = [];

    public int Mailboxes { get; private set; }

    /// <summary>There is more than is read.</summary>
    public bool IsFull { get; private set; }

    public IReadOnlyList<string> CandidateDomains => _domains;

    public AuthorFault Fault =>
        _hasBadDomain ? AuthorFault.BadDomain
        : Mailboxes == 0 ? AuthorFault.NoAddress
        : _domains.Count > 1 ? AuthorFault.SeveralDomains
        : AuthorFault.None;

    public void Candidate(string local, string domain, AddressPlace place)
    {
        if (IsFull)
            return;
        if (place == AddressPlace.Mailbox)
            Mailboxes++;
        if (local.Contains("=?", StringComparison.Ordinal))
            Text($"{local}@{domain}", AddressPlace.Name, isCandidate: true);
        var control = domain.AsSpan().IndexOfAnyInRange('\0', '\x1F');
        if (control >= 0)
        {
            // One reader stops at the control, another leaves it out.
            _hasBadDomain = true;
            AddDomain(MailDomain.Normalise(domain[..control]));
            Shown(local, domain[..control], place);
            domain = Clean(domain);
        }

        var normal = MailDomain.Normalise(domain);
        _hasBadDomain |= normal.Length == 0;
        AddDomain(normal);
        Shown(local, domain, place);
    }

    /// <summary>An address that is text to the standard; a candidate only when <paramref name="isCandidate"/> says that readers differ.</summary>
    public void Text(string text, AddressPlace place, bool isCandidate)
    {
        foreach (var (local, domain) in AddressesInText.Find(FromReader.Decoded(text)))
        {
            IsFull |= ++_lookedAt > MaxLookedAt;
            if (IsFull)
                return;
            var normal = MailDomain.Normalise(domain);
            if (!normal.Contains('.', StringComparison.Ordinal))
                continue;
            if (isCandidate)
                AddDomain(normal);
            Shown(local, domain, place);
        }
    }

    private void Shown(string local, string domain, AddressPlace place)
    {
        if (Addresses.Count >= FromReader.MaxAddresses)
        {
            IsFull = true;
            return;
        }

        var address = Clean($"{local}@{domain}");
        Addresses.Add(new ShownAddress(address.Length <= MaxAddressLength ? address : address[..MaxAddressLength], MailDomain.Normalise(domain), place));
    }

    private void AddDomain(string domain)
    {
        if (domain.Length > 0 && _domains.Count < FromReader.MaxAddresses && !_domains.Contains(domain))
            _domains.Add(domain);
    }

    private static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Where(c => !char.IsControl(c))) : text;
}
