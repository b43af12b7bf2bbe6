using System.Globalization;
using Platform.Engine.Misdirection;

namespace Platform.Storage.Outgoing;

/// <summary>What a mail on its way out is kept back for: in the words of the rules that ask for it, or a sentence for what was found of its recipients.</summary>
public static class SendingReasons
{
    public static IEnumerable<string> Of(WaitingMail mail, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return mail.Deliveries.SelectMany(delivery => delivery.Plan.Stages).SelectMany(Of).Select(reason => Text(reason, culture)).Distinct(StringComparer.Ordinal);
    }

    public static IReadOnlyList<SendReason> Of(SendStage stage) => stage switch
    {
        SendStage.Confirm confirm => confirm.Reasons,
        SendStage.Wait wait => wait.Reasons ?? [],
        SendStage.Approve approve => approve.Reasons,
        _ => [],
    };

    /// <summary>What the sender is told: hostile where it quotes the mail.</summary>
    public static string Text(SendReason reason, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return reason switch
        {
            { Finding: { } finding } => SendFindingText.Render(finding, culture),
            { Text.Length: > 0 } => reason.Text,
            _ => reason.Rule,
        };
    }
}
