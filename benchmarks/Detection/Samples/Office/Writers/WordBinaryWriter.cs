using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Writes the streams of a document of Word 97 to 2003 ([MS-DOC]) that readers of text need: one piece of text, and document variables.</summary>
internal sealed class WordBinaryWriter
{
    private const int TextAt = 0x0800;

    private readonly StringBuilder _text = new();
    private readonly List<(string Name, string Value)> _variables = [];

    public WordBinaryWriter Paragraph(string text)
    {
        _text.Append(text).Append('\r');
        return this;
    }

    public WordBinaryWriter Field(string instruction, string result)
    {
        _text.Append('\u0013').Append(instruction).Append('\u0014').Append(result).Append('\u0015').Append('\r');
        return this;
    }

    public WordBinaryWriter Variable(string name, string value)
    {
        _variables.Add((name, value));
        return this;
    }

    public CompoundWriter ToStreams()
    {
        byte[] pieces = [2, 16, 0, 0, 0, 0, 0, 0, 0, .. Number(_text.Length), 0, 0, .. Number(TextAt), 0, 0];
        byte[] variables = _variables.Count == 0 ? [] : [0xFF, 0xFF, (byte)_variables.Count, 0, 4, 0, .. _variables.SelectMany(v => (byte[])[.. Counted(v.Name), 0, 0, 0, 0]), .. _variables.SelectMany(v => (byte[])[.. Counted(v.Value), 0, 0])];
        var document = new byte[TextAt + (2 * _text.Length)];
        document[0] = 0xEC;
        document[1] = 0xA5;
        document[11] = 2;
        BinaryPrimitives.WriteInt32LittleEndian(document.AsSpan(0x01A6), pieces.Length);
        BinaryPrimitives.WriteInt32LittleEndian(document.AsSpan(0x027A), pieces.Length);
        BinaryPrimitives.WriteInt32LittleEndian(document.AsSpan(0x027E), variables.Length);
        Encoding.Unicode.GetBytes(_text.ToString()).CopyTo(document, TextAt);
        return new CompoundWriter().Stream("WordDocument", document).Stream("1Table", [.. pieces, .. variables]);
    }

    private static byte[] Number(int value) => BitConverter.GetBytes(value);

    private static byte[] Counted(string text) => [(byte)text.Length, (byte)(text.Length >> 8), .. Encoding.Unicode.GetBytes(text)];
}
