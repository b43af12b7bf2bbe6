namespace Platform.Grains.Deliveries;

/// <summary>What goes out: our trace fields, then the stored body, byte for byte.</summary>
/// <param name="Head">Complete header fields, each with its CRLF.</param>
/// <param name="Body">Read once, from its start.</param>
/// <param name="HeaderIsAscii">No octet above 127 in the whole header, ours and the message's.</param>
internal sealed record OutgoingContent(ReadOnlyMemory<byte> Head, Stream Body, bool HeaderIsAscii)
{
    public long Length => Head.Length + Body.Length;
}
