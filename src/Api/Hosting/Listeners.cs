using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Platform.Api.Hosting;

/// <summary>Where the listeners are to listen, and where they really do once started.</summary>
internal static class Listeners
{
    public static void Listen(this KestrelServerOptions kestrel, ListenAddress address)
    {
        if (address.Localhost && address.Port != 0)
            kestrel.ListenLocalhost(address.Port);
        else
            kestrel.Listen(address.ToEndPoint());
    }

    /// <summary>The bound address of a setting; differs from it where the system chose the port.</summary>
    public static IPEndPoint Bound(IServer server, ListenAddress address, IReadOnlyCollection<int> otherPorts)
    {
        if (address.Port != 0)
            return new IPEndPoint(address.Address ?? IPAddress.Loopback, address.Port);
        var port = server.Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(text => BindingAddress.Parse(text).Port)
            .First(candidate => !otherPorts.Contains(candidate));
        return new IPEndPoint(address.Address ?? IPAddress.Loopback, port);
    }
}
