using Platform.Grains.Egress;
using Platform.Storage.Directory;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Scopes;

namespace Platform.Grains.Onboarding.Ldap;

/// <summary>One run over a tenant's directory: read all of it, make and change mailboxes, and remove those it made that are gone, unless there are too many.</summary>
internal sealed class LdapSync(EgressConnector connector, IMailboxImport mailboxes, ILdapDirectories directories, IRecipientDirectory recipients, IDirectoryCommands commands, TimeProvider clock)
{
    public const string Actor = "ldap";
    private const int MaxEntries = 50_000;

    /// <summary>Of all that is kept of the entries until they are written.</summary>
    private const int MaxCharacters = 16 * 1024 * 1024;

    /// <summary>Reading and writing the largest directory that is taken takes a part of it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(20);

    public async Task<LdapRun> RunAsync(LdapJob job, CancellationToken cancellationToken)
    {
        var started = clock.GetUtcNow();
        using var deadline = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await RunAsync(job, started, either.Token);
        }
        catch (LdapException exception)
        {
            return Failed(exception.Message);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Failed($"The run was not done after {Deadline.TotalMinutes:0} minutes. What was taken stays, and the next run goes on.");
        }

        LdapRun Failed(string why) => new(started, clock.GetUtcNow(), "failed", 0, 0, 0, 0, 0, 0, Cut(why), []);
    }

    private async Task<LdapRun> RunAsync(LdapJob job, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var (lines, faults) = await ReadAsync(job, cancellationToken);
        var scope = Scope.System(job.TenantId, Actor);
        var total = new MailboxImportReport(0, 0, 0, 0, 0, [], faults, Applied: !job.Test);
        foreach (var part in lines.Chunk(MailboxImportLimits.MaxLines))
        {
            var result = await mailboxes.RunAsync(scope, job.TenantId, part, job.Test ? MailboxImportMode.Preview : MailboxImportMode.Valid, cancellationToken, job.Id);
            if (result.Value is not { } report)
                throw new LdapException(result.Message ?? result.Code!);
            total = total with
            {
                Created = total.Created + report.Created,
                Changed = total.Changed + report.Changed,
                Unchanged = total.Unchanged + report.Unchanged,
                Refused = total.Refused + report.Refused,
                Errors = [.. total.Errors.Concat(report.Errors).Take(MailboxImportLimits.MaxErrors)],
            };
        }

        var (removed, held) = await RemoveAsync(job, scope, lines, cancellationToken);
        var outcome = job.Test ? "tested" : held ? "held" : "done";
        return new LdapRun(started, clock.GetUtcNow(), outcome, lines.Count, total.Created, total.Changed, total.Unchanged, total.Refused, removed, null, total.Errors);
    }

    private async Task<(List<MailboxLine> Lines, List<MailboxLineError> Faults)> ReadAsync(LdapJob job, CancellationToken cancellationToken)
    {
        var directory = job.Directory;
        var domains = (await recipients.FindTenantAsync(job.TenantId, cancellationToken))?.Domains.ToHashSet() ?? [];
        string[] attributes = [.. new[] { directory.AddressAttribute, directory.NameAttribute, directory.AliasAttribute, directory.GroupAttribute }.Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        await using var connection = await LdapConnection.OpenAsync(connector, directory, clock, cancellationToken);
        var lines = new List<MailboxLine>();
        var faults = new List<MailboxLineError>();
        var characters = 0L;
        await foreach (var entry in connection.SearchAsync(directory, attributes, cancellationToken))
        {
            if (lines.Count == MaxEntries)
                throw new LdapException($"The directory gives more than {MaxEntries} entries; narrow the base or the filter.");
            if (LdapLines.Of(entry, lines.Count + 1, directory, domains) is not var (line, wrong))
                continue;
            lines.Add(line);
            faults.AddRange(wrong.Take(MailboxImportLimits.MaxErrors - faults.Count));
            characters += line.Address.Length + (line.DisplayName?.Length ?? 0) + (line.Aliases ?? []).Concat(line.Groups ?? []).Sum(value => (long)value.Length);
            if (characters > MaxCharacters)
                throw new LdapException("The directory gives more names of aliases and groups than are taken; narrow the base or the filter.");
        }

        return (lines, faults);
    }

    /// <returns>How many were removed, or in a test would be; held: too many would be, so that none was.</returns>
    private async Task<(int Removed, bool Held)> RemoveAsync(LdapJob job, Scope scope, List<MailboxLine> lines, CancellationToken cancellationToken)
    {
        var kept = await directories.MailboxesAsync(job, cancellationToken);
        var named = lines.Select(line => line.Address.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var gone = kept.Where(mailbox => !named.Contains(mailbox.Key)).ToList();
        if (gone.Count * 100L > (long)kept.Count * job.Directory.MaxRemovalPercent)
            return (0, true);
        if (job.Test)
            return (gone.Count, false);
        foreach (var (_, id) in gone)
            await commands.RemoveMailboxAsync(scope, job.TenantId, id, cancellationToken);
        return (gone.Count, false);
    }

    /// <summary>From outside in part: one line without control characters.</summary>
    private static string Cut(string text) => new([.. text.Take(300).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
}
