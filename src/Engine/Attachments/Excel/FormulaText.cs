using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Platform.Engine.Attachments.Excel;

/// <summary>
/// Formulas as binary workbooks keep them ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.97): tokens in reverse Polish order. Made into the text
/// that a person would type; what has no text reads <c>?</c>.
/// </summary>
/// <param name="wide">As in xlsb: rows of 32 bits and long strings.</param>
internal sealed class FormulaText(bool wide, WorkbookNames names)
{
    private const int LongestText = 8_192;
    private const int MostTokens = 4_000;
    private const int MaxStack = 400;

    private static readonly string[] Operators = ["+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":"];

    private int _tokensLeft = 120_000;

    public string Read(ReadOnlySpan<byte> tokens)
    {
        var stack = new List<string>();
        var at = 0;
        for (var count = 0; at < tokens.Length && count < MostTokens && _tokensLeft-- > 0 && stack.Count < MaxStack; count++)
        {
            var length = Token(tokens[at..], stack);
            if (length <= 0)
                break;
            at += length;
        }

        return stack.Count == 0 ? "" : stack[^1];
    }

    private static string Pop(List<string> stack)
    {
        if (stack.Count == 0)
            return "?";
        var top = stack[^1];
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    private static void Push(List<string> stack, string text) => stack.Add(text.Length > LongestText ? text[..LongestText] : text);

    /// <returns>Octets of the token; 0 when no more can be read.</returns>
    private int Token(ReadOnlySpan<byte> token, List<string> stack)
    {
        var id = token[0] >= 0x60 ? token[0] - 0x40 : token[0] >= 0x40 ? token[0] - 0x20 : token[0];
        var length = LengthOf(id, token);
        if (length > token.Length || length == 0)
            return 0;
        switch (id)
        {
            case >= 0x03 and <= 0x11:
                var right = Pop(stack);
                Push(stack, $"{Pop(stack)}{Operators[id - 3]}{right}");
                break;
            case 0x12 or 0x13:
                Push(stack, $"{(id == 0x12 ? "+" : "-")}{Pop(stack)}");
                break;
            case 0x14:
                Push(stack, $"{Pop(stack)}%");
                break;
            case 0x15:
                Push(stack, $"({Pop(stack)})");
                break;
            case 0x16:
                Push(stack, "");
                break;
            case 0x17:
                Push(stack, $"\"{String(token).Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
                break;
            case 0x19 when (token[1] & 0x10) != 0:
                Push(stack, $"SUM({Pop(stack)})");
                break;
            case 0x1C:
                Push(stack, token[1] switch { 0x07 => "#DIV/0!", 0x0F => "#VALUE!", 0x17 => "#REF!", 0x1D => "#NAME?", 0x24 => "#NUM!", 0x2A => "#N/A", _ => "#NULL!" });
                break;
            case 0x1D:
                Push(stack, token[1] != 0 ? "TRUE" : "FALSE");
                break;
            case 0x1E:
                Push(stack, BinaryPrimitives.ReadUInt16LittleEndian(token[1..]).ToString(CultureInfo.InvariantCulture));
                break;
            case 0x1F:
                Push(stack, BinaryPrimitives.ReadDoubleLittleEndian(token[1..]).ToString("R", CultureInfo.InvariantCulture));
                break;
            case 0x21:
                var (name, arguments) = FunctionTable.Of(BinaryPrimitives.ReadUInt16LittleEndian(token[1..]));
                Call(stack, name, arguments ?? 1);
                break;
            case 0x22:
                Variable(stack, token[1] & 0x7F, BinaryPrimitives.ReadUInt16LittleEndian(token[2..]));
                break;
            case 0x23:
                Push(stack, names.Name((int)BinaryPrimitives.ReadUInt32LittleEndian(token[1..]) & 0xFFFFF));
                break;
            case 0x39:
                Push(stack, names.External(BinaryPrimitives.ReadUInt16LittleEndian(token[1..]), BinaryPrimitives.ReadUInt16LittleEndian(token[3..])));
                break;
            case 0x24 or 0x2C:
                Push(stack, Cell(token[1..]));
                break;
            case 0x25 or 0x2D:
                Push(stack, Area(token[1..]));
                break;
            case 0x3A:
                Push(stack, $"{names.Sheet(BinaryPrimitives.ReadUInt16LittleEndian(token[1..]))}!{Cell(token[3..])}");
                break;
            case 0x3B:
                Push(stack, $"{names.Sheet(BinaryPrimitives.ReadUInt16LittleEndian(token[1..]))}!{Area(token[3..])}");
                break;
            case 0x20 or 0x2A or 0x2B or 0x3C or 0x3D:
                Push(stack, id == 0x20 ? "?" : "#REF!");
                break;
        }

        return length;
    }

    private int LengthOf(int id, ReadOnlySpan<byte> token) => id switch
    {
        0x01 or 0x02 => 5,
        >= 0x03 and <= 0x16 => 1,
        0x17 when token.Length > 2 => wide ? 3 + (2 * BinaryPrimitives.ReadUInt16LittleEndian(token[1..])) : 3 + (token[1] * ((token[2] & 1) + 1)),
        0x18 => token.Length > 1 && token[1] is 0x19 ? 14 : 6,
        0x19 when token.Length > 3 => 4 + ((token[1] & 4) != 0 ? 2 * (BinaryPrimitives.ReadUInt16LittleEndian(token[2..]) + 1) : 0),
        0x1C or 0x1D => 2,
        0x1E => 3,
        0x1F => 9,
        0x20 => wide ? 15 : 8,
        0x21 => 3,
        0x22 => 4,
        0x23 => 5,
        0x24 or 0x2A or 0x2C => wide ? 7 : 5,
        0x25 or 0x2B or 0x2D => wide ? 13 : 9,
        0x26 or 0x27 or 0x28 => 7,
        0x29 => 3,
        0x39 => 7,
        0x3A or 0x3C => wide ? 9 : 7,
        0x3B or 0x3D => wide ? 15 : 11,
        _ => 0,
    };

    private static void Call(List<string> stack, string name, int arguments)
    {
        var from = Math.Max(0, stack.Count - arguments);
        var call = new StringBuilder(name).Append('(');
        for (var index = from; index < stack.Count && call.Length < LongestText; index++)
            call.Append(index > from ? "," : "").Append(stack[index]);
        stack.RemoveRange(from, stack.Count - from);
        Push(stack, call.Append(')').ToString());
    }

    // Function 255 is one that the first argument names.
    private static void Variable(List<string> stack, int arguments, int function)
    {
        if (function != 255 || arguments == 0 || stack.Count < arguments)
        {
            Call(stack, FunctionTable.Of(function).Name, arguments);
            return;
        }

        var name = stack[^arguments];
        Call(stack, name, arguments - 1);
        var call = Pop(stack);
        Pop(stack);
        Push(stack, call);
    }

    private string String(ReadOnlySpan<byte> token)
    {
        if (wide)
            return Encoding.Unicode.GetString(token.Slice(3, 2 * BinaryPrimitives.ReadUInt16LittleEndian(token[1..])));
        return (token[2] & 1) != 0 ? Encoding.Unicode.GetString(token.Slice(3, 2 * token[1])) : Encoding.Latin1.GetString(token.Slice(3, token[1]));
    }

    private string Cell(ReadOnlySpan<byte> place)
    {
        var row = wide ? BinaryPrimitives.ReadUInt32LittleEndian(place) : BinaryPrimitives.ReadUInt16LittleEndian(place);
        var column = BinaryPrimitives.ReadUInt16LittleEndian(place[(wide ? 4 : 2)..]) & 0x3FFF;
        return Address(row, column);
    }

    private string Area(ReadOnlySpan<byte> place)
    {
        var (first, last, left, right) = wide
            ? (BinaryPrimitives.ReadUInt32LittleEndian(place), BinaryPrimitives.ReadUInt32LittleEndian(place[4..]), BinaryPrimitives.ReadUInt16LittleEndian(place[8..]), BinaryPrimitives.ReadUInt16LittleEndian(place[10..]))
            : (BinaryPrimitives.ReadUInt16LittleEndian(place), BinaryPrimitives.ReadUInt16LittleEndian(place[2..]), BinaryPrimitives.ReadUInt16LittleEndian(place[4..]), BinaryPrimitives.ReadUInt16LittleEndian(place[6..]));
        return $"{Address(first, left & 0x3FFF)}:{Address(last, right & 0x3FFF)}";
    }

    /// <param name="row">From 0 on, as <paramref name="column"/>.</param>
    public static string Address(uint row, int column)
    {
        var letters = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26)
            letters = (char)('A' + ((left - 1) % 26)) + letters;
        return string.Create(CultureInfo.InvariantCulture, $"{letters}{row + 1L}");
    }
}
