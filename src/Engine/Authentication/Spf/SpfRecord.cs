using System.Net;

namespace Platform.Engine.Authentication.Spf;

/// <summary>A record without a fault (RFC 7208, 4.6.1).</summary>
/// <param name="Redirect">RFC 7208, 6.1.</param>
/// <param name="Explanation">RFC 7208, 6.2.</param>
internal sealed record SpfRecord(IReadOnlyList<SpfDirective> Directives, SpfModifier? Redirect, SpfModifier? Explanation);

/// <summary>A mechanism with its qualifier (RFC 7208, 4.6.1).</summary>
/// <param name="Text">As the record has it.</param>
/// <param name="Result">What a match gives: the qualifier (RFC 7208, 4.6.2).</param>
/// <param name="Domain">The domain-spec; null: the domain of the record, or a mechanism that takes none.</param>
/// <param name="Network">Of <c>ip4</c> and <c>ip6</c> alone.</param>
/// <param name="Prefix4">Leading bits to compare of an IPv4 address, 0 to 32.</param>
/// <param name="Prefix6">Of an IPv6 address, 0 to 128.</param>
internal sealed record SpfDirective(
    string Text, AuthenticationResult Result, SpfMechanism Mechanism, MacroString? Domain = null, IPAddress? Network = null, int Prefix4 = 32, int Prefix6 = 128);

/// <summary><c>redirect=</c> or <c>exp=</c> (RFC 7208, 6).</summary>
internal sealed record SpfModifier(string Text, MacroString Domain);

/// <summary>The mechanisms (RFC 7208, 5.1 to 5.7).</summary>
internal enum SpfMechanism
{
    All,
    Include,
    A,
    Mx,
    Ptr,
    Ip4,
    Ip6,
    Exists,
}
