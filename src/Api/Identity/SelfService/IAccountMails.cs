using Platform.Storage.Accounts;

namespace Platform.Api.Identity.SelfService;

/// <summary>Mails that sign-in sends to a person.</summary>
public interface IAccountMails
{
    /// <param name="link">Holds a secret that sets the password once: it goes into the mail and nowhere else.</param>
    Task SendPasswordResetAsync(SignInAccount account, Uri link, TimeSpan validity, CancellationToken cancellationToken);
}

/// <summary>For Development: mails as files in <c>DATA/outbox</c>, for whoever runs the demo. In Production nothing is written, since the link is a secret.</summary>
internal sealed class FileOutbox(Edge.ApiSettings settings, TimeProvider time) : IAccountMails
{
    public async Task SendPasswordResetAsync(SignInAccount account, Uri link, TimeSpan validity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!settings.AllowPlainHttp)
            return;

        var folder = Directory.CreateDirectory(Path.Combine(settings.DataDirectory, "outbox"));
        var name = $"{time.GetUtcNow().ToUnixTimeMilliseconds()}-{account.Id:N}.txt";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), $"To: {account.Address}\nSubject: Set a new password\n\n{link}\n", cancellationToken);
    }
}
