using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Mail.Content;

namespace Platform.Engine.Attachments.DiskImages;

/// <summary>
/// FAT12, FAT16 and FAT32 (Microsoft, "FAT32 File System Specification" 1.03; ECMA-107): a boot sector with the measures, the table that
/// chains clusters, folders of entries of 32 octets. Long names stand in entries before the short one, last piece first.
/// </summary>
internal sealed class FatVolume
{
    private const int EntryLength = 32;
    private const int MostFolders = 4_000, DeepestFolder = 32, MostEntries = 60_000;

    private readonly DiskPart _volume;
    private readonly OpenedImage _image;
    private readonly int _sector, _cluster, _rootEntries;
    private readonly long _table, _root, _data, _clusters;
    private readonly uint _rootCluster;
    private readonly int _bits;
    private int _entries;

    public FatVolume(DiskPart volume, OpenedImage image)
    {
        (_volume, _image) = (volume, image);
        var boot = volume.Read(0, 512).Span;
        _sector = U16(boot, 11);
        _cluster = _sector * boot[13];
        long reserved = U16(boot, 14), tables = boot[16], tableSectors = U16(boot, 22), sectors = U16(boot, 19);
        _rootEntries = U16(boot, 17);
        if (tableSectors == 0)
            tableSectors = U32(boot, 36);
        if (sectors == 0)
            sectors = U32(boot, 32);
        _table = reserved * _sector;
        _root = _table + (tables * tableSectors * _sector);
        _data = _root + (((_rootEntries * EntryLength) + _sector - 1) / _sector * _sector);
        _clusters = Math.Max(0, ((sectors * _sector) - _data) / _cluster);
        _bits = _rootEntries == 0 ? 32 : _clusters < 4_085 ? 12 : 16;
        _rootCluster = _bits == 32 ? U32(boot, 44) : 0;
    }

    public static bool IsBoot(ReadOnlySpan<byte> boot)
    {
        if (boot.Length < 512 || boot[0] is not (0xEB or 0xE9) || boot[16] is < 1 or > 2 || boot[13] is 0 || (boot[13] & (boot[13] - 1)) != 0)
            return false;
        return U16(boot, 11) is 512 or 1_024 or 2_048 or 4_096 && U16(boot, 14) > 0 && (U16(boot, 22) != 0 || U32(boot, 36) != 0) && (boot[21] >= 0xF8 || boot[21] == 0xF0);
    }

    public void Read()
    {
        var pending = new Stack<(uint Cluster, string Path, int Depth)>();
        var visited = new HashSet<uint>();
        if (_bits == 32)
            pending.Push((_rootCluster, "", 0));
        else if (!ReadFolder(_volume.Read(_root, _rootEntries * EntryLength), "", 0, pending))
            return;
        while (pending.TryPop(out var folder))
            if (visited.Add(folder.Cluster) && visited.Count <= MostFolders && folder.Depth <= DeepestFolder && !ReadFolder(Chain(folder.Cluster, long.MaxValue), folder.Path, folder.Depth, pending))
                return;
    }

    private bool ReadFolder(ReadOnlyMemory<byte> octets, string path, int depth, Stack<(uint, string, int)> pending)
    {
        const int longName = 0x0F, label = 8, folderFlag = 0x10, deleted = 0xE5;
        var pieces = "";
        for (var at = 0; at + EntryLength <= octets.Length && _entries++ < MostEntries; at += EntryLength)
        {
            var entry = octets.Span.Slice(at, EntryLength);
            if (entry[0] == 0)
                break;
            if ((entry[11] & 0x3F) == longName && entry[0] != deleted)
            {
                pieces = Piece(entry) + ((entry[0] & 0x40) != 0 ? "" : pieces);
                continue;
            }

            var name = pieces.Length > 0 ? pieces : ShortName(entry);
            pieces = "";
            if (entry[0] is deleted or (byte)'.' || (entry[11] & label) != 0)
                continue;
            var cluster = (uint)U16(entry, 26) | (_bits == 32 ? (uint)U16(entry, 20) << 16 : 0);
            long length = U32(entry, 28);
            if ((entry[11] & folderFlag) != 0)
                pending.Push((cluster, $"{path}/{name}", depth + 1));
            else if (!_image.File($"{path}/{name}", length, () => Chain(cluster, length)))
                return false;
        }

        return true;
    }

    private static string Piece(ReadOnlySpan<byte> entry)
    {
        var text = Encoding.Unicode.GetString(entry.Slice(1, 10)) + Encoding.Unicode.GetString(entry.Slice(14, 12)) + Encoding.Unicode.GetString(entry.Slice(28, 4));
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).Replace('/', '_');
    }

    private static string ShortName(ReadOnlySpan<byte> entry)
    {
        var name = Charsets.Guess(entry[..8]).TrimEnd();
        var extension = Charsets.Guess(entry.Slice(8, 3)).TrimEnd();
        return extension.Length > 0 ? $"{name}.{extension}" : name;
    }

    // Clusters that follow each other are one piece; a file of one piece is not copied.
    private ReadOnlyMemory<byte> Chain(uint cluster, long length)
    {
        const int largestFolder = 4 * 1024 * 1024;
        var limit = length == long.MaxValue ? largestFolder : Math.Min(length, _volume.Length);
        List<ReadOnlyMemory<byte>> pieces = [];
        long taken = 0;
        for (long steps = 0; cluster >= 2 && cluster - 2 < _clusters && taken < limit && steps <= _clusters;)
        {
            var first = cluster;
            var run = 0L;
            uint next;
            do
            {
                run++;
                steps++;
                next = Next(cluster);
                if (next != cluster + 1)
                    break;
                cluster = next;
            }
            while (taken + (run * _cluster) < limit && steps <= _clusters && cluster - 2 < _clusters);
            var wanted = Math.Min(run * _cluster, limit - taken);
            var piece = _volume.Read(_data + ((first - 2L) * _cluster), _image.Grant(wanted));
            if (piece.IsEmpty)
                break;
            pieces.Add(piece);
            taken += piece.Length;
            cluster = next;
        }

        if (pieces.Count <= 1)
            return pieces.Count == 0 ? ReadOnlyMemory<byte>.Empty : pieces[0];
        var whole = new byte[taken];
        var filled = 0;
        foreach (var piece in pieces)
        {
            piece.CopyTo(whole.AsMemory(filled));
            filled += piece.Length;
        }

        return whole;
    }

    private uint Next(uint cluster)
    {
        if (_bits == 12)
        {
            var pair = _volume.Read(_table + cluster + (cluster / 2), 2).Span;
            return pair.Length < 2 ? 0 : End((cluster & 1) == 0 ? (uint)U16(pair, 0) & 0xFFF : (uint)U16(pair, 0) >> 4, 0xFF8);
        }

        var entry = _volume.Read(_table + (cluster * (_bits / 8L)), _bits / 8).Span;
        if (entry.Length < _bits / 8)
            return 0;
        return _bits == 16 ? End((uint)U16(entry, 0), 0xFFF8) : End(U32(entry, 0) & 0x0FFFFFFF, 0x0FFFFFF8);
    }

    private static uint End(uint cluster, uint from) => cluster >= from ? 0 : cluster;

    private static int U16(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);

    private static uint U32(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt32LittleEndian(span[at..]);
}
