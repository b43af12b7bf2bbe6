using System.Globalization;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Authentication.Results;

/// <summary>Puts a report into the methods and properties registered for them (RFC 8601, 2.7; RFC 8617, 7.1; RFC 9989, 9.1).</summary>
internal static class ReportedResults
{
    private const int MaxSignatures = 20;

    // Enough to tell signatures apart (RFC 6008, 4).
    private const int SignatureStart = 8;

    public static ResultsField Of(AuthenticationReport report, Envelope envelope, string serviceId)
    {
        var results = new List<MethodResult>();
        if (report.MailFrom is { } sender)
            results.Add(sender.Identity == SpfIdentity.Helo ? Helo(sender, envelope) : Spf(sender, new ResultProperty("smtp", "mailfrom", envelope.MailFrom ?? "")));
        if (report.Helo is { } helo)
            results.Add(Helo(helo, envelope));
        results.AddRange(report.Dkim.Signatures.Take(MaxSignatures).Select(Dkim));
        if (report.Dkim.Signatures.Count == 0)
            results.Add(new MethodResult("dkim", null, "none", null, []));
        if (report.Arc.Result != AuthenticationResult.None)
            results.Add(Arc(report));
        results.Add(Dmarc(report));
        return new ResultsField(serviceId, null, results);
    }

    private static MethodResult Helo(SpfResult spf, Envelope envelope) => Spf(spf, new ResultProperty("smtp", "helo", envelope.Helo ?? ""));

    private static MethodResult Spf(SpfResult spf, ResultProperty property) => new("spf", null, Name(spf.Result), spf.Problem, [property]);

    private static MethodResult Dkim(DkimSignatureResult signature)
    {
        var start = signature.Signature.Length > SignatureStart ? signature.Signature[..SignatureStart] : signature.Signature;
        return new MethodResult("dkim", null, Name(signature.Result), signature.Result == AuthenticationResult.Pass ? null : signature.Explanation,
        [
            new ResultProperty("header", "d", signature.Domain),
            new ResultProperty("header", "s", signature.Selector),
            new ResultProperty("header", "a", signature.Algorithm),
            new ResultProperty("header", "b", start),
        ]);
    }

    private static MethodResult Arc(AuthenticationReport report) => new("arc", null, Name(report.Arc.Result), report.Arc.Result == AuthenticationResult.Pass ? null : report.Arc.Explanation,
        report.Arc.OldestPass is { } oldest ? [new ResultProperty("header", "oldest-pass", oldest.ToString(CultureInfo.InvariantCulture))] : []);

    private static MethodResult Dmarc(AuthenticationReport report)
    {
        var dmarc = report.Dmarc;
        var properties = new List<ResultProperty>();
        if (dmarc.AuthorDomain.Length > 0)
            properties.Add(new ResultProperty("header", "from", dmarc.AuthorDomain));
        if (dmarc.Record is not null)
            properties.Add(new ResultProperty("policy", "dmarc", dmarc.RequestedPolicy.ToString().ToLowerInvariant()));
        return new MethodResult("dmarc", null, Name(dmarc.Result), dmarc.Result == AuthenticationResult.Pass ? null : dmarc.Reason, properties);
    }

    private static string Name(AuthenticationResult result) => result.ToString().ToLowerInvariant();
}
