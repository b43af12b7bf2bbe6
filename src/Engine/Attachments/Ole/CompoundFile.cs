using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.Ole;

// An OLE2 compound file ([MS-CFB]) is a small file system inside of a file: storages are its folders, streams its files.
// The content is cut into sectors of 512 or 4,096 octets after a header of one sector (2.2). The FAT (2.3) holds for each sector
// the number of the next one of its chain; where the FAT itself lies stands in the first 109 entries of the DIFAT in the header,
// then in a chain of DIFAT sectors (2.5). The directory (2.6) is a chain of 128-octet entries, each storage the root of a tree
// of siblings. Streams under 4,096 octets lie in 64-octet pieces of the mini stream, which is the root entry's stream and has
// a mini FAT of its own (2.4). Chains may run in circles or share sectors, trees may hold themselves: every walk here is
// counted against the number of sectors or entries that the file can have, and what streams give together is bounded too.

/// <summary>Reads compound files, damaged ones as far as they go.</summary>
internal sealed class CompoundFile
{
    private const int HeaderLength = 512;
    private const int EntryLength = 128;
    private const int MaxEntries = 20_000;
    private const int MaxDepth = 24;
    private const uint LastRegular = 0xFFFFFFFA;

    private readonly ReadOnlyMemory<byte> _content;
    private readonly int _sectorShift;
    private readonly int _miniShift;
    private readonly uint _miniCutoff;
    private readonly uint[] _fat;
    private readonly uint[] _miniFat;
    private readonly ReadOnlyMemory<byte> _miniStream;
    private readonly Dictionary<string, CompoundEntry> _byPath = new(StringComparer.OrdinalIgnoreCase);
    private long _outputLeft;

