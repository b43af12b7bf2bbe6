namespace Platform.Engine.Authentication.Dns;

/// <summary>What DNS answered to the questions of one scan, kept so that the scan can be repeated without asking (RFC 1034, 3.7).</summary>
/// <param name="Exchanges">In the order of the answers, each question (RFC 1034, 3.7.1) once; bounded by <see cref="RecordingResolver"/>.</param>
public sealed record DnsSnapshot(IReadOnlyList<DnsExchange> Exchanges)
{
    /// <summary>Nothing was asked: every question (RFC 1034, 3.7.1) ends as <see cref="DnsStatus.NotAsked"/>.</summary>
    public static DnsSnapshot Empty { get; } = new([]);
}
