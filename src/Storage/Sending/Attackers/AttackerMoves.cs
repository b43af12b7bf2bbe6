using System.Globalization;
using Platform.Engine;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Storage.Directory;
using Platform.Storage.Messages;
using Platform.Storage.Rules;
using Platform.Storage.Sending.Correspondents;
using Platform.Storage.Transactions;

namespace Platform.Storage.Sending.Attackers;

/// <summary>
/// Stops answers to an attack in the transaction of its verdict (OUT10). That transaction takes the tenant's row of senders, and the end
/// of each outgoing scan shares it, so that a mail is either seen here or sees the attacker itself.
/// </summary>
internal static class AttackerMoves
{
    /// <summary>Why a delivery is held that waited when its recipient was found to be an attacker.</summary>
    public const string KnownAttacker = "known-attacker";

    /// <summary>Longer than any policy looks back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>By which clocks of two processes differ at most.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private const int MaxNames = 200;

    /// <summary>Within the end of an outgoing scan: no attack is found meanwhile that it does not see.</summary>
    public static async ValueTask ShareAsync(MoveSession session, Guid tenantId, CancellationToken cancellationToken)
    {
        if (session.Dialect.ForShare.Length == 0)
            return;
        await session.Sql.ExecuteAsync(
            "INSERT INTO send_accounts (id, tenant_id, epoch, blocked_at, ends_sessions) VALUES (@tenant, @owner, 1, 0, FALSE) ON CONFLICT (id) DO NOTHING",
            cancellationToken,
            ("@tenant", tenantId),
            ("@owner", tenantId));
        await session.Sql.FirstAsync("SELECT epoch FROM send_accounts WHERE id = @tenant" + session.Dialect.ForShare, row => row.GetInt64(0), cancellationToken, ("@tenant", tenantId));
    }

    /// <summary>The verdict of a mail that came in: whoever answers it is stopped, and what is on its way to its sender is held.</summary>
    public static ValueTask NoteAsync(MoveSession session, MessageSummary message, ScanOutcome outcome, CancellationToken cancellationToken) =>
        IsFromOutside(message) && AttackerNames.IsAttack(outcome.Verdict)
            ? AddAsync(session, message.TenantId, AttackerNames.Of(outcome.Verdict, outcome.Context.TenantDomains), outcome.Verdict.Kind, cancellationToken)
            : ValueTask.CompletedTask;

    /// <summary>Somebody reported the mail as an attack that was missed, and that was confirmed.</summary>
    public static async ValueTask ReportedAsync(MoveSession session, MessageSummary message, Verdict verdict, CancellationToken cancellationToken)
    {
        if (!IsFromOutside(message))
            return;
        var own = await session.Sql.QueryAsync("SELECT name FROM domains WHERE tenant_id = @tenant", row => row.GetString(0), cancellationToken, ("@tenant", message.TenantId));
        await AddAsync(session, message.TenantId, AttackerNames.Of(verdict, own), VerdictKind.Phishing, cancellationToken);
    }

    /// <summary>Somebody who answers for the whole tenant let the mail in: its sender is no attacker, and may be answered.</summary>
    public static async ValueTask ForgiveAsync(MoveSession session, MessageSummary message, Verdict verdict, CancellationToken cancellationToken)
    {
        if (!IsFromOutside(message))
            return;
        foreach (var name in AttackerNames.Of(verdict, []))
            await session.Sql.ExecuteAsync("DELETE FROM attackers WHERE tenant_id = @tenant AND name = @name", cancellationToken, ("@tenant", message.TenantId), ("@name", name.Name));
    }

    /// <summary>Attackers that were found since a mail whose scan ends was decided over, by name.</summary>
    public static async ValueTask<Dictionary<string, AttackFrom>> SinceAsync(MoveSession session, Guid tenantId, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var found = await session.Sql.QueryAsync(
            "SELECT name, verdict, last_at FROM attackers WHERE tenant_id = @tenant AND last_at > @since",
            row => (Name: row.GetString(0), Attack: new AttackFrom(row.Name<VerdictKind>(1), row.Time(2))),
            cancellationToken,
            ("@tenant", tenantId),
            ("@since", (asked - ClockSkew).ToUnixTimeMilliseconds()));
        return found.ToDictionary(one => one.Name, one => one.Attack, StringComparer.Ordinal);
    }

