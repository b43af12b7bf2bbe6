using Platform.Engine.Transport;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Transport;

namespace Platform.Grains.Deliveries;

/// <summary>One try at one mail host.</summary>
/// <param name="Tls">Null: it did not get as far, or TLS was not wanted.</param>
/// <param name="IsReached">The host judged the message.</param>
/// <param name="Trouble">Why it was not reached.</param>
internal sealed record TriedHost(SmtpHost Host, TlsFinding? Tls, bool IsReached, string Trouble)
{
    public static TransportSession SessionOf(string domain, TriedHost tried)
    {
        var policy = tried.Host.Policy ?? throw new InvalidOperationException("A host outside has a policy.");
        var fault = policy.Fault ?? tried.Tls?.Fault;
        return new TransportSession(
            domain,
            policy.Kind,
            policy.Source,
            tried.Host.Name,
            tried.Host.Address.Address.ToString(),
            tried.Tls is null ? null : fault?.Result ?? TlsResult.Success,
            tried.IsReached)
        {
            TlsVersion = tried.Tls?.Version,
            Cipher = tried.Tls?.Cipher,
            Reason = fault?.Reason ?? tried.Trouble,
            PolicyText = policy.Text,
        };
    }
}
