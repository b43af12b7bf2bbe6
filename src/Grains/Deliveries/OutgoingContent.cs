namespace Platform.Grains.Deliveries;

/// <summary>What goes out: our trace fields, then the stored body, byte for byte but for results of authentication forged in our name.</summary>
/// <param name="Head">Complete header fields, each with its CRLF; with such a forgery also the rest of the message's header.</param>
/// <param name="Body">Read once, from where it stands.</param>
/// <param name="HeaderIsAscii">No octet above 127 in the whole header, ours and the message's.</param>
internal sealed record OutgoingContent(ReadOnlyMemory<byte> Head, Stream Body, bool HeaderIsAscii)
{
    public long Length { get; } = Head.Length + Body.Length - Body.Position;
}
