using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.OneNote;

// A section of OneNote ([MS-ONESTORE]) is a store of revisions: lists of file nodes that declare objects and their properties. Files
// and pictures lie as they are in FileDataStoreObjects (2.6.13): a GUID, a length of eight octets, twelve unused, the data, a GUID
// at the end. A node FileDataStoreObjectReferenceFND (2.5.21) gives the place and a name of its own, a GUID, to each; the object
// that shows it declares `<ifndf>{GUID}` and the extension (2.5.27). The names that a person sees are properties in UTF-16. Here
// these marks are searched for, and the lists are not walked: nothing that is stored can then be kept out of the lists.

/// <summary>Files inside of notebooks, under their names, and the words around them.</summary>
internal sealed class OneNoteReader : IFileReader
{
    private const int MaxFiles = 100;
    private const int MaxPictures = 8;
    private const int MaxNames = 400;
    private const int HeaderLength = 36;
    private const int ShortestText = 5;

    private static readonly SearchValues<char> NotInNames = SearchValues.Create("<>|?*\"");
    private static readonly string[] PictureTypes = ["png", "jpeg", "gif", "bmp", "tiff", "webp", "ico"];

    private static ReadOnlySpan<byte> Section => [0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3];

    private static ReadOnlySpan<byte> DesktopFormat => [0x3F, 0xDD, 0x9A, 0x10, 0x1B, 0x91, 0xF5, 0x49, 0xA5, 0xD0, 0x17, 0x91, 0xED, 0xC8, 0xAE, 0xD8];

    private static ReadOnlySpan<byte> DataBegin => [0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC];

    private static ReadOnlySpan<byte> NamePrefix => "<\0i\0f\0n\0d\0f\0>\0{\0"u8;

    public bool Reads(MailAttachment file) => file.Type.Id == "onenote" || file.Content.Span.StartsWith(Section);

    public void Read(MailAttachment file, FileContents contents)
    {
        var data = FindData(file.Content);
        var strings = Strings(file.Content.Span, data);
        var extensions = Extensions(file.Content.Span, data);
        List<string> names = [.. strings.Where(IsFileName).Take(MaxNames)];
        var pictures = 0;
        for (var index = 0; index < data.Count; index++)
        {
            var (at, length) = data[index];
            var content = file.Content.Slice(at, length);
            var type = FileTypes.Detect(content.Span);
            if (Array.IndexOf(PictureTypes, type.Id) >= 0 && pictures++ >= MaxPictures || !contents.Budget.TakeEntry(file.Path))
                continue;
            var name = NameOf(index, extensions.GetValueOrDefault(index, ""), type, names);
            if (Array.IndexOf(PictureTypes, type.Id) < 0)
                contents.Fact("onenote-file", string.Create(CultureInfo.InvariantCulture, $"offset {at}"), name);
            contents.Member(name, content);
        }

        ReadText(strings, contents);
        // A section as it comes from a server is stored otherwise; of that nothing is known here.
        if (file.Content.Length > 64 && file.Content.Span.Slice(48, 16).SequenceEqual(DesktopFormat))
            contents.Fact("onenote-read", "section", string.Create(CultureInfo.InvariantCulture, $"{data.Count} files"));
    }

