using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Engine;
using Platform.Engine.Verdicts;
using Platform.Storage.Messages;
using Platform.Storage.Model;

namespace Platform.Api.GraphQL.Messages;

[Description("Which messages. All that is given must hold.")]
internal sealed record MessageFilter
{
    private const int MaxText = 320;

    [Description("Which way they go.")]
    public MailDirection? Direction { get; init; }

    [Description("One of these verdicts.")]
    public IReadOnlyList<VerdictKind>? Verdicts { get; init; }

    [Description("With a delivery in one of these states.")]
    public IReadOnlyList<DeliveryState>? States { get; init; }

    [Description("With a delivery to this address.")]
    public string? Mailbox { get; init; }

    [Description("Whose sender (From address, From name or reverse-path) contains this, case not regarded.")]
    public string? From { get; init; }

    [Description("Received at this moment or later.")]
    public DateTimeOffset? Since { get; init; }

    [Description("Received before this moment.")]
    public DateTimeOffset? Until { get; init; }

    /// <exception cref="ApiException">A text is too long.</exception>
    public IQueryable<MessageRow> Apply(IQueryable<MessageRow> messages, PlatformDb db)
    {
        if (Direction is { } direction)
            messages = messages.Where(row => row.Direction == direction);
        if (Verdicts is { } verdicts)
            messages = messages.Where(row => row.Verdict != null && verdicts.Contains(row.Verdict.Value));
        if (States is { } states && Mailbox is not null)
        {
            var address = Bounded(Mailbox, "mailbox");
            messages = messages.Where(row => db.Deliveries.Any(delivery => delivery.MessageId == row.Id && states.Contains(delivery.State) && delivery.Recipient.ToLower() == address));
        }
        else if (States is { } any)
        {
            messages = messages.Where(row => db.Deliveries.Any(delivery => delivery.MessageId == row.Id && any.Contains(delivery.State)));
        }
        else if (Mailbox is not null)
        {
            var address = Bounded(Mailbox, "mailbox");
            messages = messages.Where(row => db.Deliveries.Any(delivery => delivery.MessageId == row.Id && delivery.Recipient.ToLower() == address));
        }

        if (From is not null)
        {
            var sender = Bounded(From, "from");
            messages = messages.Where(row => row.MailFrom.ToLower().Contains(sender)
                || (row.FromAddress != null && row.FromAddress.ToLower().Contains(sender))
                || (row.FromName != null && row.FromName.ToLower().Contains(sender)));
        }

        if (Since is { } since)
            messages = messages.Where(row => row.ReceivedAt >= since);
        if (Until is { } until)
            messages = messages.Where(row => row.ReceivedAt < until);
        return messages;
    }

    private static string Bounded(string text, string field) =>
        text.Length <= MaxText ? text.ToLowerInvariant() : throw ApiException.BadInput("filter." + field, $"'filter.{field}' has at most {MaxText} characters.");
}
