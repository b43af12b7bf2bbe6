namespace Platform.Smtp.Addresses;

/// <summary>A reverse-path or forward-path, read.</summary>
/// <param name="Address">As to be written: quoted where it must be. Empty for the null reverse-path.</param>
/// <param name="LocalPart">Without quoting.</param>
/// <param name="Domain">Lower case and in A-labels; an address literal with its brackets; empty when there is none.</param>
/// <param name="IsInternational">Holds octets beyond ASCII, which only an SMTPUTF8 transaction may carry.</param>
internal readonly record struct MailPath(string Address, string LocalPart, string Domain, bool IsInternational)
{
    public static MailPath Null { get; } = new("", "", "", false);
}

internal enum PathKind
{
    /// <summary>Of MAIL: may be empty.</summary>
    Reverse,

    /// <summary>Of RCPT: may be <c>postmaster</c> without a domain.</summary>
    Forward,
}

internal enum PathError
{
    None,
    Syntax,
    LocalPartTooLong,
    DomainTooLong,
    TooLong,
}
