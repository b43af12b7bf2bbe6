namespace Platform.Engine.Authentication.Author;

/// <summary>Who the From of a message names, and everything that could be taken for it (RFC 9989, 5.3.1; RFC 5322, 3.6.2).</summary>
/// <param name="Domain">The author domain (RFC 9989, 5.3.1), lower-case A-labels without a last dot; empty unless <see cref="Fault"/> is <see cref="AuthorFault.None"/>.</param>
/// <param name="Fault">Why there is none (RFC 9989, 5.3.1 and 11.5).</param>
/// <param name="Domains">Every domain that some reader may take for the author's (RFC 9989, 11.5), valid ones, each once, in the order of the text; at most 100.</param>
/// <param name="Addresses">Every address that some client may show (RFC 5322, 3.4 and 4.4), in the order of the text; at most 100.</param>
/// <param name="Oddities">Ways in which the field leaves the standard (RFC 5322, 3.4 and 3.6.2) or common use: ids of <see cref="FromOddity"/>, each once.</param>
public sealed record AuthorIdentity(string Domain, AuthorFault Fault, IReadOnlyList<string> Domains, IReadOnlyList<ShownAddress> Addresses, IReadOnlyList<string> Oddities)
{
    /// <summary>The field is not what RFC 5322, 3.6.2 and 3.4 allow without the obsolete forms.</summary>
    public bool IsMalformed => Oddities.Any(id => id is not (FromOddity.Group or FromOddity.SeveralMailboxes or FromOddity.AddressInName or FromOddity.AddressInComment));
}

/// <summary>Why there is no single author domain (RFC 9989, 5.3.1 and 11.5).</summary>
public enum AuthorFault
{
    /// <summary>There is one (RFC 9989, 5.3.1).</summary>
    None,

    /// <summary>The message has no From field (RFC 5322, 3.6).</summary>
    NoField,

    /// <summary>It has more than one (RFC 5322, 3.6).</summary>
    SeveralFields,

    /// <summary>The field holds no address (RFC 5322, 3.4).</summary>
    NoAddress,

    /// <summary>It holds addresses of more than one domain, or may be read so (RFC 9989, 5.3.1).</summary>
    SeveralDomains,

    /// <summary>What follows the @ is an address literal or no domain name (RFC 5321, 4.1.2; RFC 1035, 2.3.1).</summary>
    BadDomain,

    /// <summary>The field is longer than is read: 64 KiB or 100 addresses. RFC 5322, 2.1.1 bounds lines alone.</summary>
    TooLong,
}

/// <summary>One address in or about a From field.</summary>
/// <param name="Address">As text: local-part, @, domain as written (RFC 5322, 3.4.1); controls left out; at most 320 characters.</param>
/// <param name="Domain">Lower-case A-labels (RFC 5890, 2.3.2.1); empty when it is no domain name.</param>
/// <param name="Place">Where it stands (RFC 5322, 3.4 and 4.4).</param>
public sealed record ShownAddress(string Address, string Domain, AddressPlace Place);

/// <summary>Where an address stands (RFC 5322, 3.4 and 4.4).</summary>
public enum AddressPlace
{
    /// <summary>Where the standard puts the author's (RFC 5322, 3.4).</summary>
    Mailbox,

    /// <summary>In the display name, quoted, bare or in an encoded word (RFC 2047, 5).</summary>
    Name,

    /// <summary>In a comment (RFC 5322, 3.2.2).</summary>
    Comment,

    /// <summary>In the source route of an obsolete address (RFC 5322, 4.4).</summary>
    Route,

    /// <summary>After the closing bracket, where nothing may stand (RFC 5322, 3.4).</summary>
    Trailing,

    /// <summary>In the Sender field (RFC 5322, 3.6.2).</summary>
    Sender,

    /// <summary>In a Resent-From or Resent-Sender field (RFC 5322, 3.6.6).</summary>
    Resent,

    /// <summary>In what looks like a From field but is the continuation of another (RFC 5322, 2.2.3).</summary>
    Continuation,
}

/// <summary>Ids of what is odd about a From field (RFC 5322, 3.4, 3.6.2 and 4).</summary>
public static class FromOddity
{
    /// <summary>NUL, another control, or a bare CR or LF (RFC 5322, 2.2 and 4.1).</summary>
    public const string Control = "control-octet";

    /// <summary>A quoted string, comment, bracket or group that does not end (RFC 5322, 3.2.2, 3.2.4, 3.4).</summary>
    public const string Unclosed = "unclosed";

    /// <summary>A backslash outside of quotes and comments (RFC 5322, 3.2.1).</summary>
    public const string StrayBackslash = "stray-backslash";

    /// <summary>A closing mark without an opening one, or an opening one within another (RFC 5322, 3.4).</summary>
    public const string StrayMark = "stray-mark";

    /// <summary>An unquoted address in the display name or before the bracket (RFC 5322, 3.2.5).</summary>
    public const string AddressInPhrase = "address-in-phrase";

    /// <summary>An address in a quoted or encoded display name: lawful, and a disguise (RFC 5322, 3.2.5; RFC 2047, 5).</summary>
    public const string AddressInName = "address-in-name";

    /// <summary>An address in a comment (RFC 5322, 3.2.2).</summary>
    public const string AddressInComment = "address-in-comment";

    /// <summary>Text after the closing bracket (RFC 5322, 3.4).</summary>
    public const string TextAfterAddress = "text-after-address";

    /// <summary>A display name and an address without brackets (RFC 5322, 3.4).</summary>
    public const string MissingBrackets = "missing-brackets";

    /// <summary>A source route (RFC 5322, 4.4).</summary>
    public const string Route = "route";

    /// <summary>A group (RFC 6854, 2.1).</summary>
    public const string Group = "group";

    /// <summary>More than one mailbox (RFC 5322, 3.6.2).</summary>
    public const string SeveralMailboxes = "several-mailboxes";

    /// <summary>White space or a comment inside of an address (RFC 5322, 4.4), or a domain with a last dot.</summary>
    public const string BrokenAddress = "broken-address";

    /// <summary>An item of the list without an address (RFC 5322, 3.4 and 4.4).</summary>
    public const string EmptyItem = "empty-item";

    /// <summary>Octets that are neither ASCII nor UTF-8 (RFC 6532, 3.2).</summary>
    public const string Undeclared8Bit = "undeclared-8bit";

    /// <summary>White space or a fold between the name of the field and its colon (RFC 5322, 4.5).</summary>
    public const string BrokenFieldName = "broken-field-name";

    /// <summary>A continuation line that looks like a From field (RFC 5322, 2.2.3).</summary>
    public const string FromInContinuation = "from-in-continuation";
}
