using Platform.Storage.Bodies;
using Platform.Storage.Directory;
using Platform.Storage.Messages;

namespace Platform.Grains.Imports;

/// <summary>
/// One run of a job: count the mails, then take them in one by one from where the last run stopped. A mail's id follows from the
/// job and its place, so one that was taken in just before a kill is known again.
/// </summary>
internal sealed class ImportRun(
    ImportJobs jobs, IBodyStore bodies, IMessageFlow flow, IRecipientDirectory directory, ImportEnvelope envelopes, IWorkSignal signal, FlowSettings settings, TimeProvider clock)
{
    /// <summary>Mails between two writes of the progress; also the most that a new run must look up again.</summary>
    private const int SaveEvery = 20;

    /// <summary>Imported mails waiting for a scan, beyond which the import waits, so that live mail is not held up behind it.</summary>
    private const int MaxUnscanned = 100;

    private static readonly TimeSpan UnscannedWait = TimeSpan.FromSeconds(1);

    /// <exception cref="ImportFormatException">The file is broken or too big inside.</exception>
    /// <exception cref="ImportLeaseLostException">Another worker has the job.</exception>
    public async Task GoAsync(ImportJob job, CancellationToken cancellationToken)
    {
        var tenant = await directory.FindTenantAsync(job.TenantId, cancellationToken)
            ?? throw new ImportFormatException("The tenant is not in the directory.");
        await using var file = await bodies.OpenReadAsync(job.TenantId, job.Body, cancellationToken);
        if (job.Total == 0)
            job = await CountAsync(job, file, cancellationToken);

        var resumedAt = job.Position;
        var index = 0;
        try
        {
            await foreach (var mail in ImportFile.ReadAsync(file, job.FileName, settings.Imports, cancellationToken))
            {
                if (index++ < resumedAt)
                    continue;
                job = mail.Content is { Length: > 0 } content && await TakeInAsync(job, tenant, content, resumedAt, cancellationToken)
                    ? job with { Done = job.Done + 1 }
                    : job with { Failed = job.Failed + 1 };
                if (job.Position % SaveEvery == 0)
                    await SaveAsync(job, cancellationToken);
            }
        }
        catch (ImportFormatException)
        {
            await SaveAsync(job, cancellationToken);
            throw;
        }
        await SaveAsync(job with { Total = job.Position }, cancellationToken);
    }

    private async Task<ImportJob> CountAsync(ImportJob job, Stream file, CancellationToken cancellationToken)
    {
        var total = 0;
        await foreach (var _ in ImportFile.ReadAsync(file, job.FileName, settings.Imports, cancellationToken))
        {
            if (++total > settings.Imports.MaxMessages)
                throw new ImportFormatException($"The file holds more than {settings.Imports.MaxMessages} mails.");
            if (total % 1_000 == 0)
                await SaveAsync(job, cancellationToken);
        }
        job = job with { Total = total };
        await SaveAsync(job, cancellationToken);
        return job;
    }

    private async Task SaveAsync(ImportJob job, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!await jobs.SaveAsync(job, cancellationToken))
                throw new ImportLeaseLostException();
            if (await jobs.CountUnscannedAsync(job, cancellationToken) <= MaxUnscanned)
                return;
            await Task.Delay(UnscannedWait, clock, cancellationToken);
        }
    }

    /// <returns>True when the mail is in, by this run or the one before.</returns>
    private async Task<bool> TakeInAsync(ImportJob job, TenantSettings tenant, ReadOnlyMemory<byte> content, int resumedAt, CancellationToken cancellationToken)
    {
        var index = job.Position;
        var id = ImportIds.MessageAt(job.Id, job.CreatedAt, index);
        if (index < resumedAt + SaveEvery && await jobs.IsTakenInAsync(job, id, cancellationToken))
            return true;

        var envelope = await envelopes.ReadAsync(tenant, content, cancellationToken);
        await using var writer = await bodies.CreateAsync(job.TenantId, cancellationToken);
        await writer.WriteAsync(content, cancellationToken);
        var body = await writer.SealAsync(cancellationToken);
        var message = new NewMessage(
            id,
            job.TenantId,
            IntakeMode.Import,
            envelope.Envelope,
            body,
            Prologue: "",
            clock.GetUtcNow(),
            [.. envelope.Recipients.Select((r, i) => new NewDelivery(ImportIds.DeliveryAt(job.Id, job.CreatedAt, index, i), r.Address, r.MailboxId, null, null))],
            SmtpParameters.None);
        await flow.AcceptAsync([message], cancellationToken);
        signal.ScansReady();
        return true;
    }
}

internal sealed class ImportLeaseLostException() : Exception("Another worker has the import job.");
