using System.Collections.Concurrent;
using System.Text;

namespace Platform.Smtp.Tests.Hosting;

/// <summary>Accepts everything unless told otherwise, and keeps what it was shown.</summary>
internal sealed class RecordingHandler : ISmtpHandler
{
    public ConcurrentQueue<SmtpPeer> Connects { get; } = new();
    public ConcurrentQueue<(SmtpPeer Peer, MailCommand Mail)> Mails { get; } = new();
    public ConcurrentQueue<RecipientCommand> Recipients { get; } = new();
    public ConcurrentQueue<ReceivedMessage> Messages { get; } = new();

    /// <summary>Messages begun and given up before they were complete.</summary>
    public int Aborted;

    public Func<SmtpPeer, SmtpReply?> OnConnect { get; init; } = _ => null;
    public Func<MailCommand, SmtpReply> OnMail { get; init; } = _ => SmtpReply.SenderAccepted;
    public Func<RecipientCommand, SmtpReply> OnRecipient { get; init; } = _ => SmtpReply.RecipientAccepted;
    public Action OnBegin { get; init; } = () => { };
    public Action<long> OnWrite { get; init; } = _ => { };
    public Func<CancellationToken, Task<SmtpReply>> OnComplete { get; init; } = _ => Task.FromResult(SmtpReply.Ok);

    /// <summary>The one message that came.</summary>
    public ReceivedMessage Message => Assert.Single(Messages);

    public ValueTask<SmtpReply?> ConnectAsync(SmtpPeer peer, CancellationToken cancellationToken)
    {
        Connects.Enqueue(peer);
        return ValueTask.FromResult(OnConnect(peer));
    }

    public ValueTask<SmtpReply> MailAsync(SmtpPeer peer, MailCommand mail, CancellationToken cancellationToken)
    {
        Mails.Enqueue((peer, mail));
        return ValueTask.FromResult(OnMail(mail));
    }

    public ValueTask<SmtpReply> RecipientAsync(SmtpPeer peer, SmtpTransaction transaction, RecipientCommand recipient, CancellationToken cancellationToken)
    {
        Recipients.Enqueue(recipient);
        return ValueTask.FromResult(OnRecipient(recipient));
    }

    public ValueTask<IMessageReceiver> BeginMessageAsync(SmtpPeer peer, SmtpTransaction transaction, CancellationToken cancellationToken)
    {
        OnBegin();
        return ValueTask.FromResult<IMessageReceiver>(new Receiver(this, peer, transaction));
    }

    private sealed class Receiver(RecordingHandler owner, SmtpPeer peer, SmtpTransaction transaction) : IMessageReceiver
    {
        private readonly MemoryStream _content = new();
        private bool _isComplete;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            _content.Write(bytes.Span);
            owner.OnWrite(_content.Length);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<SmtpReply> CompleteAsync(CancellationToken cancellationToken)
        {
            var reply = await owner.OnComplete(cancellationToken);
            _isComplete = true;
            owner.Messages.Enqueue(new ReceivedMessage(peer, transaction, _content.ToArray()));
            return reply;
        }

        public ValueTask DisposeAsync()
        {
            if (!_isComplete)
                Interlocked.Increment(ref owner.Aborted);
            return ValueTask.CompletedTask;
        }
    }
}

internal sealed record ReceivedMessage(SmtpPeer Peer, SmtpTransaction Transaction, byte[] Content)
{
    /// <summary>One character an octet.</summary>
    public string Text => Encoding.Latin1.GetString(Content);
}
