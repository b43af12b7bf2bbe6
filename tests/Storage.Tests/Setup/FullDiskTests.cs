using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;
using Platform.Storage.Scopes;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Setup;

/// <summary>A disk that is really full: a small tmpfs and a file that fills it.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly string _mount = System.IO.Directory.CreateTempSubdirectory("full-disk-").FullName;
    private TestStorage? _storage;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Filler => Path.Combine(_mount, "filler");

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || !await RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", _mount))
            Parts.Missing("a small tmpfs (mount needs root on Linux)");
        _storage = await TestStorage.CreateAsync(new OnMount(_mount), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_storage is not null)
            await _storage.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await RunAsync("umount", _mount);
        System.IO.Directory.Delete(_mount);
    }

    [Fact]
    public async Task A_body_that_finds_no_room_leaves_nothing_and_the_next_one_is_taken_when_there_is_room()
    {
        var tenant = await _storage!.AddTenantAsync("acme", Ct);
        await FillAsync();
        await Assert.ThrowsAsync<StorageFullException>(() => Mails.SealedAsync(_storage, tenant, new string('x', 20_000), Ct));
        await Assert.ThrowsAsync<StorageFullException>(() => Mails.SealedAsync(_storage, tenant, new string('x', 2_000_000), Ct));
        Assert.Empty(Bodies());
        File.Delete(Filler);
        await Mails.SealedAsync(_storage, tenant, new string('x', 2_000_000), Ct);
        Assert.Single(Bodies());
    }

    [Fact]
    public async Task Rows_that_find_no_room_are_not_written_and_the_next_are_when_there_is_room()
    {
        var tenant = await _storage!.AddTenantAsync("acme", Ct);
        var flow = _storage.Get<IMessageFlow>();
        await FillAsync();
        var accepted = 0;
        // The log may have some room left inside its file: it runs out within a few mails.
        await Assert.ThrowsAsync<StorageFullException>(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                await flow.AcceptAsync([Mails.To(tenant, _storage.Time.GetUtcNow(), "info@acme.test")], Ct);
                accepted++;
            }
        });
        Assert.Equal(accepted, await CountAsync(tenant));
        File.Delete(Filler);
        await flow.AcceptAsync([Mails.To(tenant, _storage.Time.GetUtcNow(), "info@acme.test")], Ct);
        Assert.Equal(accepted + 1, await CountAsync(tenant));
    }

    private async Task<int> CountAsync(Guid tenant)
    {
        await using var db = _storage!.Open(Scope.System(tenant, "test"));
        return await db.Messages.CountAsync(Ct);
    }

    private string[] Bodies() => [.. BodyFolders.All.Append("incoming").SelectMany(f => System.IO.Directory.GetFiles(Path.Combine(_storage!.Settings.BodyDirectory, f)))];

    private async Task FillAsync()
    {
        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var block = new byte[4096];
        try
        {
            while (true)
                await filler.WriteAsync(block, Ct);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }

    private sealed class OnMount(string mount) : IStorageBackend
    {
        public Task<StorageSettings> CreateAsync(string dataDirectory, CancellationToken cancellationToken)
        {
            System.IO.Directory.Delete(dataDirectory);
            return Task.FromResult(new StorageSettings { DataDirectory = Path.Combine(mount, "data"), PlatformKey = TestStorage.PlatformKey });
        }
    }
}
