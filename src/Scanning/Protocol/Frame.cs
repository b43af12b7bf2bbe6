using System.Buffers.Binary;

namespace Platform.Scanning.Protocol;

// The wire between the pool and a scanner process, over the child's standard input and output.
//
//   frame  = header-length body-length header body
//   lengths: unsigned 32 bit, little endian, in bytes
//   header : UTF-8 JSON (RequestHeader, ReadyHeader, ResponseHeader, DnsExchange, FeedAnswers)
//   body   : raw bytes, a message; empty where the operation has none
//
// The child opens with a ready frame; after that each request frame gets exactly one response frame. Before the response to
// a scan the child, which has no network, may send questions to DNS: a ResponseHeader with nothing but a question in it, small
// and without a body. Each is answered with one frame, a DnsExchange, before the child goes on:
//
//   pool  -> request          request            (a message to scan)
//   child ->         question          question            response
//   pool  ->                  exchange          exchange
//
// Where the request says so it may also send, once, what it would have antivirus, feeds and lists asked (a ResponseHeader with
// nothing but FeedQuestions in it), which is answered with one frame, FeedAnswers.
//
// Both sides bound both lengths before they allocate: the child may be in the hands of the mail it reads. It must keep to names
// that are names, types that are known, and the number of questions in the limits of the request; the pool ends it at the first
// that is not so. Past the time for questions the pool answers "not asked".
// End of input at a frame border means: no more work, leave.
internal readonly record struct Frame(byte[] Header, byte[] Body)
{
    public const int MaxHeaderBytes = 16 * 1024 * 1024;
    private const int PrefixBytes = 8;

    public static void Write(Stream stream, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[4..], body.Length);
        stream.Write(prefix);
        stream.Write(header);
        stream.Write(body);
        stream.Flush();
    }

    /// <summary>Null at the end of the stream between two frames.</summary>
    /// <exception cref="InvalidDataException">A length is out of bounds.</exception>
    /// <exception cref="EndOfStreamException">The stream ended inside a frame.</exception>
    public static Frame? Read(Stream stream, int maxBodyBytes)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        var got = stream.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false);
        if (got == 0)
            return null;
        if (got < PrefixBytes)
            throw new EndOfStreamException("The stream ended inside a frame.");

        var header = new byte[Bounded(prefix, MaxHeaderBytes, "header")];
        var body = new byte[Bounded(prefix[4..], maxBodyBytes, "body")];
        stream.ReadExactly(header);
        stream.ReadExactly(body);
        return new Frame(header, body);
    }

    private static int Bounded(ReadOnlySpan<byte> field, int max, string part)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(field);
        return length <= (uint)max ? (int)length : throw new InvalidDataException($"A frame {part} of {length} bytes exceeds {max}.");
    }
}
