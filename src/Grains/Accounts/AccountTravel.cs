using Platform.Engine.Intelligence;

namespace Platform.Grains.Accounts;

/// <summary>That an account came in from two places that nobody travels between in that time.</summary>
/// <param name="Kilometres">At least.</param>
/// <param name="Elapsed">Between the two.</param>
[GenerateSerializer]
[Immutable]
[Alias("account-travel")]
public sealed record AccountTravel(
    [property: Id(0)] string FromAddress,
    [property: Id(1)] string FromCountry,
    [property: Id(2)] long? FromAsn,
    [property: Id(3)] int Kilometres,
    [property: Id(4)] TimeSpan Elapsed);

/// <summary>
/// When a login is one that its person cannot have travelled to. Countries alone are known, so that much is left for doubt: the distance is
/// the least there is, less a margin; country and network must both be new to the account, since a company's way out abroad, or a phone
/// that roams, comes again and again.
/// </summary>
internal static class TravelRules
{
    /// <summary>Kilometres an hour: an airliner's, from door to door it is less.</summary>
    public const double Fastest = 900;

    /// <summary>Kilometres taken off, for places that are not where their country's are taken to be.</summary>
    public const double Margin = 1_000;

    /// <param name="places">Whence the account came in before, latest last.</param>
    public static AccountTravel? Find(IReadOnlyList<PlaceSeen> places, AccountPlace now)
    {
        if (now.Country is not { } country || places is not [.., var last] || last.Country is not { } before || before == country)
            return null;
        if (places.Any(place => place.Country == country || (place.Asn is not null && place.Asn == now.Asn)))
            return null;
        if (CountryDistance.Embedded.Between(before, country) is not { } distance)
            return null;
        var elapsed = now.At > last.At ? now.At - last.At : TimeSpan.Zero;
        var least = distance - Margin;
        return least > Fastest * elapsed.TotalHours ? new AccountTravel(last.Address, before, last.Asn, (int)least, elapsed) : null;
    }
}
