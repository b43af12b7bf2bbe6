using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Embedded and linked objects ([MS-OLEDS]): packages, equations, links by moniker, and the wrapping that RTF gives them.</summary>
internal static class ObjectWriter
{
    public static readonly Guid EquationClass = new("0002CE02-0000-0000-C000-000000000046");
    public static readonly Guid PackageClass = new("0003000C-0000-0000-C000-000000000046");

    /// <summary>An embedded object as RTF keeps it (2.2.5).</summary>
    public static byte[] Embedded(string className, byte[] native) =>
        [1, 5, 0, 0, 2, 0, 0, 0, .. Counted(className), 0, 0, 0, 0, 0, 0, 0, 0, .. Number(native.Length), .. native, 1, 5, 0, 0, 0, 0, 0, 0];

    /// <summary>A linked object as RTF keeps it (2.2.6).</summary>
    public static byte[] Linked(string className, string topic) =>
        [1, 5, 0, 0, 1, 0, 0, 0, .. Counted(className), .. Counted(topic), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0];

    /// <summary>The stream <c>\1Ole10Native</c> of a packaged file.</summary>
    public static byte[] Package(string label, string path, byte[] content)
    {
        byte[] body = [2, 0, .. Text(label), .. Text(path), 0, 0, 3, 0, .. Counted(path), .. Number(content.Length), .. content];
        return [.. Number(body.Length), .. body];
    }

    public static byte[] PackageObject(string label, string path, byte[] content) =>
        new CompoundWriter { RootClass = PackageClass }.Stream("\u0001Ole10Native", Package(label, path, content)).ToArray();

    /// <param name="fontName">Name of the FONT record: an honest one is short.</param>
    public static byte[] Equation(ReadOnlySpan<byte> fontName)
    {
        byte[] records = [3, 1, 1, 3, 10, 0x0A, 0x01, 0x08, 0x5A, 0x5A, .. fontName, 0, 0x02, 0x83, (byte)'x', 0, 0, 0];
        return [28, 0, 0, 0, 2, 0, 0xC1, 0xC1, .. Number(records.Length), .. new byte[16], .. records];
    }

    public static byte[] EquationObject(byte[] native, string stream = "Equation Native") =>
        new CompoundWriter { RootClass = EquationClass }.Stream(stream, stream[0] == '\u0001' ? [.. Number(native.Length), .. native] : native).ToArray();

    /// <summary>An object that is a link to an address by a URL moniker.</summary>
    public static byte[] LinkObject(string address)
    {
        var text = Encoding.Unicode.GetBytes(address + "\0");
        return new CompoundWriter { RootClass = new Guid("00000300-0000-0000-C000-000000000046") }
            .Stream("\u0001Ole", [1, 0, 0, 2, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. Number(text.Length + 20), .. new Guid("79EAC9E0-BAF9-11CE-8C82-00AA004BA90B").ToByteArray(), .. Number(text.Length), .. text])
            .ToArray();
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Text(string text) => [.. Encoding.Latin1.GetBytes(text), 0];

    private static byte[] Counted(string text) => [.. Number(text.Length + 1), .. Text(text)];
}
