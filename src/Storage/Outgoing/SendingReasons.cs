namespace Platform.Storage.Outgoing;

/// <summary>What a mail on its way out is kept back for, in the words of the rules that ask for it.</summary>
public static class SendingReasons
{
    public static IEnumerable<string> Of(WaitingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.Deliveries.SelectMany(delivery => delivery.Plan.Stages).SelectMany(Of).Select(reason => reason.Text.Length > 0 ? reason.Text : reason.Rule).Distinct(StringComparer.Ordinal);
    }

    public static IReadOnlyList<SendReason> Of(SendStage stage) => stage switch
    {
        SendStage.Confirm confirm => confirm.Reasons,
        SendStage.Approve approve => approve.Reasons,
        _ => [],
    };
}
