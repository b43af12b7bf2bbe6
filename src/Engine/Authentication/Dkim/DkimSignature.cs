namespace Platform.Engine.Authentication.Dkim;

/// <summary>A DKIM-Signature field (RFC 6376, 3.5): the common tags and those of DKIM alone.</summary>
internal sealed record DkimSignature(int FieldIndex, SignatureTags Tags, string Identity, bool IsIdentityOfSubdomain, DkimFinding? Fault)
{
    public const string FieldName = "DKIM-Signature";

    private const int MaxCopied = 100;

    /// <summary>Fields copied into <c>z=</c>, <c>Name:value</c>, for a person who looks for what was changed (RFC 6376, 3.5).</summary>
    public IReadOnlyList<string> CopiedFields { get; private init; } = [];

    public static DkimSignature Parse(int index, RawField field)
    {
        var tags = SignatureTags.Parse(field);
        var identity = tags.Domain.Length > 0 ? "@" + tags.Domain : "";
        if (tags.List is null)
            return new DkimSignature(index, tags, identity, false, tags.Fault);
        var fault = VersionFault(tags.List) ?? tags.Fault;
        var isSubdomain = false;
        if (tags.List.Compact("i") is { } given)
        {
            if (Read(given) is var (text, domain))
            {
                identity = text;
                isSubdomain = domain != tags.Domain;
                if (!SigningDomain.IsWithin(domain, tags.Domain))
                    fault ??= DkimFinding.Permanent(DkimReason.DomainMismatch, "the identity in i= is not of the domain in d=");
            }
            else
            {
                fault ??= DkimFinding.Syntax("i= is no identity");
            }
        }

        if (fault is null && !tags.Signs("From"))
            fault = DkimFinding.Permanent(DkimReason.FromNotSigned, "h= does not name From");
        return new DkimSignature(index, tags, identity, isSubdomain, fault) { CopiedFields = Copied(tags.List) };
    }

    private static DkimFinding? VersionFault(TagList list) => list.Text("v") switch
    {
        "1" => null,
        null => DkimFinding.Permanent(DkimReason.MissingTag, "there is no v= tag"),
        _ => DkimFinding.Permanent(DkimReason.IncompatibleVersion, "the version in v= is not 1"),
    };

    private static (string Text, string Domain)? Read(string compact)
    {
        if (QuotedValue.Decode(compact) is not { } identity)
            return null;
        var at = identity.LastIndexOf('@');
        return at >= 0 && SigningDomain.Normalise(identity[(at + 1)..]) is { } domain
            ? (identity[..(at + 1)] + domain, domain)
            : null;
    }

    private static List<string> Copied(TagList list) =>
        list.Compact("z") is { } copied ? [.. copied.Split('|', MaxCopied).Select(QuotedValue.Decode).OfType<string>()] : [];
}
