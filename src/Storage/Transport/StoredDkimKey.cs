using System.Data.Common;
using System.Globalization;
using Platform.Storage.Transactions;

namespace Platform.Storage.Transport;

/// <summary>A key's row inside a move, without the private key.</summary>
internal sealed record StoredDkimKey(
    Guid Id,
    Guid TenantId,
    string Domain,
    string Selector,
    DkimKeyKind Kind,
    DkimKeyState State,
    int RotationDays,
    string PublicKey,
    DateTimeOffset? ActiveAt,
    DateTimeOffset? RetiringAt,
    DateTimeOffset CreatedAt)
{
    public const string Columns = "id, tenant_id, domain, selector, kind, state, rotation_days, public_key, active_at, retiring_at, created_at";

    public static StoredDkimKey Read(DbDataReader row) => new(
        row.GetGuid(0),
        row.GetGuid(1),
        row.GetString(2),
        row.GetString(3),
        row.Name<DkimKeyKind>(4),
        row.Name<DkimKeyState>(5),
        row.GetInt32(6),
        row.GetString(7),
        row.IsDBNull(8) ? null : row.Time(8),
        row.IsDBNull(9) ? null : row.Time(9),
        row.Time(10));

    /// <summary>Locked until the commit.</summary>
    public static ValueTask<StoredDkimKey?> LockAsync(MoveSession session, Guid id, CancellationToken cancellationToken) => session.Sql.FirstAsync(
        $"SELECT {Columns} FROM dkim_keys WHERE id = @id{session.Dialect.ForUpdate}", Read, cancellationToken, ("@id", id));

    /// <summary>Says when and of which kind; the last digits make it the key's own.</summary>
    public static string SelectorOf(Guid id, DkimKeyKind kind, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"mig{now:yyyyMM}{(kind == DkimKeyKind.Rsa ? 'r' : 'e')}-{id.ToString("N")[^6..]}");

    public bool IsToBeFollowed(DateTimeOffset now) => State == DkimKeyState.Active && RotationDays > 0 && ActiveAt is { } since && now - since >= TimeSpan.FromDays(RotationDays);
}
