using System.Buffers.Binary;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.Ole;

/// <summary>
/// A file packaged as an object: the stream <c>\1Ole10Native</c> ([MS-OLEDS] 2.3.6) or native data of the class Package. After its
/// size: a mark, label, original path, another mark, the temporary path, the size of the file and the file.
/// </summary>
/// <param name="Name">Last part of the path under which the file is written on opening, or of its label.</param>
/// <param name="Label">What the reader sees under the icon.</param>
internal sealed record Ole10Native(string Name, string Label, ReadOnlyMemory<byte> Content)
{
    private const int MaxName = 600;

    /// <param name="stream">From the size on.</param>
    /// <returns>Null when the data is no package; then it belongs to some server alone.</returns>
    public static Ole10Native? Read(ReadOnlyMemory<byte> stream) => stream.Length < 12 ? null : ReadPackage(stream[4..]) ?? ReadPackage(stream);

    private static Ole10Native? ReadPackage(ReadOnlyMemory<byte> package)
    {
        var at = 2;
        if (BinaryPrimitives.ReadUInt16LittleEndian(package.Span) is not (2 or 3) || Text(package.Span, ref at) is not { } label || Text(package.Span, ref at) is not { } source || at + 8 > package.Length)
            return null;
        at += 4;
        var pathLength = BinaryPrimitives.ReadUInt32LittleEndian(package.Span[at..]);
        at += 4;
        if (pathLength > MaxName || at + pathLength + 4 > package.Length)
            return null;
        var path = Charsets.Guess(package.Span.Slice(at, (int)pathLength)).TrimEnd('\0');
        at += (int)pathLength;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(package.Span[at..]);
        at += 4;
        var content = package.Slice(at, (int)Math.Min(size, package.Length - at));
        return new Ole10Native(LastPart(path) is { Length: > 0 } name ? name : LastPart(source) is { Length: > 0 } original ? original : LastPart(label), label, content);
    }

    private static string? Text(ReadOnlySpan<byte> bytes, ref int at)
    {
        if (at >= bytes.Length)
            return null;
        var length = bytes[at..].IndexOf((byte)0);
        if (length is < 0 or > MaxName)
            return null;
        var text = Charsets.Guess(bytes.Slice(at, length));
        at += length + 1;
        return text;
    }

    private static string LastPart(string path) => path[(path.LastIndexOfAny(['\\', '/', ':']) + 1)..];
}
