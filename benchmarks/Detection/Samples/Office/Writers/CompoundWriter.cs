using System.Buffers.Binary;
using System.Text;

namespace Platform.Benchmarks.Detection.Samples.Office.Writers;

/// <summary>Writes OLE2 compound files ([MS-CFB], version 3): small streams into the mini stream, siblings as balanced trees.</summary>
internal sealed class CompoundWriter
{
    private const int SectorLength = 512;
    private const int MiniLength = 64;
    private const int MiniCutoff = 4_096;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint FatSector = 0xFFFFFFFD;
    private const uint Free = 0xFFFFFFFF;

    private readonly Node _root = new("Root Entry", null);

    public Guid RootClass
    {
        get => _root.ClassId;
        set => _root.ClassId = value;
    }

    /// <param name="path">Storages before slashes are made when they are missing.</param>
    public CompoundWriter Stream(string path, byte[] content)
    {
        var parent = Folder(path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "");
        parent.Children.Add(new Node(path[(path.LastIndexOf('/') + 1)..], content));
        return this;
    }

    public CompoundWriter Storage(string path, Guid classId)
    {
        Folder(path).ClassId = classId;
        return this;
    }

    public byte[] ToArray()
    {
        List<Node> nodes = [];
        Number(_root, nodes);
        var mini = new MemoryStream();
        List<uint> miniFat = [];
        foreach (var node in nodes.Where(node => node.Content is { Length: > 0 and < MiniCutoff }))
        {
            node.Start = (uint)miniFat.Count;
            mini.Write(node.Content!);
            AddChain(miniFat, node.Content!.Length, MiniLength);
            mini.SetLength((long)miniFat.Count * MiniLength);
            mini.Position = mini.Length;
        }

        List<uint> fat = [];
        var body = new MemoryStream();
        foreach (var node in nodes.Where(node => node.Content is { Length: >= MiniCutoff }))
            node.Start = Add(fat, body, node.Content!);
        _root.Start = Add(fat, body, mini.ToArray());
        _root.Size = (uint)mini.Length;
        var miniFatStart = Add(fat, body, Bytes(miniFat, SectorLength));
        var directoryStart = Add(fat, body, Directory(nodes));
        var fatStart = (uint)fat.Count;
        var fatSectors = 1;
        while ((fat.Count + fatSectors) * 4 > fatSectors * SectorLength)
            fatSectors++;
        fat.AddRange(Enumerable.Repeat(FatSector, fatSectors));
        body.Write(Bytes(fat, SectorLength));
        return [.. Header(directoryStart, miniFatStart, miniFat.Count, fatStart, fatSectors), .. body.ToArray()];
    }

    private Node Folder(string path)
    {
        var node = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var child = node.Children.Find(item => item.Name == name && item.Content is null);
            if (child is null)
                node.Children.Add(child = new Node(name, null));
            node = child;
        }

        return node;
    }

    private static void Number(Node node, List<Node> nodes)
    {
        node.Index = nodes.Count;
        nodes.Add(node);
        node.Children.Sort((a, b) => a.Name.Length != b.Name.Length ? a.Name.Length - b.Name.Length : string.CompareOrdinal(a.Name.ToUpperInvariant(), b.Name.ToUpperInvariant()));
        foreach (var child in node.Children)
            Number(child, nodes);
        node.Child = Tree(node.Children, 0, node.Children.Count);
    }

    private static uint Tree(List<Node> children, int from, int to)
    {
        if (from >= to)
            return Free;
        var middle = (from + to) / 2;
        children[middle].Left = Tree(children, from, middle);
        children[middle].Right = Tree(children, middle + 1, to);
        return (uint)children[middle].Index;
    }

    private static uint Add(List<uint> fat, MemoryStream body, byte[] content)
    {
        if (content.Length == 0)
            return EndOfChain;
        var start = (uint)fat.Count;
        AddChain(fat, content.Length, SectorLength);
        body.Write(content);
        body.SetLength((long)fat.Count * SectorLength);
        body.Position = body.Length;
        return start;
    }

    private static void AddChain(List<uint> table, int length, int unit)
    {
        for (var left = length; left > 0; left -= unit)
            table.Add(left > unit ? (uint)table.Count + 1 : EndOfChain);
    }

    private static byte[] Bytes(List<uint> numbers, int unit)
    {
        var bytes = new byte[((numbers.Count * 4) + unit - 1) / unit * unit];
        bytes.AsSpan().Fill(0xFF);
        for (var index = 0; index < numbers.Count; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * 4), numbers[index]);
        return bytes;
    }

    private static byte[] Directory(List<Node> nodes)
    {
        var bytes = new byte[(nodes.Count + 3) / 4 * SectorLength];
        for (var index = 0; index < nodes.Count; index++)
        {
            var node = nodes[index];
            var entry = bytes.AsSpan(index * 128, 128);
            Encoding.Unicode.GetBytes(node.Name).CopyTo(entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)((node.Name.Length + 1) * 2));
            entry[66] = (byte)(index == 0 ? 5 : node.Content is null ? 1 : 2);
            entry[67] = 1;
            BinaryPrimitives.WriteUInt32LittleEndian(entry[68..], node.Left);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[72..], node.Right);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[76..], node.Child);
            node.ClassId.TryWriteBytes(entry[80..]);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[116..], node.Start);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[120..], node.Content is null ? node.Size : (uint)node.Content.Length);
        }

        return bytes;
    }

    private static byte[] Header(uint directory, uint miniFat, int miniFatLength, uint fat, int fatSectors)
    {
        var header = new byte[SectorLength];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(header, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(24), 0x3E);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(26), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), 0xFFFE);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(30), 9);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), 6);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(44), fatSectors);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(48), directory);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(56), MiniCutoff);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), miniFat);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(64), ((miniFatLength * 4) + SectorLength - 1) / SectorLength);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(68), EndOfChain);
        for (var index = 0; index < 109; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(76 + (4 * index)), index < fatSectors ? fat + (uint)index : Free);
        return header;
    }

    private sealed class Node(string name, byte[]? content)
    {
        public string Name => name;
        public byte[]? Content => content;
        public List<Node> Children { get; } = [];
        public Guid ClassId { get; set; }
        public int Index { get; set; }
        public uint Left { get; set; } = Free;
        public uint Right { get; set; } = Free;
        public uint Child { get; set; } = Free;
        public uint Start { get; set; } = EndOfChain;
        public uint Size { get; set; }
    }
}