    /// <summary>Those of the recipients, or of their domains, from which attacks came, by name. All are asked for: who is held for an attack is never the one beyond a limit.</summary>
    public static async ValueTask<Dictionary<string, AttackFrom>> OfAsync(SqlSession sql, Guid tenantId, IEnumerable<string> recipients, DateTimeOffset since, CancellationToken cancellationToken)
    {
        Dictionary<string, AttackFrom> found = new(StringComparer.Ordinal);
        foreach (var page in recipients.SelectMany(NamesOf).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Chunk(MaxNames))
        {
            List<(string Name, object? Value)> names = [.. page.Select((value, i) => ("@n" + i.ToString(CultureInfo.InvariantCulture), (object?)value))];
            foreach (var (name, attack) in await sql.QueryAsync(
                $"SELECT name, verdict, last_at FROM attackers WHERE tenant_id = @tenant AND last_at > @since AND name IN ({string.Join(", ", names.Select(one => one.Name))})",
                row => (row.GetString(0), new AttackFrom(row.Name<VerdictKind>(1), row.Time(2))),
                cancellationToken,
                [("@tenant", tenantId), ("@since", since.ToUnixTimeMilliseconds()), .. names]))
                found[name] = attack;
        }

        return found;
    }

    /// <summary>What is found of a recipient; null: no attack came from it.</summary>
    /// <param name="since">Attacks before do not count; null: all do.</param>
    public static SendFinding? FindingOf(Dictionary<string, AttackFrom> attackers, string recipient, DateTimeOffset? since = null)
    {
        if (attackers.Count == 0)
            return null;
        foreach (var name in NamesOf(recipient))
        {
            if (attackers.TryGetValue(name, out var attack) && (since is not { } asked || attack.At > asked - ClockSkew))
                return SendFindings.OfAttacker(recipient, name, attack);
        }

        return null;
    }

    /// <summary>The decision on a delivery that is held for it.</summary>
    public static DecisionRecord? Held(DecisionRecord? decision, SendFinding? finding) => decision is null
        ? null
        : decision with
        {
            Action = decision.Action > PolicyAction.Quarantine ? decision.Action : PolicyAction.Quarantine,
            Basis = DecisionBasis.Recipient,
            Origin = null,
            Rule = null,
            Findings = [.. finding is null ? [] : new[] { finding }, .. decision.Findings.Where(found => found.Kind != SendFindingKind.KnownAttacker)],
        };

    /// <returns>How many were forgotten.</returns>
    public static ValueTask<int> ForgetAsync(MoveSession session, CancellationToken cancellationToken) => session.Sql.ExecuteAsync(
        "DELETE FROM attackers WHERE last_at < @before", cancellationToken, ("@before", (session.Now - Kept).ToUnixTimeMilliseconds()));

    private static string[] NamesOf(string recipient) => [SentRecipients.Normal(recipient), OutgoingRecipients.DomainOf(recipient)];

    private static bool IsFromOutside(MessageSummary message) => message is { Direction: MailDirection.Inbound, Mode: IntakeMode.Gateway or IntakeMode.Journal };

    private static async ValueTask AddAsync(MoveSession session, Guid tenantId, IReadOnlyList<AttackerName> named, VerdictKind verdict, CancellationToken cancellationToken)
    {
        if (named.Count == 0)
            return;
        await session.Sql.ExecuteAsync(
            """
            INSERT INTO send_accounts (id, tenant_id, epoch, blocked_at, ends_sessions) VALUES (@tenant, @owner, 1, 0, FALSE)
            ON CONFLICT (id) DO UPDATE SET epoch = send_accounts.epoch
            """,
            cancellationToken,
            ("@tenant", tenantId),
            ("@owner", tenantId));
        Dictionary<string, AttackFrom> attackers = new(StringComparer.Ordinal);
        foreach (var name in named.OrderBy(name => name.Name, StringComparer.Ordinal))
        {
            if (!name.IsProven && await IsCorrespondentAsync(session, tenantId, name, cancellationToken))
                continue;
            await session.Sql.ExecuteAsync(
                """
                INSERT INTO attackers (tenant_id, name, verdict, last_at) VALUES (@tenant, @name, @verdict, @now)
                ON CONFLICT (tenant_id, name) DO UPDATE SET verdict = excluded.verdict, last_at = excluded.last_at
                """,
                cancellationToken,
                ("@tenant", tenantId),
                ("@name", name.Name),
                ("@verdict", verdict.ToString()),
                ("@now", session.NowMilliseconds));
            attackers[name.Name] = new AttackFrom(verdict, session.Now);
        }

        if (attackers.Count > 0)
            await AttackerHolds.WaitingAsync(session, tenantId, attackers, cancellationToken);
    }

    /// <summary>Whoever the tenant writes to often. One answer that an attacker got, or that a program gave, makes nobody a partner.</summary>
    private static async ValueTask<bool> IsCorrespondentAsync(MoveSession session, Guid tenantId, AttackerName name, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        """
        SELECT CAST(COALESCE(SUM(delivered), 0) AS BIGINT)
        FROM (SELECT delivered FROM sent_recipients WHERE tenant_id = @tenant AND domain = @domain AND delivered > 0 AND (@asked = @domain OR address = @asked) LIMIT 200) AS page
        """,
        row => row.GetInt64(0),
        cancellationToken,
        ("@tenant", tenantId),
        ("@domain", name.Domain),
        ("@asked", name.Correspondent)) >= OftenWritten.Often;
}
