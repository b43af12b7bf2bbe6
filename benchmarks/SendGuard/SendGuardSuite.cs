using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.SendGuard;

/// <summary>Outgoing mail under control.</summary>
internal static class SendGuardSuite
{
    public static Suite Create() => new("send-guard",
    [
        new ClientsBench(),
        new LimitExactBench(),
        new CancelRaceBench(),
        new ApprovalKillBench(),
        new DataClassesBench(),
        new WithdrawnBench(),
        new ReaderCodesBench(),
        new ReaderPagesBench(),
        new TransportBench(),
        new TrackingBench(),
        new SubmissionRatioBench(),
        new OneEngineBench(),
    ]);
}
