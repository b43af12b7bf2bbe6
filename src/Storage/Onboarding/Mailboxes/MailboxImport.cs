using System.Globalization;
using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Groups;
using Platform.Storage.Plans;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Onboarding.Mailboxes;

/// <summary>The list is judged as a whole first, then written in batches, so that mail is not kept waiting for one long transaction.</summary>
internal sealed class MailboxImport(IMoveRunner moves, IReadConnections reads, RecipientDirectory directory) : IMailboxImport
{
    private const int Batch = 200;

    public async Task<CommandResult<MailboxImportReport>> RunAsync(
        Scope scope, Guid tenantId, IReadOnlyList<MailboxLine> lines, MailboxImportMode mode, CancellationToken cancellationToken, Guid? source = null)
    {
        scope.Require(Permissions.DirectoryWrite);
        if (!scope.Tenants.Contains(tenantId))
            return Refusal.NoTenant.As<MailboxImportReport>();
        if (lines.Count > MailboxImportLimits.MaxLines)
            return new(null, "MAILBOX_IMPORT_TOO_LARGE", $"A list has at most {MailboxImportLimits.MaxLines} lines; split it.");
        if (lines.Any(line => line.Groups is { Count: > 0 }))
            scope.Require(Permissions.GroupsWrite);
        var plan = await PlanAsync(tenantId, lines, source is not null, cancellationToken);
        var applies = mode == MailboxImportMode.Valid || (mode == MailboxImportMode.All && plan.Errors.Count == 0);
        try
        {
            foreach (var batch in applies ? plan.Changes.Chunk(Batch) : [])
                await moves.RunAsync((session, ct) => WriteAsync(session, tenantId, batch, scope.Actor, source, ct), cancellationToken);
        }
        catch (RefusedException refused)
        {
            // Somebody else added something meanwhile. What was written stays; the list can be sent again.
            return refused.Refusal.As<MailboxImportReport>();
        }

        var created = plan.Changes.Count(change => change.Id is null);
        return new(
            new MailboxImportReport(
                lines.Count, created, plan.Changes.Count - created, plan.Unchanged, plan.Refused, plan.MissingGroups, [.. plan.Errors.Take(MailboxImportLimits.MaxErrors)], applies),
            null,
            null);
    }

    private async Task<ImportPlan> PlanAsync(Guid tenantId, IReadOnlyList<MailboxLine> lines, bool isDirectory, CancellationToken cancellationToken)
    {
        await using var sql = await reads.OpenAsync(cancellationToken);
        return ImportPlan.Make(await KnownMailboxes.LoadAsync(sql, tenantId, cancellationToken), lines, isDirectory);
    }

    private async ValueTask<bool> WriteAsync(MoveSession session, Guid tenantId, PlannedMailbox[] batch, string actor, Guid? source, CancellationToken cancellationToken)
    {
        await PlanGuard.AdmitAsync(session, tenantId, PlanResource.Mailboxes, batch.Count(change => change.Id is null), cancellationToken);
        var groups = await LockedGroups.OpenAsync(session, tenantId, cancellationToken);
        var ids = await GroupsAsync(session, groups, batch, actor, cancellationToken);
        var joined = batch.SelectMany(change => change.Groups).DistinctBy(name => name.ToLowerInvariant()).ToDictionary(name => name.ToLowerInvariant(), _ => new List<string>());
        var services = await TenantAddresses.OfServicesAsync(session.Sql, tenantId, cancellationToken);
        foreach (var change in batch)
        {
            var id = await MailboxAsync(session, tenantId, change, source, cancellationToken);
            await AliasesAsync(session, tenantId, services, id, change, cancellationToken);
            foreach (var group in change.Groups)
            {
                if (await groups.AddAsync(ids[group.ToLowerInvariant()], new GroupMember(GroupMemberKind.Mailbox, id), cancellationToken))
                    joined[group.ToLowerInvariant()].Add(change.Address);
            }
        }

        foreach (var (key, added) in joined.Where(pair => pair.Value.Count > 0))
            groups.Record(actor, "members", ids[key], new ToldGroup { Name = key, Added = ToldMembers.Of(added) });
        Record(session, tenantId, batch, actor);
        await directory.ChangedAsync(session, cancellationToken);
        return true;
    }

