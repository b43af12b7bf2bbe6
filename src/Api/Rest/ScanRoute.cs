using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Messages;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Behaviour;
using Platform.Engine.Feeds;
using Platform.Engine.Verdicts;
using Platform.Scanning;
using Platform.Storage.Directory;
using Platform.Storage.Lists;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.Rest;

/// <summary>Inspects one message and answers with the verdict. Nothing of it is stored.</summary>
internal sealed class ScanRoute(IScannerPool scanners, IRecipientDirectory directory, IPlatformDbFactory databases, ITenantLists lists, ApiSettings settings, ContentTurns turns, TimeProvider time)
{
    private const int MaxPeople = 2_000;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/scan", (
            HttpRequest request,
            ScanRoute route,
            CallerContext caller,
            [Description("Id of the tenant whose domains and people are looked for and whose lists hold; needed where several are in reach.")] string? tenant,
            CancellationToken cancellationToken) => route.HandleAsync(request, caller.Current, tenant, cancellationToken))
        .WithName("scanMessage")
        .WithTags("Scan")
        .WithSummary("Inspect one message")
        .WithDescription("The message as message/rfc822 (or application/octet-stream), or as the first file of multipart/form-data. The answer is the verdict; nothing is stored.")
        .Accepts<byte[]>("message/rfc822", "application/octet-stream", "multipart/form-data")
        .ProducesProblems(400, 401, 403, 413, 415, 422, 429, 503)
        .RequirePermission(Permissions.Scan);

    private async Task<Ok<ScanAnswer>> HandleAsync(HttpRequest http, Caller caller, string? tenant, CancellationToken cancellationToken)
    {
        var (scope, tenantId) = caller.ForTenant(tenant);
        var (content, _) = await RequestBody.OpenAsync(http, settings.MaxMessageBytes, type => type is "message/rfc822" or "application/octet-stream" or "text/plain", cancellationToken);
        using var turn = await turns.TakeAsync(scope.Actor, cancellationToken);
        var message = await RequestBody.ReadAsync(content, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var tenantSettings = await directory.FindTenantAsync(tenantId, cancellationToken) ?? throw new ScopeViolationException();
        var request = new ScanRequest(message, Envelope.None, await ContextAsync(scope, tenantSettings, cancellationToken)) { Entries = await lists.OfAsync(tenantSettings, cancellationToken) };
        var result = await scanners.ScanAsync(request, cancellationToken);
        var verdict = result.Value ?? throw MessageContent.FailureOf(result.Failure);
        return TypedResults.Ok(ScanAnswer.Of(verdict, caller.Language, Stopwatch.GetElapsedTime(started)));
    }

    private async Task<ScanContext> ContextAsync(Scope scope, TenantSettings tenant, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(scope);
        var people = await db.Mailboxes.AsNoTracking().Where(row => row.DisplayName != null).OrderBy(row => row.Address).Take(MaxPeople)
            .Select(row => new Person(row.DisplayName!, row.Address)).ToListAsync(cancellationToken);
        return new ScanContext(time.GetUtcNow(), tenant.Domains, people, tenant.TrustedHops, History.Unknown);
    }
}

[Description("What the inspection says of a message.")]
internal sealed record ScanAnswer(
    [property: Description("clean, bulk, spam, suspicious, phishing or malware.")] string Verdict,
    [property: Description("The leading attack type: 'credential-phishing'; null when there is none.")] string? Type,
    [property: Description("0 to 100; 50 and more is an attack.")] int Score,
    [property: Description("Why, weightiest first.")] IReadOnlyList<ScanReason> Reasons,
    ScanOrigin Origin,
    [property: Description("Who vouches for the sender, as far as the message itself tells: without a connection SPF is not checked. Null when DNS could not be asked.")] ScanAuthentication? Authentication,
    [property: Description("What could not be asked or read.")] IReadOnlyList<string> NotAsked,
    [property: Description("How antivirus, patterns, feeds and lists fared, one a source; empty where none is set up.")] IReadOnlyList<ScanSource> Sources,
    [property: Description("What scripts, macros and shortcuts in it would do, as their emulation showed; at most 100.")] IReadOnlyList<ScanBehaviour> Behaviours,
    string EngineVersion,
    long ElapsedMs)
{
    public static ScanAnswer Of(Verdict verdict, string language, TimeSpan elapsed) => new(
        verdict.Kind.ToString().ToLowerInvariant(),
        verdict.Type is { } type ? AttackTypes.WireName(type) : null,
        verdict.Score,
        [.. verdict.Reasons.OrderByDescending(reason => Math.Abs(reason.Weight)).Select(reason =>
            new ScanReason(reason.Id, reason.Weight, ReasonSentences.Render(reason, language), reason.Evidence.ToString(), ReasonEntry.Of(reason)))],
        new ScanOrigin(verdict.Origin.Address, verdict.Origin.Country, verdict.Origin.Asn),
        verdict.Authentication is { } facts ? ScanAuthentication.Of(facts) : null,
        verdict.NotAsked,
        [.. verdict.Sources.Select(source => new ScanSource(source.Name, SourceStatus.WireName(source.Outcome), source.Detail))],
        [.. verdict.Behaviours.Select(seen => new ScanBehaviour(BehaviourKinds.WireName(seen.Kind), seen.Technique, seen.FilePath, seen.Where, seen.Value))],
        verdict.EngineVersion,
        (long)elapsed.TotalMilliseconds);
}

internal sealed record ScanReason(
    string Id,
    int Weight,
    string Summary,
    string Evidence,
    [property: Description("Id of the allow or block entry behind it; null where it is none.")] string? ListEntryId);

internal sealed record ScanSource(
    [property: Description("As the settings name it.")] string Name,
    [property: Description("hit, no-hit, not-asked or failed.")] string Status,
    [property: Description("Why it was not asked or failed, or how old its data is; empty when there is nothing to say.")] string Detail);

internal sealed record ScanBehaviour(
    [property: Description("download, drop, execute, start, persist, elevate, disable-defence, disable-recovery, delete-shadow-copies, encrypt, exfiltrate, ask-credential, smuggle, write-page, redirect, evade or paste-command.")] string Kind,
    [property: Description("Technique of MITRE ATT&CK: 'T1059.001'.")] string Technique,
    [property: Description("Path of the file among the attachments. Hostile text.")] string File,
    [property: Description("Which script of the file, with the layers that it unpacked.")] string Where,
    [property: Description("The command, address or file name, cut to 512 characters. Hostile text.")] string Value);

internal sealed record ScanOrigin(string? Address, string? Country, long? Asn);

[Description("Results of sender authentication by the names of RFC 8601, 2.7: none, pass, fail, softfail, neutral, policy, temperror, permerror.")]
internal sealed record ScanAuthentication(
    [property: Description("One a signature.")] IReadOnlyList<ScanSignature> Dkim,
    string Dmarc,
    [property: Description("Domain of the author; empty when there is no single one.")] string DmarcDomain,
    [property: Description("What its owner asks for mail that fails: none, quarantine, reject; null without a record.")] string? DmarcPolicy,
    string Arc)
{
    public static ScanAuthentication Of(AuthenticationFacts facts) => new(
        [.. facts.Dkim.Select(signature => new ScanSignature(Name(signature.Result), signature.Domain, signature.Selector))],
        Name(facts.Dmarc.Result),
        facts.Dmarc.Domain,
        facts.Dmarc.Policy?.ToString().ToLowerInvariant(),
        Name(facts.Arc.Result));

    private static string Name(AuthenticationResult result) => result.ToString().ToLowerInvariant();
}

internal sealed record ScanSignature(string Result, string Domain, string Selector);
