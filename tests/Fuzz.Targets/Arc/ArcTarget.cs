using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Arc;
using Platform.Engine.Authentication.Dns;
using Platform.Fuzz.Targets.Dkim;

namespace Platform.Fuzz.Targets.Arc;

/// <summary>A message with a chain of strangers. Throws when a promise is broken.</summary>
public static class ArcTarget
{
    private const int MaxSets = 50;

    private static readonly ArcSealer Sealer = new(new ArcSealingOptions { Domain = "a.test", Selector = "k" }, FuzzKeys.Key);

    public static void Run(ReadOnlySpan<byte> input)
    {
        var message = RawMessage.Read(input.ToArray());
        var report = Validate(message);
        Hold(report.Explanation.Length > 0 && !report.Explanation.Any(c => c is < ' ' or > '~'), "an explanation is printable");
        Hold(report.Result is AuthenticationResult.None or AuthenticationResult.Pass or AuthenticationResult.Fail, "a chain is in one of three states");
        Hold(report.Sets.Select(set => set.Instance).SequenceEqual(Enumerable.Range(1, report.Sets.Count)) && report.Sets.Count <= MaxSets, "instances are in order and bounded");
        Hold(report.Result == AuthenticationResult.Pass == report.OldestPass is not null, "a chain that passes says how far it goes back");
        Hold(report.OldestPass is null || (report.OldestPass >= 0 && report.OldestPass <= report.Sets.Count), "it goes back to one of its sets");
        var added = Sealer.Seal(message, report, "a.test; none", DateTimeOffset.UnixEpoch);
        Hold(added.Count is 0 or 3, "a set has three fields");
    }

    private static ArcReport Validate(RawMessage message)
    {
        var task = new ArcValidator().ValidateAsync(message, new OneKey(), DateTimeOffset.UnixEpoch, CancellationToken.None).AsTask();
        Hold(task.IsCompletedSuccessfully, "validation waits for DNS alone");
        return task.GetAwaiter().GetResult();
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }

    private sealed class OneKey : IDnsResolver
    {
        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken) =>
            ValueTask.FromResult(FuzzKeys.Answers(name) ?? new DnsAnswer(DnsStatus.NoDomain, []));
    }
}
