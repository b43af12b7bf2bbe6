using System.Security.Cryptography;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Bodies;

public sealed class BodyStoreTests : IAsyncLifetime
{
    private TestStorage? _storage;
    private Guid _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IBodyStore Bodies => _storage!.Get<IBodyStore>();

    public static TheoryData<int> Lengths() =>
        [0, 1, 20_480, BodyFormat.ChunkSize - 1, BodyFormat.ChunkSize, BodyFormat.ChunkSize + 1, 2 * BodyFormat.ChunkSize, 3 * BodyFormat.ChunkSize + 17];

    public async ValueTask InitializeAsync()
    {
        _storage = await TestStorage.CreateAsync(new SqliteBackend(), Ct);
        _tenant = await _storage.AddTenantAsync("acme", Ct);
    }

    public async ValueTask DisposeAsync() => await _storage!.DisposeAndDeleteAsync();

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task A_body_reads_back_byte_for_byte(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var body = await StoreAsync(bytes);
        Assert.Equal(bytes, await ReadAsync(body.Reference));
        Assert.Equal((length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (body.Size, body.Sha256));
    }

    [Fact]
    public async Task A_body_written_in_small_pieces_is_the_same_body()
    {
        var bytes = RandomNumberGenerator.GetBytes(BodyFormat.ChunkSize + 1_000);
        await using var writer = await Bodies.CreateAsync(_tenant, Ct);
        foreach (var piece in bytes.Chunk(777))
            await writer.WriteAsync(piece, Ct);
        Assert.Equal(bytes, await ReadAsync((await writer.SealAsync(Ct)).Reference));
    }

    [Fact]
    public async Task The_stream_knows_its_length_and_seeks()
    {
        var bytes = RandomNumberGenerator.GetBytes((3 * BodyFormat.ChunkSize) + 10);
        var body = await StoreAsync(bytes);
        await using var stream = await Bodies.OpenReadAsync(_tenant, body.Reference, Ct);
        Assert.Equal(bytes.Length, stream.Length);
        foreach (var position in (int[])[bytes.Length - 5, BodyFormat.ChunkSize - 3, 0, (2 * BodyFormat.ChunkSize) + 1])
        {
            stream.Seek(position, SeekOrigin.Begin);
            var part = new byte[5];
            await stream.ReadExactlyAsync(part, Ct);
            Assert.Equal(bytes[position..(position + 5)], part);
        }
    }

    [Fact]
    public async Task The_plain_text_is_nowhere_on_disk()
    {
        var secret = "the plain text of this mail"u8.ToArray();
        await StoreAsync([.. Enumerable.Repeat(secret, 5_000).SelectMany(s => s)]);
        Assert.All(Files(), file => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(secret) < 0, file));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(BodyFormat.ChunkSize)]
    [InlineData(BodyFormat.ChunkSize + 5)]
    public async Task A_flipped_bit_anywhere_is_found(int length)
    {
        var body = await StoreAsync(RandomNumberGenerator.GetBytes(length));
        var path = PathOf(body);
        var good = await File.ReadAllBytesAsync(path, Ct);
        // Every byte of head and tail, and samples between: each byte is authenticated alike.
        for (var i = 0; i < good.Length; i += i < 64 || i > good.Length - 64 ? 1 : 997)
        {
            var bad = (byte[])good.Clone();
            bad[i] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(path, bad, Ct);
            await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(body.Reference));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(BodyFormat.HeaderSize)]
    [InlineData(BodyFormat.HeaderSize + 10)]
    [InlineData(BodyFormat.HeaderSize + BodyFormat.SealedChunkSize)]
    [InlineData(BodyFormat.HeaderSize + BodyFormat.SealedChunkSize + 3)]
    [InlineData(BodyFormat.HeaderSize + (2 * BodyFormat.SealedChunkSize) - 1)]
    public async Task A_body_cut_short_is_found_before_a_byte_of_it_is_given(int keep)
    {
        var body = await StoreAsync(RandomNumberGenerator.GetBytes(2 * BodyFormat.ChunkSize));
        await using (var file = File.OpenWrite(PathOf(body)))
            file.SetLength(keep);
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Bodies.OpenReadAsync(_tenant, body.Reference, Ct));
    }

    [Fact]
    public async Task Chunks_in_another_order_are_found()
    {
        var body = await StoreAsync(RandomNumberGenerator.GetBytes(3 * BodyFormat.ChunkSize));
        var bytes = await File.ReadAllBytesAsync(PathOf(body), Ct);
        var first = bytes.AsSpan(BodyFormat.HeaderSize, BodyFormat.SealedChunkSize).ToArray();
        bytes.AsSpan(BodyFormat.HeaderSize + BodyFormat.SealedChunkSize, BodyFormat.SealedChunkSize).CopyTo(bytes.AsSpan(BodyFormat.HeaderSize));
        first.CopyTo(bytes.AsSpan(BodyFormat.HeaderSize + BodyFormat.SealedChunkSize));
        await File.WriteAllBytesAsync(PathOf(body), bytes, Ct);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(body.Reference));
    }

    [Fact]
    public async Task Bytes_put_behind_the_end_are_found()
    {
        var body = await StoreAsync([1, 2, 3]);
        await File.AppendAllTextAsync(PathOf(body), "x", Ct);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(body.Reference));
    }

    [Fact]
    public async Task Another_tenants_key_does_not_open_a_body()
    {
        var other = await _storage!.AddTenantAsync("globex", Ct);
        var body = await StoreAsync([1, 2, 3]);
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await Bodies.OpenReadAsync(other, body.Reference, Ct));
    }

    [Fact]
    public async Task The_key_of_one_body_does_not_open_another()
    {
        var one = await StoreAsync([1]);
        var two = await StoreAsync([2]);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(one.Reference with { WrappedKey = two.Reference.WrappedKey }));
    }

    [Fact]
    public async Task A_deleted_or_purged_body_is_missing()
    {
        var body = await StoreAsync([1]);
        await Assert.ThrowsAsync<BodyMissingException>(() => ReadAsync(body.Reference with { WrappedKey = [] }));
        await Bodies.DeleteAsync(body.Reference, Ct);
        await Assert.ThrowsAsync<BodyMissingException>(() => ReadAsync(body.Reference));
    }

    [Theory]
    [InlineData("../platform.db")]
    [InlineData("00/../../x")]
    [InlineData("")]
    public async Task A_name_that_is_no_body_name_becomes_no_path(string name) =>
        await Assert.ThrowsAsync<BodyMissingException>(() => ReadAsync(new BodyReference(name, new byte[60])));

    [Theory]
    [InlineData(10)]
    [InlineData(3 * BodyFormat.ChunkSize)]
    public async Task A_body_not_sealed_leaves_nothing(int length)
    {
        await using (var writer = await Bodies.CreateAsync(_tenant, Ct))
            await writer.WriteAsync(new byte[length], Ct);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Many_bodies_sealed_at_once_are_all_there()
    {
        var bodies = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => (i, Body: await StoreAsync(BitConverter.GetBytes(i)))));
        foreach (var (i, body) in bodies)
            Assert.Equal(BitConverter.GetBytes(i), await ReadAsync(body.Reference));
        Assert.Empty(System.IO.Directory.GetFiles(_storage!.Get<BodyFolders>().Incoming));
    }

    [Fact]
    public async Task The_sweep_removes_only_old_files_that_no_row_names()
    {
        var kept = await Mails.SealedAsync(_storage!, _tenant, "kept", Ct);
        await _storage!.Get<IMessageFlow>().AcceptAsync([kept], Ct);
        var orphan = await StoreAsync([1]);
        var unsealed = Path.Combine(_storage.Get<BodyFolders>().Incoming, "left");
        await File.WriteAllTextAsync(unsealed, "x", Ct);
        foreach (var file in Files())
            File.SetLastWriteTimeUtc(file, _storage.Time.GetUtcNow().UtcDateTime - TimeSpan.FromHours(2));
        var young = await StoreAsync([2]);
        File.SetLastWriteTimeUtc(PathOf(young), _storage.Time.GetUtcNow().UtcDateTime - TimeSpan.FromMinutes(59));

        Assert.Equal(2, await _storage.Get<BodySweep>().RunAsync(Ct));
        Assert.Equal([PathOf(kept.Body), PathOf(young)], Files().OrderBy(f => f == PathOf(young)));
        Assert.False(File.Exists(PathOf(orphan)));
        _storage.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await _storage.Get<BodySweep>().RunAsync(Ct));
        Assert.Equal("kept"u8.ToArray(), await ReadAsync(kept.Body.Reference));
    }

    private async Task<SealedBody> StoreAsync(byte[] bytes)
    {
        await using var writer = await Bodies.CreateAsync(_tenant, Ct);
        await writer.WriteAsync(bytes, Ct);
        return await writer.SealAsync(Ct);
    }

    private async Task<byte[]> ReadAsync(BodyReference body)
    {
        await using var stream = await Bodies.OpenReadAsync(_tenant, body, Ct);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Ct);
        return copy.ToArray();
    }

    private string PathOf(SealedBody body) => _storage!.Get<BodyFolders>().PathOf(body.Reference.Name);

    private string[] Files() =>
        [.. System.IO.Directory.GetFiles(_storage!.Settings.BodyDirectory, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('.'))];
}