    private static async ValueTask<Dictionary<string, Guid>> GroupsAsync(MoveSession session, LockedGroups groups, PlannedMailbox[] batch, string actor, CancellationToken cancellationToken)
    {
        var all = await groups.AllAsync(cancellationToken);
        var ids = all.ToDictionary(group => group.NameKey, group => group.Id);
        var position = all.Select(group => group.Position).DefaultIfEmpty().Max();
        foreach (var name in batch.SelectMany(change => change.Groups).Where(name => !ids.ContainsKey(name.ToLowerInvariant())).DistinctBy(name => name.ToLowerInvariant()).ToList())
        {
            var made = new StoredGroup(Guid.CreateVersion7(session.Now), name, null, ++position);
            await groups.InsertAsync(made, actor, cancellationToken);
            groups.Record(actor, "create", made.Id, new ToldGroup { Name = made.Name, Position = made.Position });
            ids.Add(made.NameKey, made.Id);
        }

        return ids;
    }

    /// <exception cref="RefusedException">The address has become another's since the list was judged.</exception>
    private static async ValueTask<Guid> MailboxAsync(MoveSession session, Guid tenantId, PlannedMailbox change, Guid? source, CancellationToken cancellationToken)
    {
        if (change.Id is null)
        {
            await TenantAddresses.RequireFreeAsync(session, tenantId, change.Address, cancellationToken);
            await session.Sql.ExecuteAsync(
                "INSERT INTO mailboxes (id, tenant_id, address, display_name, created_at, source_id) VALUES (@id, @tenant, @address, @name, @now, @source) ON CONFLICT (address) DO NOTHING",
                cancellationToken,
                ("@id", Guid.CreateVersion7(session.Now)),
                ("@tenant", tenantId),
                ("@address", change.Address),
                ("@name", change.DisplayName),
                ("@now", session.NowMilliseconds),
                ("@source", source));
        }
        else if (change.DisplayName is not null)
        {
            await session.Sql.ExecuteAsync("UPDATE mailboxes SET display_name = @name WHERE id = @id", cancellationToken, ("@name", change.DisplayName), ("@id", change.Id));
        }

        return await session.Sql.FirstAsync(
            "SELECT id FROM mailboxes WHERE address = @address AND tenant_id = @tenant", row => (Guid?)row.GetGuid(0), cancellationToken, ("@address", change.Address), ("@tenant", tenantId))
            ?? throw new RefusedException(new("ADDRESS_TAKEN", $"'{change.Address}' was changed by somebody else at the same moment; send the list again."));
    }

    private static async ValueTask AliasesAsync(MoveSession session, Guid tenantId, IReadOnlySet<string> services, Guid mailboxId, PlannedMailbox change, CancellationToken cancellationToken)
    {
        foreach (var alias in change.OldAliases)
            await session.Sql.ExecuteAsync("DELETE FROM mailbox_aliases WHERE address = @address AND mailbox_id = @id", cancellationToken, ("@address", alias), ("@id", mailboxId));
        foreach (var alias in change.NewAliases)
        {
            await TenantAddresses.RequireNoMailboxAsync(session.Sql, tenantId, alias, cancellationToken);
            if (services.Contains(alias))
                throw new RefusedException(TenantAddresses.ServiceAddress(alias));
            await session.Sql.ExecuteAsync(
                "INSERT INTO mailbox_aliases (address, tenant_id, mailbox_id) VALUES (@address, @tenant, @id) ON CONFLICT (address) DO NOTHING",
                cancellationToken,
                ("@address", alias),
                ("@tenant", tenantId),
                ("@id", mailboxId));
        }
    }

    private static void Record(MoveSession session, Guid tenantId, PlannedMailbox[] batch, string actor)
    {
        var created = batch.Count(change => change.Id is null);
        var data = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"actor":{{System.Text.Json.JsonSerializer.Serialize(actor, TenantJsonContext.Default.String)}},"action":"mailbox.import","target":"{{tenantId}}","created":{{created}},"changed":{{batch.Length - created}}}""");
        session.Record(new PendingEvent(tenantId, EventKinds.DirectoryChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, actor, "mailbox.import", tenantId.ToString(), data));
    }
}
