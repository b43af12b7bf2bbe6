using Platform.Storage.Transactions;

namespace Platform.Storage.Push.Webhooks;

/// <summary>An endpoint's row inside a move.</summary>
internal sealed record StoredWebhook(Guid Id, PushOwner Owner, string Url, string Description, string Kinds, WebhookState State, byte[] Secret, byte[]? Seed, long Position)
{
    private const string Columns = "id, owner_id, of_msp, url, description, kinds, state, secret, signing_seed, position";

    public WebhookTold Told => new(Description, EventKindFilter.Read(Kinds).Entries, State == WebhookState.Enabled);

    /// <summary>Locked until the commit.</summary>
    public static async ValueTask<StoredWebhook?> LockAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => await session.Sql.FirstAsync(
        $"SELECT {Columns} FROM webhook_endpoints WHERE id = @id{session.Dialect.ForUpdate}",
        row => new StoredWebhook(
            row.GetGuid(0),
            new PushOwner(row.GetGuid(1), row.GetBoolean(2)),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.Name<WebhookState>(6),
            row.Bytes(7) ?? [],
            row.Bytes(8),
            row.GetInt64(9)),
        cancellationToken,
        ("@id", id));
}
