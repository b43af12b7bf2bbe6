using Platform.Engine.Links;
using Platform.Engine.Misdirection;
using Platform.Storage.Sending.Attackers;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Correspondents;

internal sealed class Correspondence(IReadConnections reads, OftenWritten often) : ICorrespondence
{
    /// <summary>Domains of one mail that are looked up one by one, and recipients whose name is looked for elsewhere.</summary>
    private const int MaxDomains = 50;
    private const int MaxNames = 20;
    private const int MaxOrganisations = 40;

    public async Task<CorrespondenceFacts> OfAsync(CorrespondenceQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<string> recipients = [.. query.Outside.Take(OutgoingRecipients.MaxExamined).Select(SentRecipients.Normal).Distinct(StringComparer.Ordinal)];
        await using var sql = await reads.OpenAsync(cancellationToken);
        var written = await WrittenAsync(sql, query, recipients, cancellationToken);
        var unwritten = recipients.Where(recipient => !written.Contains(recipient)).ToList();
        var (known, hasUnknown) = await KnownDomainsAsync(sql, query, [.. written.Select(OutgoingRecipients.DomainOf)], unwritten, cancellationToken);
        return new CorrespondenceFacts
        {
            Written = written,
            KnownDomains = known,
            // Who writes to known domains alone, and names nobody, needs none to compare with.
            Domains = hasUnknown || query.Organisations.Count > 0 ? await often.OfAsync(sql, query.TenantId, cancellationToken) : CorrespondentDomains.None,
            SameName = await SameNameAsync(sql, query, unwritten, cancellationToken),
            Thread = await MailThreads.OfAsync(sql, query.TenantId, query.InReplyTo, cancellationToken),
            Organisations = await OrganisationsAsync(sql, query, cancellationToken),
            Attackers = query.AttackersSince is { } since ? await AttackerMoves.OfAsync(sql, query.TenantId, query.Outside, since, cancellationToken) : CorrespondenceFacts.None.Attackers,
        };
    }

    private static async ValueTask<HashSet<string>> WrittenAsync(SqlSession sql, CorrespondenceQuery query, List<string> recipients, CancellationToken cancellationToken)
    {
        if (query.MailboxId is not { } mailbox || recipients.Count == 0)
            return [];
        var names = Names(recipients);
        return [.. await sql.QueryAsync(
            $"SELECT address FROM sent_recipients WHERE tenant_id = @tenant AND mailbox_id = @mailbox AND delivered > 0 AND address IN ({List(names)})",
            row => row.GetString(0),
            cancellationToken,
            [("@tenant", query.TenantId), ("@mailbox", mailbox), .. names])];
    }

    /// <summary>A domain to which the mailbox wrote is its own affair; one to which colleagues did must have been written to often.</summary>
    private static async ValueTask<(HashSet<string> Known, bool HasUnknown)> KnownDomainsAsync(
        SqlSession sql, CorrespondenceQuery query, HashSet<string> known, List<string> unwritten, CancellationToken cancellationToken)
    {
        var asked = unwritten.Select(OutgoingRecipients.DomainOf).Where(domain => domain.Length > 0 && !known.Contains(domain) && !FreeMail.IsProvider(domain)).Distinct(StringComparer.Ordinal).Take(MaxDomains).ToList();
        var hasUnknown = false;
        foreach (var domain in asked)
        {
            // Some rows tell it: a domain that all write to has very many.
            var delivered = await sql.FirstAsync(
                """
                SELECT CAST(COALESCE(SUM(delivered + CASE WHEN mailbox_id = @mailbox THEN @often ELSE 0 END), 0) AS BIGINT)
                FROM (SELECT mailbox_id, delivered FROM sent_recipients WHERE tenant_id = @tenant AND domain = @domain AND delivered > 0 LIMIT 200) AS page
                """,
                row => row.GetInt64(0),
                cancellationToken,
                ("@mailbox", query.MailboxId ?? Guid.Empty),
                ("@often", (long)OftenWritten.Often),
                ("@tenant", query.TenantId),
                ("@domain", domain));
            if (delivered >= OftenWritten.Often)
                known.Add(domain);
            else
                hasUnknown = true;
        }

        return (known, hasUnknown);
    }

    private static async ValueTask<Dictionary<string, string>> SameNameAsync(SqlSession sql, CorrespondenceQuery query, List<string> unwritten, CancellationToken cancellationToken)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        if (query.MailboxId is not { } mailbox)
            return found;
        foreach (var recipient in unwritten.Where(recipient => recipient.Contains('@', StringComparison.Ordinal)).Take(MaxNames))
        {
            var local = recipient[..(recipient.LastIndexOf('@') + 1)];
            var known = await sql.FirstAsync(
                """
                SELECT address FROM sent_recipients
                WHERE tenant_id = @tenant AND mailbox_id = @mailbox AND delivered > 0 AND SUBSTR(address, 1, @length) = @local AND domain <> @domain
                ORDER BY last_at DESC LIMIT 1
                """,
                row => row.GetString(0),
                cancellationToken,
                ("@tenant", query.TenantId),
                ("@mailbox", mailbox),
                ("@length", local.Length),
                ("@local", local),
                ("@domain", OutgoingRecipients.DomainOf(recipient)));
            if (known is not null)
                found[recipient] = known;
        }

        return found;
    }

    private static async ValueTask<IReadOnlyList<OrganisationName>> OrganisationsAsync(SqlSession sql, CorrespondenceQuery query, CancellationToken cancellationToken)
    {
        var names = Names([.. query.Organisations.Distinct(StringComparer.Ordinal).Take(MaxOrganisations)]);
        return names.Count == 0
            ? []
            : await sql.QueryAsync(
                $"SELECT name, domain, seen FROM organisation_names WHERE tenant_id = @tenant AND name IN ({List(names)}) ORDER BY seen DESC, domain LIMIT 200",
                row => new OrganisationName(row.GetString(0), row.GetString(1), (int)Math.Min(row.GetInt64(2), int.MaxValue)),
                cancellationToken,
                [("@tenant", query.TenantId), .. names]);
    }

    private static List<(string Name, object? Value)> Names(IEnumerable<string> values) =>
        [.. values.Select((value, i) => ("@n" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), (object?)value))];

    private static string List(List<(string Name, object? Value)> names) => string.Join(", ", names.Select(name => name.Name));
}
