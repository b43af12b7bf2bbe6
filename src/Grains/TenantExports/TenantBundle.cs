using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Grains.TenantExports;

/// <summary>
/// Writes a tenant's bundle: a ZIP of JSON Lines, one file for each kind of row, and the originals where they are asked for. No keys,
/// no secrets, nothing of another tenant: every query runs in the tenant's scope. Its form is told in docs/retention.md.
/// </summary>
internal sealed class TenantBundle(IPlatformDbFactory databases, IBodyStore bodies)
{
    private const int Page = 500;

    /// <param name="progress">Told the messages to write and those written; false breaks off.</param>
    /// <exception cref="OperationCanceledException"><paramref name="progress"/> said so.</exception>
    public async Task WriteAsync(Guid tenantId, bool withBodies, Stream output, DateTimeOffset now, Func<int, int, Task<bool>> progress, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        await using var database = databases.Open(Scope.System(tenantId, TenantExportJobs.Actor));
        var tenant = await database.Tenants.AsNoTracking().SingleAsync(cancellationToken);
        await LinesAsync(zip, "manifest.json", Once(new JsonObject { ["version"] = 1, ["tenant"] = tenantId, ["slug"] = tenant.Slug, ["createdAt"] = now, ["bodies"] = withBodies }), cancellationToken);
        await LinesAsync(zip, "tenant.json", Once(BundleRows.Of(tenant)), cancellationToken);
        await LinesAsync(zip, "domains.ndjson", All(database.Domains, BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "domain-claims.ndjson", All(database.DomainClaims.OrderBy(c => c.Name), BundleConnections.Of), cancellationToken);
        await LinesAsync(zip, "mailboxes.ndjson", All(database.Mailboxes.OrderBy(m => m.Address), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "mailbox-aliases.ndjson", All(database.MailboxAliases.OrderBy(a => a.Address), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "groups.ndjson", All(database.Groups.OrderBy(g => g.Position), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "group-members.ndjson", All(database.GroupMembers.OrderBy(m => m.GroupId).ThenBy(m => m.MemberId), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "policy-values.ndjson", All(database.PolicyValues.Where(v => v.OwnerId == tenantId).OrderBy(v => v.Level).ThenBy(v => v.Setting), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "list-entries.ndjson", All(database.ListEntries.Where(e => e.OwnerId == tenantId).OrderBy(e => e.CreatedAt), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "rules.ndjson", All(database.Rules.Where(r => r.TenantId == tenantId).OrderBy(r => r.Position), BundleRows.Of), cancellationToken);
        await PeopleAsync(zip, database, tenantId, cancellationToken);
        await OutgoingAsync(zip, database, tenantId, cancellationToken);
        await LinesAsync(zip, "webhooks.ndjson", All(database.WebhookEndpoints.Where(e => e.OwnerId == tenantId).OrderBy(e => e.Id), BundleConnections.Of), cancellationToken);
        await LinesAsync(zip, "syslog-targets.ndjson", All(database.SyslogTargets.Where(t => t.OwnerId == tenantId).OrderBy(t => t.Id), BundleConnections.Of), cancellationToken);
        await LinesAsync(zip, "sign-in-providers.ndjson", All(database.SignInProviders.OrderBy(p => p.Id), BundleConnections.Of), cancellationToken);
        await LinesAsync(zip, "ldap-directories.ndjson", All(database.LdapDirectories.OrderBy(d => d.Id), BundleConnections.Of), cancellationToken);
        await LinesAsync(zip, "holds.ndjson", All(database.Holds.OrderBy(h => h.PlacedAt), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "purges.ndjson", All(database.Purges.Where(p => p.OwnerId == tenantId).OrderBy(p => p.RequestedAt), BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "deliveries.ndjson", Paged((after, max) => database.Deliveries.Where(d => d.Id > after).OrderBy(d => d.Id).Take(max), d => d.Id, BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "events.ndjson", Numbered((after, max) => database.Events.Where(e => e.Sequence > after).OrderBy(e => e.Sequence).Take(max), e => e.Sequence, BundleRows.Of), cancellationToken);
        await LinesAsync(zip, "audit.ndjson", Numbered((after, max) => database.Audit.Where(a => a.OwnerId == tenantId && a.Sequence > after).OrderBy(a => a.Sequence).Take(max), a => a.Sequence, BundleRows.Of), cancellationToken);
        await MessagesAsync(zip, database, withBodies, progress, cancellationToken);
    }

    private static async Task OutgoingAsync(ZipArchive zip, PlatformDb database, Guid tenantId, CancellationToken cancellationToken)
    {
        await LinesAsync(zip, "send-rules.ndjson", All(database.SendRules.Where(r => r.TenantId == tenantId).OrderBy(r => r.Position), BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "approval-chains.ndjson", All(database.ApprovalChains.OrderBy(c => c.Id), BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "approval-deputies.ndjson", All(database.ApprovalDeputies.OrderBy(d => d.Id), BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "approvals.ndjson", Paged((after, max) => database.Approvals.Where(a => a.Id > after).OrderBy(a => a.Id).Take(max), a => a.Id, BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "tracked-deliveries.ndjson", Paged((after, max) => database.TrackedDeliveries.Where(t => t.DeliveryId > after).OrderBy(t => t.DeliveryId).Take(max), t => t.DeliveryId, BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "opens.ndjson", Paged((after, max) => database.Opens.Where(o => o.Id > after).OrderBy(o => o.Id).Take(max), o => o.Id, BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "open-hours.ndjson", All(database.OpenHours.OrderBy(h => h.DeliveryId).ThenBy(h => h.Hour), BundleOutgoing.Of), cancellationToken);
        await LinesAsync(zip, "approval-votes.ndjson", All(database.ApprovalVotes.OrderBy(v => v.ApprovalId).ThenBy(v => v.Step).ThenBy(v => v.ForId), BundleOutgoing.Of), cancellationToken);
    }

    private static async Task PeopleAsync(ZipArchive zip, PlatformDb database, Guid tenantId, CancellationToken cancellationToken)
    {
        await LinesAsync(zip, "accounts.ndjson", All(database.Accounts.Where(a => a.OwnerId == tenantId).OrderBy(a => a.Address), BundlePeople.Of), cancellationToken);
        await LinesAsync(zip, "roles.ndjson", All(database.Roles.Where(r => r.OwnerId == tenantId).OrderBy(r => r.NameKey), BundlePeople.Of), cancellationToken);
        await LinesAsync(zip, "account-roles.ndjson", All(database.AccountRoles.Where(r => r.OwnerId == tenantId).OrderBy(r => r.AccountId).ThenBy(r => r.RoleId), BundlePeople.Of), cancellationToken);
        await LinesAsync(zip, "support-grants.ndjson", All(database.SupportGrants.OrderBy(g => g.Id), BundlePeople.Of), cancellationToken);
        await LinesAsync(zip, "mailbox-senders.ndjson", All(database.MailboxSenders.OrderBy(s => s.MailboxId).ThenBy(s => s.Value), BundlePeople.Of), cancellationToken);
        await LinesAsync(zip, "release-requests.ndjson", Paged((after, max) => database.ReleaseRequests.Where(r => r.Id > after).OrderBy(r => r.Id).Take(max), r => r.Id, BundlePeople.Of), cancellationToken);
        await LinesAsync(zip, "reports.ndjson", Paged((after, max) => database.Reports.Where(r => r.Id > after).OrderBy(r => r.Id).Take(max), r => r.Id, BundlePeople.Of), cancellationToken);
    }

    private async Task MessagesAsync(ZipArchive zip, PlatformDb database, bool withBodies, Func<int, int, Task<bool>> progress, CancellationToken cancellationToken)
    {
        var total = await database.Messages.CountAsync(cancellationToken);
        var kept = new List<(Guid Id, Guid Tenant, BodyReference Body)>();
        var done = 0;
        await LinesAsync(zip, "messages.ndjson", Told(), cancellationToken);
        if (!withBodies)
            return;
        foreach (var (id, tenant, body) in kept)
        {
            await OriginalAsync(zip, id, tenant, body, cancellationToken);
            if (++done % Page == 0)
                await TellAsync();
        }

        async IAsyncEnumerable<JsonObject> Told()
        {
            await foreach (var row in RowsAsync((after, max) => database.Messages.Where(m => m.Id > after).OrderBy(m => m.Id).Take(max), m => m.Id))
            {
                // The links in the platform's own mails are the right of whom they were sent to.
                if (withBodies && row.Mode != IntakeMode.Notice && row.BodyKey is { } key)
                    kept.Add((row.Id, row.TenantId, new BodyReference(row.BodyName, key)));
                else if (++done % Page == 0)
                    await TellAsync();
                yield return BundleRows.Of(row);
            }

            await TellAsync();
        }

        async Task TellAsync()
        {
            if (!await progress(Math.Max(total, done), done))
                throw new OperationCanceledException("The lease of the export was lost.");
        }
    }

    private async Task OriginalAsync(ZipArchive zip, Guid id, Guid tenant, BodyReference body, CancellationToken cancellationToken)
    {
        try
        {
            await using var original = await bodies.OpenReadAsync(tenant, body, cancellationToken);
            await using var entry = await zip.CreateEntry($"messages/{id}.eml", CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await original.CopyToAsync(entry, cancellationToken);
        }
        catch (BodyMissingException)
        {
            // Purged since it was listed: the bundle tells what there is.
        }
    }

    private static async Task LinesAsync(ZipArchive zip, string name, IAsyncEnumerable<JsonObject> rows, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await JsonSerializer.SerializeAsync(entry, row, JsonSerializerOptions.Web, cancellationToken);
            await entry.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    private static async IAsyncEnumerable<JsonObject> Once(JsonObject row)
    {
        await Task.CompletedTask;
        yield return row;
    }

    private static async IAsyncEnumerable<JsonObject> All<T>(IQueryable<T> rows, Func<T, JsonObject> tell)
        where T : class
    {
        await foreach (var row in rows.AsNoTracking().AsAsyncEnumerable())
            yield return tell(row);
    }

    private static async IAsyncEnumerable<JsonObject> Paged<T>(Func<Guid, int, IQueryable<T>> page, Func<T, Guid> key, Func<T, JsonObject> tell)
        where T : class
    {
        await foreach (var row in RowsAsync(page, key))
            yield return tell(row);
    }

    private static async IAsyncEnumerable<T> RowsAsync<T>(Func<Guid, int, IQueryable<T>> page, Func<T, Guid> key)
        where T : class
    {
        for (var after = Guid.Empty; await page(after, Page).AsNoTracking().ToListAsync() is { Count: > 0 } rows; after = key(rows[^1]))
            foreach (var row in rows)
                yield return row;
    }

    private static async IAsyncEnumerable<JsonObject> Numbered<T>(Func<long, int, IQueryable<T>> page, Func<T, long> key, Func<T, JsonObject> tell)
        where T : class
    {
        for (var after = 0L; await page(after, Page).AsNoTracking().ToListAsync() is { Count: > 0 } rows; after = key(rows[^1]))
            foreach (var row in rows)
                yield return tell(row);
    }
}
