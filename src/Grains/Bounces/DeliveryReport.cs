using Platform.Grains.Deliveries;

namespace Platform.Grains.Bounces;

internal enum ReportAction
{
    Failed,

    /// <summary>Written to the mailbox.</summary>
    Delivered,

    /// <summary>Handed to a server that sends no notices of its own.</summary>
    Relayed,
}

/// <summary>What a delivery status notification tells of one recipient (RFC 3464).</summary>
/// <param name="Id">Of the notice itself; makes its Message-ID and its boundary.</param>
/// <param name="Language">Of the text for people: <c>ja</c>, else English.</param>
/// <param name="Sender">Whom to tell: the reverse-path of the message.</param>
/// <param name="EnvelopeId">As the sender gave it, decoded; null for none.</param>
/// <param name="RemoteMta">The server that judged; null when none did.</param>
/// <param name="Diagnostic">A server's reply, or our own sentence when <paramref name="RemoteMta"/> is null.</param>
internal sealed record DeliveryReport(
    Guid Id,
    ReportAction Action,
    string Language,
    string Sender,
    string Recipient,
    OriginalRecipient? OriginalRecipient,
    string? EnvelopeId,
    string Status,
    string? RemoteMta,
    string Diagnostic,
    DateTimeOffset ArrivedAt,
    DateTimeOffset Now,
    ReturnedContent Returned);

/// <param name="Bytes">The header, or the whole message when <paramref name="IsWhole"/>; empty when it is no more to be had.</param>
internal sealed record ReturnedContent(ReadOnlyMemory<byte> Bytes, bool IsWhole)
{
    public static ReturnedContent None { get; } = new(ReadOnlyMemory<byte>.Empty, IsWhole: false);
}
