using System.Data.Common;
using System.Text.Json;

namespace Platform.Storage.Outgoing;

/// <summary>
/// Rows that workers read for all tenants together. One whose JSON this version cannot read (a newer one wrote it, or it was broken) is left as it
/// is and stops nobody else's.
/// </summary>
internal static class PlanReading
{
    /// <returns>Null: it cannot be read.</returns>
    public static T? Find<T>(DbDataReader row, Func<DbDataReader, T> read)
        where T : class
    {
        try
        {
            return read(row);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return null;
        }
    }

    /// <summary>A stage without its kind is not supported, one of an unknown kind is no JSON of ours.</summary>
    public static bool IsUnreadable(Exception exception) => exception is JsonException or NotSupportedException;
}
