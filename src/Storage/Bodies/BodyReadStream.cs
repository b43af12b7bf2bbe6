using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Platform.Storage.Bodies;

/// <summary>The plain bytes of a body, chunk by chunk; each chunk is verified before a byte of it is given.</summary>
internal sealed class BodyReadStream : Stream
{
    private readonly SafeFileHandle _file;
    private readonly AesGcm _cipher;
    private readonly long _length;
    private readonly long _chunks;
    private readonly byte[] _sealed = new byte[BodyFormat.SealedChunkSize];
    private readonly byte[] _plain = new byte[BodyFormat.ChunkSize];
    private long _opened = -1;
    private int _openedLength;
    private long _position;

    private BodyReadStream(SafeFileHandle file, AesGcm cipher, long length, long chunks)
    {
        _file = file;
        _cipher = cipher;
        _length = length;
        _chunks = chunks;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>Takes over the file. The last chunk is verified at once: a body that was cut short is found before a byte of it is used.</summary>
    /// <exception cref="CryptographicException">Not a whole body, or under another key.</exception>
    public static async ValueTask<BodyReadStream> OpenAsync(SafeFileHandle file, byte[] bodyKey, CancellationToken cancellationToken)
    {
        var content = RandomAccess.GetLength(file) - BodyFormat.HeaderSize;
        var chunks = (content + BodyFormat.SealedChunkSize - 1) / BodyFormat.SealedChunkSize;
        var length = content - (chunks * BodyFormat.TagSize);
        var header = new byte[BodyFormat.HeaderSize];
        if (chunks < 1 || length < 0 || content - ((chunks - 1) * BodyFormat.SealedChunkSize) < BodyFormat.TagSize
            || await RandomAccess.ReadAsync(file, header, 0, cancellationToken) != header.Length || !BodyFormat.Header.SequenceEqual(header))
        {
            throw new CryptographicException("The file is not a whole body.");
        }

        var stream = new BodyReadStream(file, BodyFormat.Cipher(bodyKey), length, chunks);
        try
        {
            await stream.OpenChunkAsync(chunks - 1, cancellationToken);
            return stream;
        }
        catch
        {
            stream._cipher.Dispose();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= _length || buffer.IsEmpty)
            return 0;
        var chunk = _position / BodyFormat.ChunkSize;
        if (chunk != _opened)
            await OpenChunkAsync(chunk, cancellationToken);
        return Take(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= _length || buffer.IsEmpty)
            return 0;
        var chunk = _position / BodyFormat.ChunkSize;
        if (chunk != _opened)
            Decrypt(chunk, RandomAccess.Read(_file, _sealed.AsSpan(0, SealedLength(chunk)), Offset(chunk)));
        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => _length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
            _cipher.Dispose();
            CryptographicOperations.ZeroMemory(_plain);
        }

        base.Dispose(disposing);
    }

    private static long Offset(long chunk) => BodyFormat.HeaderSize + (chunk * BodyFormat.SealedChunkSize);

    private int SealedLength(long chunk) =>
        chunk < _chunks - 1 ? BodyFormat.SealedChunkSize : (int)(_length - (chunk * BodyFormat.ChunkSize)) + BodyFormat.TagSize;

    private async ValueTask OpenChunkAsync(long chunk, CancellationToken cancellationToken) =>
        Decrypt(chunk, await RandomAccess.ReadAsync(_file, _sealed.AsMemory(0, SealedLength(chunk)), Offset(chunk), cancellationToken));

    private void Decrypt(long chunk, int read)
    {
        var length = SealedLength(chunk);
        if (read != length)
            throw new CryptographicException("The body ended early.");
        _opened = -1;
        _openedLength = length - BodyFormat.TagSize;
        BodyFormat.Open(_cipher, chunk, chunk == _chunks - 1, _sealed.AsSpan(0, length), _plain.AsSpan(0, _openedLength));
        _opened = chunk;
    }

    private int Take(Span<byte> buffer)
    {
        var from = (int)(_position - (_opened * BodyFormat.ChunkSize));
        var count = Math.Min(buffer.Length, _openedLength - from);
        _plain.AsSpan(from, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
