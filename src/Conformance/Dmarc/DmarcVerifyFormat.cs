using System.Text;
using System.Text.Json;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Dns;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Links;

namespace Platform.Conformance.Dmarc;

/// <summary><c>dmarc-verify-v1</c>: whole evaluations, organisational domains, alignment, and who may get reports. A case for both standards must hold by both.</summary>
public sealed class DmarcVerifyFormat : ISuiteFormat
{
    public string Format => "dmarc-verify-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        DmarcSpecification[] standards = item.Text("spec") switch
        {
            "rfc7489" => [DmarcSpecification.Rfc7489],
            "rfc9989" => [DmarcSpecification.Rfc9989],
            "both" => [DmarcSpecification.Rfc9989, DmarcSpecification.Rfc7489],
            var other => throw new SuiteException($"case {item.Id}: the standard '{other}' is not known"),
        };
        foreach (var standard in standards)
        {
            var outcome = await RunAsync(item, DmarcOptions.Default with { Specification = standard }, cancellationToken);
            if (!outcome.Passed)
                return CaseOutcome.Fail($"{standard}: {outcome.Detail}");
        }

        return CaseOutcome.Pass;
    }

    private static ValueTask<CaseOutcome> RunAsync(SuiteCase item, DmarcOptions options, CancellationToken cancellationToken) => item.Text("kind") switch
    {
        "org-domain" => OrganisationAsync(item, options, cancellationToken),
        "alignment" => ValueTask.FromResult(Alignment(item)),
        "external-report-authorisation" => ReportsAsync(item, cancellationToken),
        null => EvaluateAsync(item, options, cancellationToken),
        var other => throw new SuiteException($"case {item.Id}: the kind '{other}' is not known"),
    };

    private static async ValueTask<CaseOutcome> OrganisationAsync(SuiteCase item, DmarcOptions options, CancellationToken cancellationToken)
    {
        var domain = Author(item).Domain;
        var found = options.Specification == DmarcSpecification.Rfc7489
            ? OrganisationalDomain.Embedded.Of(domain)
            : await DmarcEvaluator.FindOrganisationalDomainAsync(domain, new ZoneResolver(item.Scenario), options, cancellationToken);
        var expected = Expected(item).GetProperty("org_domain").GetString();
        return CaseOutcome.Of(found == expected, $"{found}, expected {expected}");
    }

    private static CaseOutcome Alignment(SuiteCase item)
    {
        var mode = item.Text("mode") == "s" ? DmarcAlignment.Strict : DmarcAlignment.Relaxed;
        var aligned = IdentifierAlignment.IsAligned(item.Text("identifier") ?? "", item.Text("author_domain") ?? "", mode, OrganisationalDomain.Embedded);
        return CaseOutcome.Of(aligned == Expected(item).GetProperty("aligned").GetBoolean(), aligned ? "aligned" : "not aligned");
    }

    private static async ValueTask<CaseOutcome> ReportsAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var outcome = await ReportAuthorisation.CheckAsync(Author(item).Domain, item.Text("report_domain") ?? "", new ZoneResolver(item.Scenario), OrganisationalDomain.Embedded, cancellationToken);
        var expect = Expected(item);
        var accepts = outcome.Result == AuthenticationResult.Pass;
        if (accepts != expect.GetProperty("accepts").GetBoolean())
            return CaseOutcome.Fail($"{outcome.Result}");
        return !expect.TryGetProperty("result", out var result) || DmarcExpectation.Names(result.GetString()!, outcome.Result) ? CaseOutcome.Pass : CaseOutcome.Fail($"{outcome.Result}, expected {result}");
    }

    private static async ValueTask<CaseOutcome> EvaluateAsync(SuiteCase item, DmarcOptions options, CancellationToken cancellationToken)
    {
        var resolver = new ZoneResolver(item.Scenario);
        var author = Author(item);
        var input = new DmarcInput(author.Domain, Dkim(item), Spf(item));
        var outcome = await DmarcEvaluator.EvaluateAsync(input, resolver, OrganisationalDomain.Embedded, options, cancellationToken);
        IReadOnlyList<string> asked = [.. resolver.Questions.Where(question => question.Type == DnsType.Txt).Select(question => question.Name)];
        return DmarcExpectation.Compare(outcome, asked, author.Domain, Expected(item));
    }

    // An address, a bare domain, or one value a From field.
    private static AuthorIdentity Author(SuiteCase item)
    {
        var given = item.Data.GetProperty("header_from");
        List<string> values = given.ValueKind == JsonValueKind.Array ? [.. given.EnumerateArray().Select(value => value.GetString()!)] : [given.GetString()!];
        return FromReader.Read([.. values.Select(value => Octets(value.Contains('@', StringComparison.Ordinal) ? value : $"author@{value}"))]);
    }

    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static List<DkimIdentifier> Dkim(SuiteCase item) =>
        [.. List(item, "dkim").Select(entry => new DkimIdentifier(entry.GetProperty("domain").GetString()!, DmarcExpectation.Result(entry.GetProperty("result").GetString()!)))];

    private static List<SpfIdentifier> Spf(SuiteCase item) =>
        [.. List(item, "spf").Select(entry => new SpfIdentifier(
            entry.GetProperty("domain").GetString()!,
            DmarcExpectation.Result(entry.GetProperty("result").GetString()!),
            entry.TryGetProperty("scope", out var scope) && scope.GetString() == "helo" ? SpfIdentity.Helo : SpfIdentity.MailFrom))];

    private static List<JsonElement> List(SuiteCase item, string member) => item.Data.TryGetProperty(member, out var list) ? [.. list.EnumerateArray()] : [];

    private static JsonElement Expected(SuiteCase item) => item.Data.GetProperty("expect");
}
