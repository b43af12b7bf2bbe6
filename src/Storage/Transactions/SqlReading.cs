using System.Data.Common;

namespace Platform.Storage.Transactions;

/// <summary>Columns by position, with the types both databases share (times are Unix milliseconds, enums are names).</summary>
internal static class SqlReading
{
    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static Guid? Id(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static byte[]? Bytes(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);

    public static int? Number(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

    public static DateTimeOffset Time(this DbDataReader reader, int column) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static T Name<T>(this DbDataReader reader, int column)
        where T : struct, Enum => Enum.Parse<T>(reader.GetString(column));
}
