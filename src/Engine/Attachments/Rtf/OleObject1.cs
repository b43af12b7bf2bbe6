using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Ole;

namespace Platform.Engine.Attachments.Rtf;

/// <summary>
/// An object as RTF and the clipboard keep it ([MS-OLEDS] 2.2.4, 2.2.5): version, kind (1 linked, 2 embedded), three names with
/// their lengths, then the native data: mostly a compound file.
/// </summary>
internal static class OleObject1
{
    private const int MaxName = 4_096;
    private static readonly byte[] CompoundStart = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <param name="className">Class that the document names; the object's own comes first.</param>
    public static void Tell(ReadOnlyMemory<byte> data, string className, FileContents contents)
    {
        var span = data.Span;
        var at = 8;
        if (span.Length > 12 && BinaryPrimitives.ReadUInt32LittleEndian(span[4..]) is 1 or 2 && Text(span, ref at) is { } own && Text(span, ref at) is { } topic && Text(span, ref at) is not null)
        {
            className = own.Length > 0 ? own : className;
            if (span[4] == 1)
            {
                RemoteTarget.Tell(contents, "office-external-object", className, topic);
                return;
            }

            if (at + 4 <= span.Length)
            {
                var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(span[at..]), (uint)(span.Length - at - 4));
                Native(data.Slice(at + 4, length), className, contents);
                return;
            }
        }

        // A broken header does not stop Word from finding the object.
        Native(data, className, contents);
    }

    private static void Native(ReadOnlyMemory<byte> native, string className, FileContents contents)
    {
        var start = native.Span.IndexOf(CompoundStart);
        if (start >= 0 && CompoundFile.Open(native[start..]) is { } file)
        {
            OleObjects.Tell(file, className, contents);
            // Documents inside are walked as files of their own.
            if (file.Find("WordDocument") is not null || file.Find("Workbook") is not null || file.Find("Book") is not null || file.Find("PowerPoint Document") is not null)
                contents.Member("object.bin", native[start..]);
            return;
        }

        OleClasses.Tell(className, className, contents);
        if (OleClasses.IsEquation(className))
            OleObjects.TellEquation(native.Span, className, contents);
        else if (className.Equals("Package", StringComparison.OrdinalIgnoreCase) || native.Length > 2 && native.Span[0] == 2 && native.Span[1] == 0)
            OleObjects.TellPackage((byte[])[0, 0, 0, 0, .. native.Span], className, contents);
        OleObjects.TellLink(native.Span, className, contents);
    }

    private static string? Text(ReadOnlySpan<byte> data, ref int at)
    {
        if (at + 4 > data.Length)
            return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(data[at..]);
        if (length > MaxName || at + 4 + length > data.Length)
            return null;
        var text = Encoding.Latin1.GetString(data.Slice(at + 4, (int)length)).TrimEnd('\0');
        at += 4 + (int)length;
        return text;
    }
}
