using System.Text.RegularExpressions;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A mail address that stands in a display name: whom the sender says it is, by an address.</summary>
internal sealed partial class AddressInName
{
    private AddressInName(string shown, string domain) => (Shown, Domain) = (shown, domain);

    /// <summary>As written.</summary>
    public string Shown { get; }

    /// <summary>Its organisation.</summary>
    public string Domain { get; }

    /// <summary>Null: none of an organisation stands there.</summary>
    public static AddressInName? Find(string name, OrganisationalDomain domains)
    {
        var match = Address().Match(name);
        return match.Success && domains.Of(match.Groups["domain"].Value) is { Length: > 0 } domain ? new AddressInName(match.Value, domain) : null;
    }

    [GeneratedRegex(@"[a-z0-9._%+\-]{1,64}@(?<domain>[a-z0-9\-]{1,63}(\.[a-z0-9\-]{1,63}){1,6})", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
