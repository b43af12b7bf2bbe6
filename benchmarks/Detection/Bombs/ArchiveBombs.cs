using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Archives that unpack to far more than they are, ask for memory, or never end.</summary>
internal static class ArchiveBombs
{
    private const int Mega = 1024 * 1024;

    public static IReadOnlyList<Bomb> All { get; } =
    [
        new("zip of one file of zeros", random => Zip(random, zip => zip.Add(random.Word(), RawZip.Deflated((200L + random.Next(100)) * Mega), 8))),
        new("zip of many files of zeros", random => Zip(random, zip => Many(300 + random.Next(100), RawZip.Deflated(15 * Mega), (name, packed) => zip.Add(name, packed, 8)))),
        new("zips in zips, ten each, six deep", random => BombMail.With(random, "a.zip", Nested(random, 6, 10))),
        new("zip in zip, a hundred deep", random => BombMail.With(random, "a.zip", Nested(random, 100, 1))),
        new("members that share all bytes", random => Zip(random, zip => Shared(zip, RawZip.Deflated(10 * Mega), 20_000))),
        new("members that quote each other (Fifield)", random => Zip(random, zip => Quoting(zip, RawZip.Deflated(8 * Mega), 500))),
        new("zip of 65,000 empty files", random => Zip(random, zip => Many(65_000, [], (name, packed) => zip.Add(name, packed, 0)))),
        new("zip of 20,000 programs by name", random => Zip(random, zip => Many(20_000, [77, 90], (name, packed) => zip.Add($"{name}.exe", packed, 0)))),
        new("zip of many LZMA members with the largest model", random => Zip(random, zip => Many(2_000, [20, 0, 5, 0, 224 - 9 + 8, 255, 255, 255, 255, 0, .. random.Bytes(300)], (name, packed) => zip.Add(name, packed, 14, 100_000_000)))),
        new("encrypted members and ten thousand passwords", random => Samples.SampleMail.With(random, "files", BombMail.Join(10_000, index => $"Password: {random.Word()}{index}\r\n"), new Samples.SampleFile("a.zip", ZipOf(zip => Many(2_000, random.Bytes(200), (name, packed) => zip.Add(name, packed, 8, 100, flags: 1)))))),
        new("gzip of zeros", random => BombMail.With(random, "zeros.gz", GZip((250L + random.Next(50)) * Mega))),
        new("gzip in gzip, fifty deep", random => BombMail.With(random, "a.gz", Enumerable.Range(0, 50).Aggregate(random.Bytes(100), (content, _) => GZip(content)))),
        new("gzip of ten thousand members", random => BombMail.With(random, "a.gz", [.. Enumerable.Repeat(GZip(new byte[200_000]), 5_000).SelectMany(member => member)])),
        new("bzip2 of zeros, many streams", random => BombMail.With(random, "a.bz2", [.. Enumerable.Repeat(BZip2(new byte[9 * 100_000]), 2_000).SelectMany(stream => stream)])),
        new("bzip2 of letters", random => BombMail.With(random, "a.txt.bz2", BZip2(Encoding.ASCII.GetBytes(BombMail.Join(300_000, _ => random.Word()))))),
        new("bzip2 of much text", random => BombMail.With(random, "a.txt.bz2", BZip2(Encoding.ASCII.GetBytes(BombMail.Join(2_500_000, _ => random.Word()))))),
        new("7z by PPMd of zeros", random => BombMail.With(random, "a.7z", SevenZip([0x23, 0x03, 0x04, 0x01, 0x05, 6, 0, 0, 0, 1], Ppmd(random), 40_000_000))),
        new("lzip of one letter", random => BombMail.With(random, "a.lz", [.. "LZIP"u8, 1, 0x1D, .. Lzma(random)])),
        new("xz with a dictionary of 4 GiB", random => BombMail.With(random, "a.xz", Xz(random))),
        new("7z with a dictionary of 4 GiB", random => BombMail.With(random, "a.7z", SevenZip([0x23, 0x03, 0x01, 0x01, 0x05, 0x5D, 0xFF, 0xFF, 0xFF, 0xFF], random.Bytes(5_000), 4_000_000_000))),
        new("7z with a PPMd model of 4 GiB", random => BombMail.With(random, "a.7z", SevenZip([0x23, 0x03, 0x04, 0x01, 0x05, 64, 0xFF, 0xFF, 0xFF, 0xFF], random.Bytes(5_000), 4_000_000_000))),
        new("7z with a key of 2^62 rounds", random => BombMail.With(random, "a.7z", SevenZip([0x24, 0x06, 0xF1, 0x07, 0x01, 0x02, 62, 0], random.Bytes(512), 512))),
        new("7z with a key of 2^20 rounds and many passwords", random => Samples.SampleMail.With(random, "files", BombMail.Join(1_000, index => $"Password: {random.Word()}{index}\r\n"), new Samples.SampleFile("a.7z", SevenZip([0x24, 0x06, 0xF1, 0x07, 0x01, 0x02, 20, 0], random.Bytes(512), 512)))),
        new("rar with a dictionary of 4 GiB", random => BombMail.With(random, "a.rar", Rar(random))),
        new("Zstandard with the largest window", random => BombMail.With(random, "a.zst", [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xFF, .. random.Bytes(500)])),
        new("tar of a hundred thousand empty files", random => BombMail.With(random, "a.tar", [.. Enumerable.Range(0, 20_000).SelectMany(index => TarHeader($"{random.Word()}{index}", 0))])),
        new("tar in tar, two hundred deep", random => BombMail.With(random, "a.tar", Enumerable.Range(0, 200).Aggregate(random.Bytes(300), (content, index) => [.. TarHeader($"{index}.tar", content.Length), .. content, .. new byte[(512 - (content.Length % 512)) % 512]]))),
        new("cabinet of 60,000 files over one block", random => BombMail.With(random, "a.cab", Cabinet(60_000))),
        new("jar of classes without end", random => BombMail.With(random, "a.jar", ZipOf(zip => Many(30_000, RawZip.Deflated(20_000), (name, packed) => zip.Add($"{name}.class", packed, 8))))),
    ];

