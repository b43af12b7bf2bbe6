using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Engine.Tracking;
using Platform.Grains.Work;
using Platform.Storage.Tracking;

namespace Platform.Grains.Tracking;

/// <summary>Grades opens when enough has happened around them, and has each counted by the grain of its message.</summary>
internal sealed partial class OpenGrader(IReadStore store, IGrainFactory grains, TimeProvider clock, ILogger<OpenGrader> logger) : BackgroundService
{
    private const int AtATime = 100;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_forgetEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset _forgotAt = DateTimeOffset.MinValue;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => WorkLoop.RunAsync(RoundAsync, LogTrouble, clock, stoppingToken);

    internal async Task<int> GradeDueAsync(CancellationToken cancellationToken)
    {
        var due = await store.ClaimAsync(AtATime, s_lease, cancellationToken);
        foreach (var open in due)
        {
            try
            {
                await grains.GetGrain<IMessageReadsGrain>(MessageReadsKey.Of(open.TenantId, open.MessageId)).CountAsync(await GradeAsync(open, cancellationToken)).WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // It is due again when its lease ends; those behind it do not wait for it.
                LogOne(open.Id, exception);
            }
        }

        return due.Count;
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - _forgotAt >= s_forgetEvery)
        {
            _forgotAt = clock.GetUtcNow();
            await store.ForgetAsync(cancellationToken);
        }

        if (await GradeDueAsync(cancellationToken) < AtATime)
            await Task.Delay(s_poll, clock, cancellationToken);
    }

    private async Task<GradedRead> GradeAsync(DueOpen open, CancellationToken cancellationToken)
    {
        var self = new SeenOpen(open.DeliveryId, open.At, open.Part, open.Facts.Request.IsHead, open.AgentKey, IsMachine: false);
        var company = OpenCompany.Of(self, await store.AroundAsync(open, cancellationToken));
        var graded = OpenGrading.Grade(open.Target, open.Facts.Request, open.Facts.Kind, open.At - open.TrackedAt, company);
        var hasPlace = open.Place != TrackedPlace.None;
        return new GradedRead(
            open.Id,
            open.DeliveryId,
            open.At,
            open.Part,
            open.NetworkKey,
            open.AgentKey,
            graded.Grade,
            graded.Reason,
            hasPlace && !graded.IsByProxy ? open.Facts.Country : null,
            open.Place == TrackedPlace.Region && !graded.IsByProxy ? open.Facts.Region : null,
            hasPlace ? open.Facts.Network : null,
            graded.Agent.Family,
            graded.Agent.System,
            graded.Agent.Device);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open {OpenId} could not be graded or counted; it is tried again.")]
    private partial void LogOne(Guid openId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Grading opens of mails met trouble; it is tried again.")]
    private partial void LogTrouble(Exception exception);
}
