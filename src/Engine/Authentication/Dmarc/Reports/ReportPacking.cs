using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Platform.Engine.Authentication.Dmarc.Reports;

/// <summary>Unpacks a report as a stream that ends in an error beyond the bound (RFC 9990, 3.5: gzip; RFC 7489, 7.2.1.1: also zip).</summary>
internal static class ReportPacking
{
    private const int MaxZipEntries = 100;

    public static Stream Open(ReadOnlyMemory<byte> content)
    {
        if (content.Span.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return new BoundedStream(new GZipStream(Over(content), CompressionMode.Decompress), AggregateReportReader.MaxDocumentBytes);
        if (content.Span.StartsWith("PK\x03\x04"u8))
            return new BoundedStream(OpenZip(content), AggregateReportReader.MaxDocumentBytes);
        return Over(content);
    }

    private static Stream OpenZip(ReadOnlyMemory<byte> content)
    {
        if (CountOfEntries(content.Span) > MaxZipEntries)
            throw new ReportException($"The zip file of the report holds more than {MaxZipEntries} files.");
        var archive = new ZipArchive(Over(content), ZipArchiveMode.Read);
        var entry = archive.Entries.FirstOrDefault(entry => entry.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) ?? archive.Entries.FirstOrDefault();
        return entry?.Open() ?? throw new ReportException("The zip file of the report is empty.");
    }

    // From the end record, before the library builds an object for each entry (APPNOTE 4.3.16).
    private static int CountOfEntries(ReadOnlySpan<byte> content)
    {
        var end = content.LastIndexOf("PK\x05\x06"u8);
        return end >= 0 && end + 12 <= content.Length ? content[end + 10] | (content[end + 11] << 8) : 0;
    }

    private static MemoryStream Over(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}

/// <summary>Reads on until more than a bound came.</summary>
internal sealed class BoundedStream(Stream inner, long bound) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        _read += count;
        return _read <= bound ? count : throw new ReportException($"The report is larger than {bound} bytes when unpacked.");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
