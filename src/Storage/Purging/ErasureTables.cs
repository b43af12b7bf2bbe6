using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Storage.Holds;
using Platform.Storage.Model;

namespace Platform.Storage.Purging;

/// <summary>
/// Where rows of a tenant and rows about a message lie, found in the model so that a new table cannot be forgotten. A table comes
/// before those it refers to.
/// </summary>
internal sealed class ErasureTables
{
    /// <summary>Kept when a message goes: redacted, erased by field, or about the purge itself.</summary>
    private static readonly Type[] KeptOfMessages = [typeof(MessageRow), typeof(DeliveryRow), typeof(EventRow), typeof(AuditRow), typeof(PurgeWorkRow), typeof(HoldRow)];

    public ErasureTables(IModel model)
    {
        var ordered = Ordered(model);
        OfOwner = [.. ordered.Select(type => (Type: type, Owner: type.FindProperty("TenantId") ?? type.FindProperty("OwnerId")))
            .Where(table => table.Owner is not null)
            .Select(table => new ErasedTable(table.Type.GetTableName()!, table.Owner!.GetColumnName()))];
        OfMessage = [.. Having(ordered, "MessageId")];
        OfDelivery = [.. Having(ordered, "DeliveryId").Where(table => table.Name != "webhook_attempts")];
    }

    /// <summary>All rows of a tenant, but for its own.</summary>
    public IReadOnlyList<ErasedTable> OfOwner { get; }

    /// <summary>Rows that go with their message, beside its deliveries.</summary>
    public IReadOnlyList<ErasedTable> OfMessage { get; }

    /// <summary>Deliveries of mail, not of webhooks.</summary>
    public IReadOnlyList<ErasedTable> OfDelivery { get; }

    private static IEnumerable<ErasedTable> Having(IEnumerable<IEntityType> types, string property) => types
        .Where(type => !KeptOfMessages.Contains(type.ClrType))
        .Select(type => (type, column: type.FindProperty(property)))
        .Where(table => table.column is not null)
        .Select(table => new ErasedTable(table.type.GetTableName()!, table.column!.GetColumnName()));

    private static List<IEntityType> Ordered(IModel model)
    {
        var ordered = new List<IEntityType>();
        var seen = new HashSet<IEntityType>();
        foreach (var type in model.GetEntityTypes().OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
            Visit(type);
        return ordered;

        void Visit(IEntityType type)
        {
            if (!seen.Add(type))
                return;
            foreach (var dependent in type.GetReferencingForeignKeys().Select(key => key.DeclaringEntityType))
                Visit(dependent);
            ordered.Add(type);
        }
    }
}

internal sealed record ErasedTable(string Name, string Column);
