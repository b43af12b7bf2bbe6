using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dns;

/// <summary>Answers when the test says so.</summary>
internal sealed class GatedResolver : IDnsResolver
{
    private readonly Queue<TaskCompletionSource<DnsAnswer>> _waiting = new();

    public List<string> Asked { get; } = [];

    public int UnderWay => _waiting.Count;

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Asked.Add($"{name} {type}");
        var answer = new TaskCompletionSource<DnsAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        _waiting.Enqueue(answer);
        return new ValueTask<DnsAnswer>(answer.Task);
    }

    /// <summary>Answers the question that waits longest.</summary>
    public void Answer(DnsAnswer answer) => _waiting.Dequeue().TrySetResult(answer);
}
