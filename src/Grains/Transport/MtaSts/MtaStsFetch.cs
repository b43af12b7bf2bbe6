using System.Net;
using System.Security.Authentication;
using Platform.Engine.Transport;
using Platform.Grains.Deliveries.Smtp;
using Platform.Grains.Egress;

namespace Platform.Grains.Transport.MtaSts;

/// <summary>Fetches the text of a policy (RFC 8461, 3.3): by HTTPS with a good certificate, without redirects, as <c>text/plain</c>, bounded.</summary>
internal sealed class MtaStsFetch(TransportHttp http, FlowSettings settings)
{
    private const string MediaType = "text/plain";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>The policy with its text, or what is wrong.</returns>
    public async Task<(MtaStsPolicy? Policy, string Text, TlsFault? Fault)> FetchAsync(string domain, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder("https", $"mta-sts.{domain}", settings.Transport.PolicyPort, "/.well-known/mta-sts.txt").Uri);
        try
        {
            var answer = await http.ReadAsync(request, MtaStsPolicy.MaxLength, Patience, cancellationToken);
            if (answer.Status != (int)HttpStatusCode.OK)
                return Fault(TlsResult.StsPolicyFetchError, $"the host of the policy of {domain} answers {answer.Status}");
            if (answer.MediaType != MediaType)
                return Fault(TlsResult.StsPolicyFetchError, $"the policy of {domain} is not {MediaType}");
            return MtaStsPolicy.TryParse(answer.Content, out var policy, out var fault)
                ? (policy, answer.Content, null)
                : Fault(TlsResult.StsPolicyInvalid, $"the policy of {domain} is none: {fault}");
        }
        catch (EgressRefusedException exception) when (exception.InnerException is HttpRequestException { InnerException: AuthenticationException })
        {
            return Fault(TlsResult.StsWebpkiInvalid, $"the host of the policy of {domain}: {exception.Message}");
        }
        catch (EgressRefusedException exception)
        {
            return Fault(TlsResult.StsPolicyFetchError, $"the host of the policy of {domain}: {exception.Message}");
        }
    }

    private static (MtaStsPolicy?, string, TlsFault) Fault(TlsResult result, string reason) => (null, "", new TlsFault(result, reason));
}