    private static byte[] Zip(Random random, Action<RawZip> fill) => BombMail.With(random, $"{random.Word()}.zip", ZipOf(fill));

    private static byte[] ZipOf(Action<RawZip> fill)
    {
        var zip = new RawZip();
        fill(zip);
        return zip.ToArray();
    }

    private static void Many(int count, byte[] packed, Action<string, byte[]> add)
    {
        for (var index = 0; index < count; index++)
            add($"file-{index}", packed);
    }

    private static byte[] Nested(Random random, int depth, int width)
    {
        var content = RawZip.Deflated(50 * Mega);
        var method = 8;
        for (var level = 0; level < depth; level++)
        {
            var packed = content;
            var zipped = ZipOf(zip => Many(width, packed, (name, octets) => zip.Add($"{name}{(level == 0 ? random.Word() : ".zip")}", octets, method)));
            using var deflated = new MemoryStream();
            using (var deflate = new DeflateStream(deflated, CompressionLevel.Optimal, leaveOpen: true))
                deflate.Write(zipped);
            content = level == depth - 1 ? zipped : deflated.ToArray();
        }

        return content;
    }

    private static void Shared(RawZip zip, byte[] packed, int count)
    {
        var at = zip.Add("first", packed, 8);
        for (var index = 0; index < count; index++)
            zip.List($"copy-{index}", packed.Length, 8, at);
    }

    // Each local header stands in the packed octets of the one before, which steps over it as a stored block.
    private static void Quoting(RawZip zip, byte[] kernel, int count)
    {
        List<(string Name, int At)> entries = [];
        var at = zip.Add("kernel", kernel, 8);
        for (var index = 0; index < count; index++)
            entries.Add(($"quote-{index}", at));
        foreach (var (name, start) in entries)
            zip.List(name, kernel.Length, 8, start);
    }