    private CompoundFile(ReadOnlyMemory<byte> content)
    {
        var header = content.Span;
        _content = content;
        _outputLeft = (4L * content.Length) + (1024 * 1024);
        _sectorShift = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]) == 12 ? 12 : 9;
        _miniShift = 6;
        _miniCutoff = BinaryPrimitives.ReadUInt32LittleEndian(header[56..]) is > 0 and <= 64 * 1024 and var cutoff ? cutoff : 4_096;
        _fat = ReadFat(header);
        var directory = Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[48..]), MaxEntries * EntryLength);
        Entries = ReadDirectory(directory.Span);
        foreach (var entry in Entries)
            _byPath.TryAdd(entry.Path, entry);
        _miniFat = Numbers(Chain(BinaryPrimitives.ReadUInt32LittleEndian(header[60..]), content.Length).Span);
        _miniStream = Entries.FirstOrDefault(entry => entry.Kind == CompoundEntryKind.Root) is { } root ? Chain(root.Start, Math.Min(root.Size, content.Length)) : default;
    }

    /// <summary>Every storage and stream; those that no tree reaches stand at the end under their bare name.</summary>
    public IReadOnlyList<CompoundEntry> Entries { get; }

    public IEnumerable<CompoundEntry> Streams => Entries.Where(entry => entry.Kind == CompoundEntryKind.Stream);

    /// <summary>Null when the content does not begin like a compound file.</summary>
    public static CompoundFile? Open(ReadOnlyMemory<byte> content) =>
        content.Length >= HeaderLength && content.Span.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) ? new CompoundFile(content) : null;

    /// <param name="path">Names from the root on, joined by slashes; case does not count.</param>
    public CompoundEntry? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>At most <paramref name="most"/> octets of a stream; fewer when its chain is broken or the file has given enough.</summary>
    public ReadOnlyMemory<byte> Read(CompoundEntry entry, int most = int.MaxValue)
    {
        if (entry.Kind != CompoundEntryKind.Stream)
            return default;
        var length = (int)Math.Max(0, Math.Min(Math.Min(entry.Size, most), _outputLeft));
        var content = entry.Size < _miniCutoff ? MiniChain(entry.Start, length) : Chain(entry.Start, length);
        _outputLeft -= content.Length;
        return content;
    }

    public ReadOnlyMemory<byte> Read(string path, int most = int.MaxValue) => Find(path) is { } entry ? Read(entry, most) : default;

    private uint[] ReadFat(ReadOnlySpan<byte> header)
    {
        var perSector = (1 << _sectorShift) / 4;
        var sectors = ((_content.Length - 1) >> _sectorShift) + 1;
        var fat = new List<uint>(Math.Min(sectors, 4_096));
        for (var index = 0; index < 109 && fat.Count < sectors; index++)
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[(76 + (4 * index))..]) is var sector and <= LastRegular)
                AddFat(fat, sector, sectors);
        var next = BinaryPrimitives.ReadUInt32LittleEndian(header[68..]);
        for (var steps = 0; next <= LastRegular && steps < sectors && fat.Count < sectors; steps++)
        {
            var numbers = Numbers(Sector(next).Span);
            if (numbers.Length < perSector)
                break;
            foreach (var sector in numbers.AsSpan(0, perSector - 1))
                if (sector <= LastRegular && fat.Count < sectors)
                    AddFat(fat, sector, sectors);
            next = numbers[perSector - 1];
        }

        return [.. fat];
    }

    private void AddFat(List<uint> fat, uint sector, int most)
    {
        var numbers = Numbers(Sector(sector).Span);
        fat.AddRange(numbers.AsSpan(0, Math.Min(numbers.Length, most - fat.Count)));
    }

    private ReadOnlyMemory<byte> Sector(uint number)
    {
        var start = ((long)number + 1) << _sectorShift;
        return start >= _content.Length ? default : _content.Slice((int)start, (int)Math.Min(1 << _sectorShift, _content.Length - start));
    }

    private ReadOnlyMemory<byte> Chain(uint start, long length) => Follow(start, length, _fat, _content, _sectorShift, first: 1);

    private ReadOnlyMemory<byte> MiniChain(uint start, long length) => Follow(start, length, _miniFat, _miniStream, _miniShift, first: 0);

    // Pieces that follow one another are one run; a stream in one run is not copied.
    private static ReadOnlyMemory<byte> Follow(uint start, long length, uint[] table, ReadOnlyMemory<byte> source, int shift, int first)
    {
        List<ReadOnlyMemory<byte>> runs = [];
        var left = Math.Min(length, source.Length);
        var sector = start;
        var steps = 0;
        while (left > 0 && sector <= LastRegular && steps <= table.Length)
        {
            var runStart = ((long)sector + first) << shift;
            if (runStart >= source.Length)
                break;
            long run = 0;
            uint next;
            do
            {
                run += 1L << shift;
                next = sector < table.Length ? table[sector] : uint.MaxValue;
                steps++;
            }
            while (next == sector + 1 && run < left && steps <= table.Length && (sector = next) <= LastRegular);
            var piece = source.Slice((int)runStart, (int)Math.Min(Math.Min(run, left), source.Length - runStart));
            runs.Add(piece);
            left -= piece.Length;
            sector = next;
        }

        if (runs.Count <= 1)
            return runs.Count == 0 ? default : runs[0];
        var joined = new byte[runs.Sum(run => run.Length)];
        var at = 0;
        foreach (var run in runs)
        {
            run.Span.CopyTo(joined.AsSpan(at));
            at += run.Length;
        }

        return joined;
    }

    private static uint[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new uint[bytes.Length / 4];
        for (var index = 0; index < numbers.Length; index++)
            numbers[index] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * index)..]);
        return numbers;
    }

    private static List<CompoundEntry> ReadDirectory(ReadOnlySpan<byte> directory)
    {
        var count = Math.Min(directory.Length / EntryLength, MaxEntries);
        List<CompoundEntry> entries = [];
        if (count == 0)
            return entries;
        var visited = new bool[count];
        var pending = new Stack<(uint Index, string Parent, int Depth)>();
        entries.Add(EntryAt(directory, 0, "", CompoundEntryKind.Root));
        visited[0] = true;
        pending.Push((ChildOf(directory, 0), "", 0));
        while (pending.TryPop(out var next))
        {
            if (next.Index >= count || visited[next.Index])
                continue;
            visited[next.Index] = true;
            var raw = directory.Slice((int)next.Index * EntryLength, EntryLength);
            pending.Push((BinaryPrimitives.ReadUInt32LittleEndian(raw[72..]), next.Parent, next.Depth));
            pending.Push((BinaryPrimitives.ReadUInt32LittleEndian(raw[68..]), next.Parent, next.Depth));
            if (KindOf(raw) is not { } kind)
                continue;
            var entry = EntryAt(directory, (int)next.Index, next.Parent, kind);
            entries.Add(entry);
            if (kind == CompoundEntryKind.Storage && next.Depth < MaxDepth)
                pending.Push((ChildOf(directory, (int)next.Index), entry.Path + "/", next.Depth + 1));
        }

        for (var index = 1; index < count; index++)
            if (!visited[index] && KindOf(directory.Slice(index * EntryLength, EntryLength)) is { } kind)
                entries.Add(EntryAt(directory, index, "", kind));
        return entries;
    }

    private static uint ChildOf(ReadOnlySpan<byte> directory, int index) => BinaryPrimitives.ReadUInt32LittleEndian(directory[((index * EntryLength) + 76)..]);

    private static CompoundEntryKind? KindOf(ReadOnlySpan<byte> raw) => raw[66] switch
    {
        1 => CompoundEntryKind.Storage,
        2 => CompoundEntryKind.Stream,
        _ => null,
    };

    private static CompoundEntry EntryAt(ReadOnlySpan<byte> directory, int index, string parent, CompoundEntryKind kind)
    {
        var raw = directory.Slice(index * EntryLength, EntryLength);
        var nameLength = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(raw[64..]) - 2, 0, 62) & ~1;
        var name = Encoding.Unicode.GetString(raw[..nameLength]).Replace('/', '_');
        // The upper half of the size is noise in files of version 3; no file here comes near 2 GiB.
        return new CompoundEntry(
            kind == CompoundEntryKind.Root ? "" : parent + name,
            name,
            kind,
            new Guid(raw.Slice(80, 16)),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[116..]),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[120..]));
    }
}
