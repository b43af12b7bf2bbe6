namespace Platform.Engine.Links;

/// <summary>Providers where anybody can have a mailbox.</summary>
public static class FreeMail
{
    /// <param name="domain">Lower-case A-labels.</param>
    public static bool IsProvider(string domain) => KnownDomains.Embedded.IsFreeMail(domain);
}
