using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Storage.Accounts;
using Platform.Storage.Events;
using Platform.Storage.Scopes;
using Platform.Storage.Transactions;

namespace Platform.Storage.Submission;

/// <summary>What happens to app passwords inside of other moves, and how each change is told.</summary>
internal static class AppPasswordMoves
{
    /// <summary>Of an account that leaves: what it made for its own mailbox. What it made for devices of others stays.</summary>
    public static ValueTask RemoveOwnAsync(MoveSession session, Guid accountId, Guid mailboxId, string actor, CancellationToken cancellationToken) =>
        RemoveAsync(session, "AND p.created_by = @maker", actor, cancellationToken, ("@mailbox", mailboxId), ("@maker", Scope.PersonPrefix + accountId));

    /// <summary>Of a mailbox whose sending is blocked.</summary>
    public static ValueTask RemoveAllAsync(MoveSession session, Guid mailboxId, string actor, CancellationToken cancellationToken) =>
        RemoveAsync(session, "", actor, cancellationToken, ("@mailbox", mailboxId));

    /// <summary>Who made one; of one of before, whom its row names.</summary>
    public static IReadOnlyList<Guid> MakersOf(string? makers, string createdBy) =>
        makers is not null ? AccountIds.Read(makers) : createdBy.StartsWith(Scope.PersonPrefix, StringComparison.Ordinal) ? AccountIds.Read(createdBy[Scope.PersonPrefix.Length..]) : [];

    public static void Record(MoveSession session, Guid tenantId, Guid id, ToldAppPassword told)
    {
        var data = JsonSerializer.Serialize(told, SubmissionJsonContext.Default.ToldAppPassword);
        session.Record(new PendingEvent(tenantId, EventKinds.AppPasswordChanged, session.Now, null, null, data));
        session.Record(new PendingAudit(tenantId, told.Actor, "app-password." + told.Action, id.ToString(), data));
    }

    private static async ValueTask RemoveAsync(MoveSession session, string which, string actor, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        var gone = await session.Sql.QueryAsync(
            $"SELECT p.id, p.tenant_id, p.name, COALESCE(m.address, '') FROM app_passwords p LEFT JOIN mailboxes m ON m.id = p.mailbox_id WHERE p.mailbox_id = @mailbox {which}",
            row => (Id: row.GetGuid(0), Tenant: row.GetGuid(1), Name: row.GetString(2), Address: row.GetString(3)),
            cancellationToken,
            parameters);
        foreach (var one in gone)
        {
            await session.Sql.ExecuteAsync("DELETE FROM app_passwords WHERE id = @id", cancellationToken, ("@id", one.Id));
            Record(session, one.Tenant, one.Id, new ToldAppPassword(actor, "remove", one.Address, one.Name));
        }
    }
}

/// <param name="Mailbox">Its address.</param>
internal sealed record ToldAppPassword(string Actor, string Action, string Mailbox, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ToldAppPassword))]
internal sealed partial class SubmissionJsonContext : JsonSerializerContext;
