namespace Platform.Smtp;

/// <summary>Thrown by a handler or receiver to refuse with a reply of its choice: storage full 452, oversize 552.</summary>
public sealed class SmtpRefusedException(SmtpReply reply) : Exception($"{reply.Code} {reply.EnhancedStatus}")
{
    public SmtpReply Reply { get; } = reply;
}
