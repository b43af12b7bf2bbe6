using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Benchmarks.Detection.Samples.Office.Writers;
using Platform.Engine.Attachments.Ole;

namespace Platform.Engine.Tests.Attachments.Ole;

public sealed class CompoundFileTests
{
    private static readonly byte[] Large = [.. Enumerable.Range(0, 20_000).Select(i => (byte)(i * 7))];

    [Fact]
    public void Streams_come_back_as_they_were_written()
    {
        var file = CompoundFile.Open(Written())!;

        Assert.Equal(["", "Large", "Store", "Store/Inner", "Store/Inner/Small"], file.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        Assert.Equal(Large, file.Read("Large").ToArray());
        Assert.Equal("small"u8.ToArray(), file.Read("store/INNER/small").ToArray());
    }

    [Fact]
    public void A_storage_tells_its_class()
    {
        var id = Guid.NewGuid();

        Assert.Equal(id, CompoundFile.Open(new CompoundWriter().Storage("Object", id).ToArray())!.Find("Object")!.ClassId);
    }

    [Fact]
    public void A_chain_in_a_circle_gives_no_more_than_the_file_holds()
    {
        var bytes = Written();
        var fat = ((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(76)) + 1) * 512;
        for (var index = 0; index < 30; index++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(fat + (4 * index)), 0);

        Assert.InRange(CompoundFile.Open(bytes)!.Read("Large").Length, 0, bytes.Length);
    }

    [Fact]
    public void A_tree_that_holds_itself_is_walked_once()
    {
        var bytes = Written();
        var directory = ((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)) + 1) * 512;
        for (var index = 0; index < 4; index++)
            for (var link = 68; link <= 76; link += 4)
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(directory + (128 * index) + link), index);

        Assert.InRange(CompoundFile.Open(bytes)!.Entries.Count, 1, 5);
    }

    [Fact]
    public void Streams_that_share_their_sectors_are_not_multiplied_without_end()
    {
        var writer = new CompoundWriter();
        for (var index = 0; index < 400; index++)
            writer.Stream($"s{index:000}", index == 0 ? Large : []);
        var bytes = writer.ToArray();
        var directory = ((int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(48)) + 1) * 512;
        for (var at = directory; at + 128 <= bytes.Length; at += 128)
            if (bytes[at + 66] == 2)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 116), 0);
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 120), Large.Length);
            }

        var file = CompoundFile.Open(bytes)!;

        Assert.InRange(file.Streams.Sum(stream => (long)file.Read(stream).Length), Large.Length, (5L * bytes.Length) + (1024 * 1024));
    }

    [Fact]
    public void No_damage_makes_it_throw() => Check.QuickThrowOnFailure(Prop.ForAll<int, byte[]>((at, with) =>
    {
        var bytes = Written();
        with.AsSpan(0, Math.Min(with.Length, 64)).CopyTo(bytes.AsSpan((int)((uint)at % (bytes.Length - 64))));
        if (CompoundFile.Open(bytes) is { } file)
            foreach (var stream in file.Streams)
                _ = file.Read(stream);
    }));

    private static byte[] Written() => new CompoundWriter().Stream("Large", Large).Stream("Store/Inner/Small", Encoding.ASCII.GetBytes("small")).ToArray();
}