    private static byte[] GZip(long zeros)
    {
        var packed = RawZip.Deflated(zeros);
        return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. packed, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static byte[] GZip(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return stream.ToArray();
    }

    private static byte[] BZip2(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var packer = SharpCompress.Compressors.BZip2.BZip2Stream.Create(stream, SharpCompress.Compressors.CompressionMode.Compress, false, true, false))
            packer.Write(content);
        return stream.ToArray();
    }

    // Chunks of LZMA2 that each ask for a new state; the dictionary is declared as large as can be.
    private static byte[] Xz(Random random)
    {
        byte[] chunk = [0xE0, 0xFF, 0xFF, 0x00, 0x20, 0x5D, 0, .. random.Bytes(32)];
        return [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0, 0, 0xFF, 0x12, 0xD9, 0x41, 2, 0, 0x21, 1, 40, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat(chunk, 20_000).SelectMany(octets => octets), 0];
    }

    // Zeros decode to something in any range coder: at first literals, later long matches.
    private static byte[] Ppmd(Random random) => [0, .. random.Bytes(4), .. new byte[200_000]];

    private static byte[] Lzma(Random random) => [0, .. random.Bytes(4), .. new byte[400_000]];

    private static byte[] SevenZip(byte[] coder, byte[] packed, long length)
    {
        byte[] header =
        [
            0x01, 0x04, 0x06, 0x00, 0x01, 0x09, .. Number(packed.Length), 0x00,
            0x07, 0x0B, 0x01, 0x00, 0x01, .. coder, 0x0C, .. Number(length), 0x00, 0x00,
            0x05, 0x01, 0x11, 0x05, 0x00, (byte)'a', 0, 0, 0, 0x00, 0x00,
        ];
        var start = new byte[32];
        ((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4]).CopyTo(start);
        BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(12), packed.Length);
        BinaryPrimitives.WriteInt64LittleEndian(start.AsSpan(20), header.Length);
        return [.. start, .. packed, .. header];
    }

    private static byte[] Number(long value)
    {
        var number = new byte[9];
        number[0] = 0xFF;
        BinaryPrimitives.WriteInt64LittleEndian(number.AsSpan(1), value);
        return number;
    }

    private static byte[] Rar(Random random)
    {
        byte[] packed = random.Bytes(2_000);
        byte[] file = [2, 2, 0xD0, 0x0F, 0, 0x80, 0x80, 0x80, 0x80, 0x10, 0x20, 0x80, 0x7B, 1, 1, (byte)'a'];
        return [.. "Rar!\u001A\u0007\u0001\0"u8, 0, 0, 0, 0, 3, 1, 0, 0, 0, 0, 0, 0, (byte)file.Length, .. file, .. packed];
    }

    private static byte[] TarHeader(string name, long length)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        Encoding.ASCII.GetBytes($"{Convert.ToString(length, 8).PadLeft(11, '0')}").CopyTo(header, 124);
        header.AsSpan(148, 8).Fill((byte)' ');
        header[156] = (byte)'0';
        "ustar\000"u8.CopyTo(header.AsSpan(257));
        var sum = header.Sum(octet => octet);
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        return header;
    }

    private static byte[] Cabinet(int files)
    {
        byte[] block = [(byte)'C', (byte)'K', .. RawZip.Deflated(32_768)];
        using var list = new MemoryStream();
        for (var index = 0; index < files; index++)
        {
            var entry = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(entry, 32_768);
            list.Write(entry);
            list.Write(Encoding.ASCII.GetBytes($"f{index}\0"));
        }

        var header = new byte[44];
        "MSCF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 44);
        header[24] = 3;
        header[25] = 1;
        header[26] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(28), (ushort)files);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(36), 44 + (int)list.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(40), ushort.MaxValue);
        header[42] = 1;
        var data = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(4), (ushort)block.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(6), 32_768);
        return [.. header, .. list.ToArray(), .. Enumerable.Repeat((byte[])[.. data, .. block], 30_000).SelectMany(octets => octets)];
    }
}
