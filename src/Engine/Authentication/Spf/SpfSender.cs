namespace Platform.Engine.Authentication.Spf;

/// <summary>The identity under check (RFC 7208, 2.4, 4.1, 4.3).</summary>
/// <param name="LocalPart">Never empty.</param>
/// <param name="Domain">Normal form where it has one.</param>
/// <param name="IsUsable">False: no domain that SPF could check.</param>
internal sealed record SpfSender(SpfIdentity Identity, string LocalPart, string Domain, bool IsUsable)
{
    private const int MaxLength = 1_000;
    private const int MaxShown = 255;

    public bool HasAsciiLocalPart { get; } = System.Text.Ascii.IsValid(LocalPart);

    public static SpfSender Of(SpfQuery query)
    {
        if (query.MailFrom.Length == 0)
            return Of(SpfIdentity.Helo, "", query.Helo);
        if (query.MailFrom.Length > MaxLength)
            return new SpfSender(SpfIdentity.MailFrom, "postmaster", Shown(query.MailFrom), IsUsable: false);
        var at = query.MailFrom.LastIndexOf('@');
        return Of(SpfIdentity.MailFrom, at > 0 ? query.MailFrom[..at] : "", query.MailFrom[(at + 1)..]);
    }

    private static SpfSender Of(SpfIdentity identity, string localPart, string domain) =>
        SpfName.TryNormalise(domain, out var name)
            ? new SpfSender(identity, localPart.Length > 0 ? localPart : "postmaster", name, IsUsable: true)
            : new SpfSender(identity, "postmaster", Shown(domain), IsUsable: false);

    private static string Shown(string text) => text.Length <= MaxShown ? text : text[..MaxShown];
}
