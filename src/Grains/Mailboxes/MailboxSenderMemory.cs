using Microsoft.Data.Sqlite;
using Platform.Grains.Hosting;
using Platform.Storage.Purging;
using Platform.Storage.Setup;
using Platform.Storage.Transactions;

namespace Platform.Grains.Mailboxes;

/// <summary>What mailboxes remember of senders, as purges see it.</summary>
internal sealed class MailboxSenderMemory(IGrainFactory grains, SiloSettings settings, TimeProvider time) : ISenderMemory
{
    public Task ForgetAsync(IReadOnlyList<Guid> mailboxIds, string sender, CancellationToken cancellationToken) =>
        Task.WhenAll(mailboxIds.Select(id => grains.GetGrain<IMailboxGrain>(id).ForgetAsync(sender))).WaitAsync(cancellationToken);

    public Task EraseAsync(IReadOnlyList<Guid> mailboxIds, CancellationToken cancellationToken) =>
        Task.WhenAll(mailboxIds.Select(id => grains.GetGrain<IMailboxGrain>(id).EraseAsync())).WaitAsync(cancellationToken);

    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        if (settings.Storage.Provider != StorageProvider.Embedded || !File.Exists(settings.GrainFile))
            return;
        await using var connection = new SqliteConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await SqliteFile.ScrubAsync(connection, rewrite: true, time, cancellationToken);
    }
}
