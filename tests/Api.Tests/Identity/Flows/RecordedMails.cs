using System.Threading.Channels;
using Platform.Api.Identity.SelfService;
using Platform.Storage.Accounts;

namespace Platform.Api.Tests.Identity.Flows;

/// <summary>Keeps the links of the mails that would be sent.</summary>
internal sealed class RecordedMails : IAccountMails
{
    private readonly Channel<Uri> _links = Channel.CreateUnbounded<Uri>();

    public int Sent { get; private set; }

    public Task SendPasswordResetAsync(SignInAccount account, Uri link, TimeSpan validity, CancellationToken cancellationToken)
    {
        Sent++;
        return _links.Writer.WriteAsync(link, cancellationToken).AsTask();
    }

    public async Task<Uri> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await _links.Reader.ReadAsync(limit.Token);
    }
}
