using Platform.Mails;

namespace Platform.Grains.Quarantine;

/// <summary>Who a mail names as its author, fit to be shown: the address always, since a name can be anybody's.</summary>
public static class ShownSender
{
    public static string Of(string? name, string? address) =>
        string.IsNullOrWhiteSpace(name) ? ShownText.Of(address) : $"{ShownText.Of(name, 60)} <{ShownText.Of(address, 90)}>";
}
