namespace Platform.Storage.Push;

/// <summary>Says whereto this installation pushes events. Asked when an address is set, as far as it can be told then; each connection is checked again.</summary>
public interface IPushAddressRule
{
    /// <returns>A sentence that says what is wrong and what to do; null when the address may be set.</returns>
    string? RefuseHttp(Uri url);

    /// <returns>A sentence that says what is wrong and what to do; null when the host may be set.</returns>
    string? RefuseHost(string host, int port);
}

/// <summary>Any address; for a store that pushes nothing.</summary>
internal sealed class AnyPushAddress : IPushAddressRule
{
    public string? RefuseHttp(Uri url) => null;

    public string? RefuseHost(string host, int port) => null;
}
