using System.Text.Json;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Links;

namespace Platform.Conformance.Spoof;

/// <summary>
/// <c>spoof-v1</c>: forged mails of an attacker who has mail and DNS of his own. None may pass for the victim's domain, in the
/// report or in the field written for other readers; the forged author must be shown; a From that is many or odd must be marked.
/// </summary>
public sealed class SpoofFormat : ISuiteFormat
{
    private const string Victim = "legitimate.com";
    private static readonly DateTimeOffset Received = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly AuthenticatorOptions Options = new("mx.receiver.example");

    public string Format => "spoof-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var message = await item.ReadFileAsync(cancellationToken);
        var envelope = new Envelope(SpoofZone.AttackerAddress, null, item.Text("helo"), Path(item, "mailfrom"), [Path(item, "rcptto")]);
        var zone = new SpoofZone(Victim);
        var report = await new Authenticator(Options).AuthenticateAsync(message, envelope, zone, OrganisationalDomain.Embedded, Received, cancellationToken);
        List<string> faults = [.. Faults(report, message)];
        if (item.Data.TryGetProperty("dkim_claim", out var claim))
            faults.AddRange(await ClaimFaultsAsync(claim, zone, cancellationToken));
        return CaseOutcome.Of(faults.Count == 0, string.Join("; ", faults));
    }

    private static IEnumerable<string> Faults(AuthenticationReport report, byte[] message)
    {
        if (report.Dmarc.Result == AuthenticationResult.Pass && IsVictim(report.Dmarc.AuthorDomain))
            yield return "DMARC passes for the victim";
        if (report.Author.Fault != AuthorFault.None && report.Dmarc.Result == AuthenticationResult.Pass)
            yield return "DMARC passes without one author";
        foreach (var claimed in PassedFor(report.ResultsValue))
            yield return $"the written field says pass for {claimed}";
        var from = FromText.Of(message);
        foreach (var address in from.Addresses)
            if (!report.Author.Addresses.Any(shown => shown.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))
                yield return $"{address} is not shown";
        if (from.IsOdd && report.Author is { Fault: AuthorFault.None, Oddities.Count: 0 })
            yield return "the odd From is not marked";
    }

    // As if the signature of the claim had verified.
    private static async Task<IEnumerable<string>> ClaimFaultsAsync(JsonElement claim, SpoofZone zone, CancellationToken cancellationToken)
    {
        var domain = claim.GetProperty("d").GetString()!;
        var input = new DmarcInput(Victim, [new DkimIdentifier(domain, AuthenticationResult.Pass)], []);
        var outcome = await DmarcEvaluator.EvaluateAsync(input, zone, OrganisationalDomain.Embedded, DmarcOptions.Default, cancellationToken);
        var written = ResultsWriter.Write(new ResultsField(Options.ServiceId, null, [new MethodResult("dkim", null, "pass", null, [new ResultProperty("header", "d", domain)])]));
        return [.. outcome.Result == AuthenticationResult.Pass ? ["the claimed signature makes DMARC pass"] : Array.Empty<string>(), .. PassedFor(written).Select(name => $"the written claim says pass for {name}")];
    }

    // Values of the victim in a result that says pass: as the form reads, and as a reader that knows no quotes would read.
    private static IEnumerable<string> PassedFor(string written)
    {
        var read = ResultsParser.Parse(written)!.Results.Where(result => result.Result == "pass").SelectMany(result => result.Properties).Select(property => property.Value);
        var plain = written.Split(';').Where(part => part.Contains("=pass", StringComparison.Ordinal)).SelectMany(part => part.Split([' ', '\t', '\r', '\n'])).Where(word => !word.Contains('"', StringComparison.Ordinal)).Select(word => word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return read.Concat(plain).Where(value => IsVictim(value[(value.LastIndexOf('@') + 1)..]));
    }

    private static bool IsVictim(string domain) => $".{domain}".EndsWith($".{Victim}", StringComparison.OrdinalIgnoreCase);

    private static string Path(SuiteCase item, string member) => (item.Text(member) ?? "").TrimStart('<').TrimEnd('>');
}
