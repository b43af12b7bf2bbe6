using Microsoft.Extensions.Logging;
using Platform.Engine;

namespace Platform.Grains.Mailboxes;

internal sealed partial class MailboxHistories(IGrainFactory grains, TimeProvider time, ILogger<MailboxHistories> logger) : IMailboxHistories
{
    public const int MaxAsked = 16;

    private static readonly TimeSpan s_answerTime = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_recordTime = TimeSpan.FromSeconds(5);

    public async Task<History> HistoryOfAsync(IReadOnlyList<Guid> mailboxIds, string sender, CancellationToken cancellationToken)
    {
        if (mailboxIds.Count == 0 || sender.Length == 0)
            return History.Unknown;
        try
        {
            var asked = mailboxIds.Take(MaxAsked).Select(id => grains.GetGrain<IMailboxGrain>(id).HistoryOfAsync(sender));
            return Together(await Task.WhenAll(asked).WaitAsync(s_answerTime, time, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (IsPassing(e))
        {
            LogUnanswered(logger, e.GetType().Name);
            return History.Unknown;
        }
    }

    public async Task RecordAsync(IReadOnlyList<Guid> mailboxIds, MailSeen mail, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(mailboxIds.Select(id => grains.GetGrain<IMailboxGrain>(id).RecordAsync(mail)))
                .WaitAsync(s_recordTime, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsPassing(e))
        {
            LogUnrecorded(logger, e.GetType().Name);
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is TimeoutException or OrleansException or System.Data.Common.DbException or InvalidDataException;

    private static History Together(IReadOnlyList<SenderHistory> histories) => new(
        histories.Any(static history => history.Known),
        Sum(histories, static history => history.Received),
        Sum(histories, static history => history.Sent),
        [.. histories.SelectMany(static history => history.Countries).Distinct()],
        [.. histories.SelectMany(static history => history.Networks).Distinct()],
        [.. histories.SelectMany(static history => history.CorrespondentDomains).Distinct().Take(MailboxLimits.Domains)]);

    private static int Sum(IReadOnlyList<SenderHistory> histories, Func<SenderHistory, int> count) =>
        (int)Math.Min(int.MaxValue, histories.Sum(history => (long)count(history)));

    [LoggerMessage(1, LogLevel.Warning, "No history of a sender was to be had in time ({Problem}); the mail is judged without")]
    private static partial void LogUnanswered(ILogger logger, string problem);

    [LoggerMessage(2, LogLevel.Warning, "A mail was not added to the history of its mailboxes ({Problem})")]
    private static partial void LogUnrecorded(ILogger logger, string problem);
}
