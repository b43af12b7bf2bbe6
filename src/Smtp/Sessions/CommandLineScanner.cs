using System.Buffers;
using Platform.Smtp.Messages;

namespace Platform.Smtp.Sessions;

internal enum LineStatus
{
    Line,
    NeedMore,
    Faulty,
}

/// <summary>Finds the end of a command line: CRLF, within the bound. A bare CR, a bare LF or a NUL before it is a fault.</summary>
internal static class CommandLineScanner
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\r\n\0"u8);

    /// <param name="maxLength">With the CRLF.</param>
    /// <param name="length">Of the line without its CRLF.</param>
    public static LineStatus Find(ReadOnlySpan<byte> input, int maxLength, out int length, out LineFault fault)
    {
        length = 0;
        fault = LineFault.None;
        var found = input.IndexOfAny(Special);
        if (found < 0 ? input.Length >= maxLength : found + 2 > maxLength)
        {
            fault = LineFault.TooLong;
            return LineStatus.Faulty;
        }

        if (found < 0)
            return LineStatus.NeedMore;
        if (input[found] == '\r')
        {
            if (found + 1 == input.Length)
                return LineStatus.NeedMore;
            if (input[found + 1] == '\n')
            {
                length = found;
                return LineStatus.Line;
            }
        }

        fault = input[found] switch
        {
            (byte)'\r' => LineFault.BareCr,
            (byte)'\n' => LineFault.BareLf,
            _ => LineFault.Nul,
        };
        return LineStatus.Faulty;
    }
}
