using Platform.Engine;
using Platform.Engine.Letters;
using Platform.Engine.Verdicts;
using Platform.Scanning;
using Platform.Storage.Bodies;
using Platform.Storage.Protection;

namespace Platform.Grains.Protection;

/// <summary>What the secure reader shows of a protected mail, read in a scanner process. Files whose last inspection is a day old are inspected anew before one is given out (OUT12).</summary>
public interface IProtectedContent
{
    /// <returns>Null: no scanner answered; it may be tried again.</returns>
    /// <exception cref="BodyMissingException">The mail is gone.</exception>
    Task<Letter?> ReadAsync(ReaderMail mail, CancellationToken cancellationToken);

    Task<ProtectedFile> OpenAsync(ReaderMail mail, string path, CancellationToken cancellationToken);
}

public abstract record ProtectedFile
{
    public sealed record Opened(OpenedFile File) : ProtectedFile;

    public sealed record Missing : ProtectedFile;

    /// <summary>It was found to be malware since it was sent.</summary>
    public sealed record Dangerous : ProtectedFile;

    /// <summary>No scanner answered; it may be tried again.</summary>
    public sealed record NotNow : ProtectedFile;
}

internal sealed class ProtectedContent(IBodyStore bodies, IScannerPool scanners, IReaderDesk desk, FlowSettings settings, TimeProvider clock) : IProtectedContent, IDisposable
{
    /// <summary>Mails held whole in memory at a time.</summary>
    private const int AtATime = 4;

    private static readonly TimeSpan LooksAnew = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _places = new(AtATime);

    public async Task<Letter?> ReadAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        await _places.WaitAsync(cancellationToken);
        try
        {
            return (await scanners.ReadLetterAsync(await BytesAsync(mail, cancellationToken), ReaderViews.Of(mail), cancellationToken)).Value;
        }
        finally
        {
            _places.Release();
        }
    }

    public async Task<ProtectedFile> OpenAsync(ReaderMail mail, string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.Delivery.IsDangerous)
            return new ProtectedFile.Dangerous();
        await _places.WaitAsync(cancellationToken);
        try
        {
            var message = await BytesAsync(mail, cancellationToken);
            switch (await IsDangerousAsync(mail, message, cancellationToken))
            {
                case null:
                    return new ProtectedFile.NotNow();
                case true:
                    return new ProtectedFile.Dangerous();
            }

            return (await scanners.OpenFileAsync(message, ReaderViews.Of(mail), path, cancellationToken)).Value switch
            {
                null => new ProtectedFile.NotNow(),
                { File: { } file } => new ProtectedFile.Opened(file),
                _ => new ProtectedFile.Missing(),
            };
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    /// <returns>Null: nobody knows.</returns>
    private async Task<bool?> IsDangerousAsync(ReaderMail mail, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now - (mail.Delivery.CheckedAt ?? mail.SentAt) < LooksAnew)
            return false;
        var envelope = new Envelope(null, null, null, mail.From, [mail.Delivery.Recipient], MailDirection.Outbound);
        var scan = await scanners.ScanAsync(new ScanRequest(message, envelope, new ScanContext(now, [], [], [], History.Unknown)), cancellationToken);
        if (scan.Value is not { } verdict)
            return null;
        var isDangerous = verdict.Kind == VerdictKind.Malware;
        await desk.CheckedAsync(mail, isDangerous, CancellationToken.None);
        return isDangerous;
    }

    private async Task<ReadOnlyMemory<byte>> BytesAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        await using var body = await bodies.OpenReadAsync(mail.Delivery.TenantId, mail.Body, cancellationToken);
        if (body.Length > settings.Inspection.MaxMessageBytes)
            throw new BodyMissingException(mail.Body.Name);
        var bytes = new byte[body.Length];
        await body.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
