using Platform.Smtp;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;

namespace Platform.Api.Smtp;

/// <summary>Streams one message into an encrypted body for each tenant it is for, then hands them to the <see cref="Intake"/>.</summary>
internal sealed class InboundReceiver : IMessageReceiver
{
    private readonly Intake intake;
    private readonly SmtpPeer peer;
    private readonly SmtpTransaction transaction;
    private readonly IReadOnlyList<IntakeGroup> groups;
    private readonly Action closed;
    private readonly List<IBodyWriter> bodies;
    private readonly HeaderCapture header = new();
    private readonly long limit;
    private long length;

    private InboundReceiver(Intake intake, SmtpPeer peer, SmtpTransaction transaction, IReadOnlyList<IntakeGroup> groups, List<IBodyWriter> bodies, Action closed)
    {
        this.intake = intake;
        this.peer = peer;
        this.transaction = transaction;
        this.groups = groups;
        this.bodies = bodies;
        this.closed = closed;
        limit = groups.Min(g => g.Tenant.Limits.MaxMessageBytes);
    }

    public static async ValueTask<InboundReceiver> OpenAsync(
        Intake intake, SmtpPeer peer, SmtpTransaction transaction, IReadOnlyList<IntakeGroup> groups, Action closed, CancellationToken cancellationToken)
    {
        var bodies = new List<IBodyWriter>(groups.Count);
        try
        {
            foreach (var group in groups)
                bodies.Add(await intake.Bodies.CreateAsync(group.Tenant.Id, cancellationToken));
            return new InboundReceiver(intake, peer, transaction, groups, bodies, closed);
        }
        catch (Exception problem)
        {
            foreach (var body in bodies)
                await body.DisposeAsync();
            if (problem is StorageFullException)
                throw new SmtpRefusedException(SmtpReply.StorageFull);
            throw;
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        length += bytes.Length;
        if (length > limit)
            throw new SmtpRefusedException(SmtpReply.MessageTooLarge);
        header.Add(bytes.Span);
        try
        {
            foreach (var body in bodies)
                await body.WriteAsync(bytes, cancellationToken);
        }
        catch (StorageFullException)
        {
            throw new SmtpRefusedException(SmtpReply.StorageFull);
        }
    }

    public async ValueTask<SmtpReply> CompleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await intake.AcceptAsync(peer, transaction, groups, bodies, header.Bytes, cancellationToken);
        }
        catch (StorageFullException)
        {
            return SmtpReply.StorageFull;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var body in bodies)
                await body.DisposeAsync();
        }
        finally
        {
            closed();
        }
    }
}
