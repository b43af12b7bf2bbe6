using Platform.Engine.Letters;
using Platform.Grains.Protection;
using Platform.Storage.Protection;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Reader;

/// <summary>Content that takes so long to be read that its sender withdraws the mail meanwhile, once it is told to.</summary>
internal sealed class WithdrawnMeanwhile(IProtectedMails mails) : IProtectedContent
{
    public bool IsDue { get; set; }

    public async Task<Letter?> ReadAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        await WithdrawAsync(mail, cancellationToken);
        return new Letter("", null, [], [], null, $"<p>{ReaderPlatform.Secret}</p>", "", []);
    }

    public async Task<ProtectedFile> OpenAsync(ReaderMail mail, string path, CancellationToken cancellationToken)
    {
        await WithdrawAsync(mail, cancellationToken);
        return new ProtectedFile.Opened(new OpenedFile(new LetterFile(path, "list.txt", "text/plain", 10, IsShown: false, HasText: true), new byte[10], ReaderPlatform.Secret));
    }

    private async Task WithdrawAsync(ReaderMail mail, CancellationToken cancellationToken)
    {
        if (IsDue)
            await mails.WithdrawAsync(Scope.System(mail.Delivery.TenantId, "test"), mail.Delivery.MessageId, null, destroy: false, cancellationToken);
    }
}
