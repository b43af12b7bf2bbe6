using System.Net;
using Platform.Smtp.Connections;

namespace Platform.Smtp.Sessions;

/// <summary>The share of its client's connections that a session takes; moves along when the client turns out to be another.</summary>
internal sealed class ClientClaim(SessionRegistry registry) : IDisposable
{
    private IPAddress? _claimed;

    /// <summary>False when that client has its share already; nothing is claimed then.</summary>
    public bool TryMove(IPAddress address)
    {
        if (address.Equals(_claimed))
            return true;
        Dispose();
        if (!registry.TryClaim(address))
            return false;
        _claimed = address;
        return true;
    }

    public void Dispose()
    {
        if (_claimed is { } claimed)
            registry.Release(claimed);
        _claimed = null;
    }
}
