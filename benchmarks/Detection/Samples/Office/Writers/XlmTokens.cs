using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Formulas as tokens of binary workbooks ([MS-XLS] 2.5.198).</summary>
internal static class XlmTokens
{
    public const int Goto = 53;
    public const int Halt = 54;
    public const int SetValue = 108;
    public const int Exec = 110;
    public const int Char = 111;
    public const int Register = 149;
    public const int ForeignCall = 150;
    public const int Concatenate = 336;
    public const int Run = 0x8011;
    public const int Formula = 0x8060;
    public const int FormulaFill = 0x8061;
    public const int Alert = 0x8076;

    public static byte[] Text(string text) => [0x17, (byte)text.Length, 0, .. Encoding.Latin1.GetBytes(text)];

    public static byte[] Number(int value) => [0x1E, (byte)value, (byte)(value >> 8)];

    public static byte[] Cell(int row, int column) => [0x24, (byte)row, (byte)(row >> 8), (byte)column, 0];

    /// <param name="sheet">Number of the sheet from 0 on.</param>
    public static byte[] CellOf(int sheet, int row, int column) => [0x3A, (byte)sheet, 0, (byte)row, (byte)(row >> 8), (byte)column, 0];

    public static byte[] Join(byte[] left, byte[] right) => [.. left, .. right, 0x08];

    public static byte[] Less(byte[] left, byte[] right) => [.. left, .. right, 0x04];

    /// <summary>A function with any number of arguments.</summary>
    public static byte[] Call(int function, params byte[][] arguments) => [.. arguments.SelectMany(argument => argument), 0x42, (byte)arguments.Length, (byte)function, (byte)(function >> 8)];

    /// <summary>A function that takes always as many arguments.</summary>
    public static byte[] Fixed(int function, params byte[][] arguments) => [.. arguments.SelectMany(argument => argument), 0x41, (byte)function, (byte)(function >> 8)];

    public static byte[] Double(double value)
    {
        var bytes = new byte[9];
        bytes[0] = 0x1F;
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }
}
