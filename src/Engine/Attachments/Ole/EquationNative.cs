using System.Buffers.Binary;

namespace Platform.Engine.Attachments.Ole;

/// <summary>
/// Data of the old equation editor: a header of 28 octets, then MTEF records (a tag octet, the type in its low half). Its server copies
/// the name of a FONT record, and the cells of a MATRIX, into small buffers without looking at their length (CVE-2017-11882,
/// CVE-2018-0798, CVE-2018-0802), in a process without any protection.
/// </summary>
internal static class EquationNative
{
    private const int HeaderLength = 28;
    private const int MaxRecords = 2_000;
    private const int LongestFontName = 32;
    private const int MostCells = 31;

    /// <returns>What is wrong with it; null when it is an equation.</returns>
    public static string? Exploit(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderLength + 5)
            return null;
        if (BinaryPrimitives.ReadUInt16LittleEndian(data) != HeaderLength)
            return "header of another length";
        var records = data[HeaderLength..];
        if (records[0] is 0 or > 5)
            return $"equation format {records[0]}";
        records = records[5..];
        for (var count = 0; count < MaxRecords && !records.IsEmpty; count++)
        {
            var (length, wrong) = Record(records);
            if (wrong is not null)
                return wrong;
            if (length <= 0 || length > records.Length)
                return null;
            records = records[length..];
        }

        return null;
    }

    private static (int Length, string? Wrong) Record(ReadOnlySpan<byte> record)
    {
        var options = record[0] >> 4;
        var nudge = (options & 8) != 0 ? 2 : 0;
        switch (record[0] & 0x0F)
        {
            case 0 or 10 or 11 or 12 or 13 or 14:
                return (1, null);
            case 1:
                return (1 + nudge + ((options & 4) != 0 ? 2 : 0), null);
            case 2:
                return (4 + nudge, null);
            case 3:
                return (4 + nudge, null);
            case 4:
                return (3 + nudge, null);
            case 5 when record.Length > 6 + nudge:
                var (rows, columns) = (record[4 + nudge], record[5 + nudge]);
                return rows > MostCells || columns > MostCells
                    ? (0, $"matrix of {rows} by {columns}")
                    : (6 + nudge + ((((rows + 1) * 2) + 7) / 8) + ((((columns + 1) * 2) + 7) / 8), null);
            case 6:
                return (2 + nudge, null);
            case 8 when record.Length > 3:
                var name = record[3..];
                var end = name.IndexOf((byte)0);
                return end is < 0 or > LongestFontName ? (0, $"font name of {(end < 0 ? name.Length : end)} octets")
                    : name[..end].ContainsAnyInRange((byte)1, (byte)0x1F) ? (0, "font name that is no text")
                    : (4 + end, null);
            case 9 when record.Length > 2:
                return (record[1] switch { 101 => 4, 100 => 5, _ => 3 }, null);
            default:
                return (0, null);
        }
    }
}
