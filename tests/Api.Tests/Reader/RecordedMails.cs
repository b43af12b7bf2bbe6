using Platform.Grains.Notices;
using Platform.Mails.Templates;

namespace Platform.Api.Tests.Reader;

/// <summary>Takes the codes that are sent to recipients.</summary>
internal sealed class RecordedMails : ISystemMails
{
    private readonly List<SystemMail> _sent = [];

    public IReadOnlyList<SystemMail> Sent => _sent;

    /// <summary>The latest code and to whom it went.</summary>
    public (string Recipient, string Code) Latest => (_sent[^1].Recipient, ((ReaderCodeMail)_sent[^1].Template).Code);

    public Task<SystemMailOutcome> SendAsync(SystemMail mail, CancellationToken cancellationToken)
    {
        _sent.Add(mail);
        return Task.FromResult(SystemMailOutcome.Queued);
    }
}
