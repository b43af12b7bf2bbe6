using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Platform.Storage.Keys;
using Platform.Storage.Transactions;

namespace Platform.Storage.Bodies;

/// <summary>One body on its way in. The last chunk is held back until it is known to be the last; a body of one chunk touches the disk only when sealed.</summary>
internal sealed class FileBodyWriter : IBodyWriter
{
    private readonly BodyFolders _folders;
    private readonly SealLanes _lanes;
    private readonly string _hash;
    private readonly string _path;
    private readonly byte[] _wrappedKey;
    private readonly AesGcm _cipher;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Room for the header, one chunk and its tag; header only before the first chunk is written.</summary>
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BodyFormat.HeaderSize + BodyFormat.SealedChunkSize);
    private SafeFileHandle? _file;
    private int _filled;
    private long _chunk;
    private long _written;
    private bool _ended;

    /// <param name="hash">The keyed hash that names the body.</param>
    public FileBodyWriter(BodyFolders folders, SealLanes lanes, string hash, byte[] tenantKey)
    {
        _folders = folders;
        _lanes = lanes;
        _hash = hash;
        _path = Path.Combine(folders.Incoming, hash);
        Span<byte> key = stackalloc byte[PlatformKeys.KeySize];
        RandomNumberGenerator.Fill(key);
        _wrappedKey = KeyWrap.Wrap(tenantKey, FileBodyStore.KeyLabel(hash), key);
        _cipher = BodyFormat.Cipher(key);
        CryptographicOperations.ZeroMemory(key);
    }

    public long Length { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        cancellationToken.ThrowIfCancellationRequested();
        var rest = bytes.Span;
        _sha256.AppendData(rest);
        Length += rest.Length;
        while (!rest.IsEmpty)
        {
            if (_filled == BodyFormat.ChunkSize)
                WriteChunk();
            var take = Math.Min(rest.Length, BodyFormat.ChunkSize - _filled);
            rest[..take].CopyTo(_buffer.AsSpan(BodyFormat.HeaderSize + _filled));
            _filled += take;
            rest = rest[take..];
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<SealedBody> SealAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        cancellationToken.ThrowIfCancellationRequested();
        _ended = true;
        var name = $"{_folders.Next()}/{_hash}";
        try
        {
            await _lanes.SealAsync(FinishFile, _path, _folders.PathOf(name));
            return new SealedBody(new BodyReference(name, _wrappedKey), Length, Convert.ToHexStringLower(_sha256.GetHashAndReset()));
        }
        finally
        {
            Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        if (_ended)
            return ValueTask.CompletedTask;
        _ended = true;
        var begun = _file is not null;
        Release();
        if (begun)
            File.Delete(_path);
        return ValueTask.CompletedTask;
    }

    private void WriteChunk()
    {
        try
        {
            Append(last: false);
        }
        catch (IOException exception)
        {
            throw StorageErrors.Translate(exception);
        }
    }

    private void FinishFile()
    {
        Append(last: true);
        RandomAccess.FlushToDisk(_file!);
        _file!.Dispose();
    }

    private void Append(bool last)
    {
        var text = _buffer.AsSpan(BodyFormat.HeaderSize, _filled + BodyFormat.TagSize);
        BodyFormat.Seal(_cipher, _chunk, last, text);
        var bytes = text;
        if (_chunk == 0)
        {
            BodyFormat.Header.CopyTo(_buffer);
            bytes = _buffer.AsSpan(0, BodyFormat.HeaderSize + text.Length);
        }

        _file ??= File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(_file, bytes, _written);
        _written += bytes.Length;
        _chunk++;
        _filled = 0;
    }

    private void Release()
    {
        _file?.Dispose();
        _cipher.Dispose();
        _sha256.Dispose();
        CryptographicOperations.ZeroMemory(_buffer);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }
}
