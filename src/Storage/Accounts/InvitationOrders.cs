using Platform.Storage.Quarantine;
using Platform.Storage.Transactions;

namespace Platform.Storage.Accounts;

/// <summary>The mail of an invitation. People of an MSP and of the operator get none: mail goes out in a tenant's name alone.</summary>
internal static class InvitationOrders
{
    private const string Person = "user:";

    public static async ValueTask AddAsync(MoveSession session, AccountOwner owner, Guid accountId, string actor, CancellationToken cancellationToken)
    {
        if (owner.Kind != AccountOwnerKind.Tenant)
            return;
        var (address, language, organisation) = await session.Sql.FirstAsync(
            "SELECT a.address, a.language, t.name FROM accounts a JOIN tenants t ON t.id = a.owner_id WHERE a.id = @id",
            row => (row.GetString(0), row.Text(1), row.GetString(2)),
            cancellationToken,
            ("@id", accountId));
        if (address is null)
            return;
        var inviter = actor.StartsWith(Person, StringComparison.Ordinal) && Guid.TryParse(actor.AsSpan(Person.Length), out var by)
            ? await session.Sql.FirstAsync("SELECT name FROM accounts WHERE id = @id", row => row.GetString(0), cancellationToken, ("@id", by))
            : null;
        var facts = new Dictionary<string, string> { ["account"] = accountId.ToString(), ["organisation"] = organisation, ["inviter"] = inviter ?? organisation };
        await MailOrders.AddAsync(session, owner.Id, null, address, language, MailOrderKinds.AccountInvited, facts, cancellationToken);
    }
}
