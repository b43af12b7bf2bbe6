using System.Collections.Concurrent;
using Platform.Engine.Authentication.Dns;

namespace Platform.Scanning.Tests;

/// <summary>DNS that answers as the test says, and notes what it was asked.</summary>
internal sealed class ScriptedResolver(Func<string, CancellationToken, Task<DnsAnswer>> answer) : IDnsResolver
{
    public ConcurrentQueue<(string Name, DnsType Type)> Asked { get; } = [];

    public static ScriptedResolver Telling(string text) =>
        new((_, _) => Task.FromResult(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(text)])));

    public async ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        Asked.Enqueue((name, type));
        return await answer(name, cancellationToken);
    }
}