    private static List<(int At, int Length)> FindData(ReadOnlyMemory<byte> content)
    {
        List<(int, int)> found = [];
        var bytes = content.Span;
        for (var at = 0; found.Count < MaxFiles && bytes[at..].IndexOf(DataBegin) is var hit and >= 0;)
        {
            at += hit;
            if (at + HeaderLength > bytes.Length)
                break;
            var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 16)..]);
            var start = at + HeaderLength;
            var whole = (int)Math.Min(length, (ulong)(bytes.Length - start));
            if (whole > 0)
                found.Add((start, whole));
            at = start + whole;
        }

        return found;
    }

    // Which data has which declared extension, by the GUID that stands in the declaration and beside the place.
    private static Dictionary<int, string> Extensions(ReadOnlySpan<byte> bytes, List<(int At, int Length)> data)
    {
        Dictionary<int, string> extensions = [];
        var declared = 0;
        for (var at = 0; declared++ < MaxFiles && bytes[at..].IndexOf(NamePrefix) is var hit and >= 0;)
        {
            at += hit + NamePrefix.Length;
            const int digits = 36;
            if (at + (2 * digits) + 8 > bytes.Length || !Guid.TryParse(Encoding.Unicode.GetString(bytes.Slice(at, 2 * digits)), out var id))
                continue;
            var tail = bytes[(at + (2 * digits) + 2)..];
            if (tail.Length > 4 && tail[0] == 0 && tail[1] == 0 && tail[2] != 0)
                tail = tail[2..];
            var count = BinaryPrimitives.ReadUInt32LittleEndian(tail);
            var extension = count is > 1 and < 20 && tail.Length >= 4 + (2 * (int)count) ? Encoding.Unicode.GetString(tail.Slice(4, 2 * (int)count)).TrimEnd('\0') : "";
            if (extension.StartsWith('.') && PlaceOf(bytes, id, data) is var index and >= 0)
                extensions.TryAdd(index, extension);
        }

        return extensions;
    }

    private static int PlaceOf(ReadOnlySpan<byte> bytes, Guid id, List<(int At, int Length)> data)
    {
        Span<byte> mark = stackalloc byte[16];
        id.TryWriteBytes(mark);
        const int mostPlaces = 20;
        var places = 0;
        for (var at = 0; places++ < mostPlaces && bytes[at..].IndexOf(mark) is var hit and >= 0; at++)
        {
            at += hit;
            // The reference before it is an offset, in octets or in eights, of two widths, and a length of as many.
            for (var back = 4; back <= 16 && back <= at; back++)
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at - back)..]);
                for (var index = 0; index < data.Count; index++)
                    if (word == (uint)(data[index].At - HeaderLength) || word * 8L == data[index].At - HeaderLength)
                        return index;
            }
        }

        return -1;
    }

    private static List<string> Strings(ReadOnlySpan<byte> bytes, List<(int At, int Length)> data)
    {
        List<string> strings = [];
        var at = 0;
        foreach (var (start, length) in data.Append((bytes.Length, 0)))
        {
            Collect(bytes[Math.Min(at, start)..start], strings);
            at = start + length;
        }

        return strings;
    }

    private static void Collect(ReadOnlySpan<byte> bytes, List<string> strings)
    {
        const int most = 4_000, longest = 4_000;
        for (var at = 0; at + 1 < bytes.Length && strings.Count < most; at++)
        {
            var text = Run(bytes, at, longest);
            if (text.Length < ShortestText)
                continue;
            // Latin letters read one octet off look like Han: of the two readings, the one with letters of a Latin text is meant.
            if (Run(bytes, at + 1, longest) is var other && other.Length >= text.Length - 2 && other.Count(char.IsAscii) > text.Count(char.IsAscii))
            {
                text = other;
                at++;
            }

            strings.Add(text);
            at += (2 * text.Length) - 1;
        }
    }

    private static string Run(ReadOnlySpan<byte> bytes, int at, int longest)
    {
        var end = at;
        while (end + 1 < bytes.Length && end - at < 2 * longest && IsLetter((char)(bytes[end] | (bytes[end + 1] << 8))))
            end += 2;
        return end - at < 2 * (ShortestText - 1) ? "" : Encoding.Unicode.GetString(bytes[at..end]);
    }

    // ASCII, Latin, kana, Han and Hangul: enough to tell text from numbers that look like characters.
    private static bool IsLetter(char character) =>
        character is >= ' ' and < '\u007f' or >= '\u00a0' and < '\u0180' or >= '\u3000' and < '\u3100' or >= '\u4e00' and < '\u9fa6' or >= '\uac00' and < '\ud7a4' or >= '\uff01' and < '\uffe0' or '\n' or '\r' or '\t' or '\u2019' or '\u2013';

    private static bool IsFileName(string text)
    {
        var extension = FileTypes.Extension(text);
        return extension.Length is > 0 and <= 12 && text.Length < 200 && extension.All(char.IsAsciiLetterOrDigit) && text.AsSpan().IndexOfAny(NotInNames) < 0 && !text.Contains("://", StringComparison.Ordinal) && !text.Contains('\n', StringComparison.Ordinal);
    }

    private static string NameOf(int index, string extension, FileType type, List<string> names)
    {
        var wanted = extension.TrimStart('.').ToLowerInvariant();
        var match = names.FindIndex(name => wanted.Length > 0 ? FileTypes.Extension(name) == wanted : type.Extensions.Contains(FileTypes.Extension(name)));
        if (match < 0 && wanted.Length == 0 && type.Id is "text" or "unknown")
            match = names.FindIndex(name => Detectors.Files.FileKinds.IsExecutableName(FileTypes.Extension(name)));
        if (match >= 0)
        {
            var name = names[match];
            names.RemoveAt(match);
            return name[(name.LastIndexOfAny(['\\', '/']) + 1)..];
        }

        var ending = wanted.Length > 0 ? wanted : type.Extensions.Count > 0 ? type.Extensions[0] : "bin";
        return string.Create(CultureInfo.InvariantCulture, $"file-{index + 1}.{ending}");
    }

    private static void ReadText(List<string> strings, FileContents contents)
    {
        foreach (var text in strings)
        {
            if (text.StartsWith("<ifndf>", StringComparison.Ordinal) || !text.Contains(' ', StringComparison.Ordinal) && !text.Any(character => character > '\u3000'))
                continue;
            contents.Text(text);
        }

        foreach (var text in strings)
            foreach (var address in AddressText.In(text))
                if (!address.Contains("schemas.microsoft.com", StringComparison.OrdinalIgnoreCase))
                    contents.Link(address);
    }
}
