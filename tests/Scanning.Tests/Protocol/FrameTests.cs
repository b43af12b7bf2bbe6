using FsCheck;
using FsCheck.Fluent;
using Platform.Scanning.Protocol;

namespace Platform.Scanning.Tests.Protocol;

public sealed class FrameTests
{
    [Fact]
    public void Frames_are_read_as_they_were_written() =>
        Prop.ForAll<byte[][], byte[]>((headers, body) =>
        {
            using var stream = new MemoryStream();
            foreach (var header in headers)
                Frame.Write(stream, header, body);
            stream.Position = 0;

            var same = headers.All(header => Frame.Read(stream, body.Length) is { } frame && frame.Header.SequenceEqual(header) && frame.Body.SequenceEqual(body));
            return same && Frame.Read(stream, 0) is null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_end_between_two_frames_is_the_end() =>
        Assert.Null(Frame.Read(new MemoryStream(), 0));

    [Fact]
    public void A_frame_cut_anywhere_is_told_from_the_end()
    {
        using var whole = new MemoryStream();
        Frame.Write(whole, "{}"u8, "body"u8);

        Assert.All(Enumerable.Range(1, (int)whole.Length - 1), length =>
            Assert.Throws<EndOfStreamException>(() => Frame.Read(new MemoryStream(whole.ToArray(), 0, length), 4)));
    }

    [Theory]
    [InlineData(uint.MaxValue, 0u)]
    [InlineData(Frame.MaxHeaderBytes + 1u, 0u)]
    [InlineData(0u, uint.MaxValue)]
    [InlineData(0u, 101u)]
    public void A_length_out_of_bounds_is_refused_before_anything_is_allocated(uint header, uint body)
    {
        byte[] prefix = [.. BitConverter.GetBytes(header), .. BitConverter.GetBytes(body)];

        Assert.Throws<InvalidDataException>(() => Frame.Read(new MemoryStream(prefix), 100));
    }
}
