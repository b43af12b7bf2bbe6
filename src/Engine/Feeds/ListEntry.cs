using System.Net;

namespace Platform.Engine.Feeds;

public enum ListAction
{
    Allow,
    Block,
}

/// <summary>What an entry of a tenant's list names.</summary>
public enum ListEntryKind
{
    /// <summary>The mail address of a sender.</summary>
    Address,

    /// <summary>The domain of a sender, and what stands below it unless <see cref="ListEntry.IsExact"/>.</summary>
    Domain,

    /// <summary>The host of a link, and what stands below it unless <see cref="ListEntry.IsExact"/>.</summary>
    Host,

    /// <summary>A link, by <see cref="UrlKey"/>.</summary>
    Url,

    /// <summary>MD5, SHA-1 or SHA-256 of a file in lower-case hex.</summary>
    File,

    /// <summary>The network whence the message came, as <see cref="IPNetwork"/> writes it.</summary>
    Network,
}

/// <summary>One entry of an allow or block list of a tenant or an MSP (DET8).</summary>
/// <param name="Value">In the form that its kind says.</param>
/// <param name="Networks">CIDR ranges from which alone an allowed name is believed; empty: from anywhere.</param>
/// <param name="Expires">From then on it is as if it were not there; null: never.</param>
/// <param name="Owner">Whose list it stands in: <see cref="OfTenant"/>, <see cref="OfMsp"/>.</param>
public sealed record ListEntry(ListAction Action, ListEntryKind Kind, string Value, IReadOnlyList<string> Networks, DateTimeOffset? Expires, string Note, string Owner)
{
    public const string OfTenant = "tenant";
    public const string OfMsp = "msp";

    /// <summary>Id of the entry in the list; empty for one that is kept nowhere.</summary>
    public string Id { get; init => field = value ?? ""; } = "";

    /// <summary>The name alone, not what stands below it.</summary>
    public bool IsExact { get; init; }

    public bool IsInForce(DateTimeOffset now) => Expires is not { } end || end > now;
}
