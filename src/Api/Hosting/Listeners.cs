using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Platform.Api.Hosting;

/// <summary>Where the listeners are to listen, and where they really do once started.</summary>
internal static class Listeners
{
    public static void ListenHttp(this KestrelServerOptions kestrel, PlatformSettings settings)
    {
        var address = settings.Http;
        var certificate = address.Secure ? PemCertificate.Load("Http:Certificate", settings.HttpCertificate!, settings.HttpCertificateKey) : null;
        if (address.Localhost && address.Port != 0)
            kestrel.ListenLocalhost(address.Port, Secure);
        else
            kestrel.Listen(address.ToEndPoint(), Secure);

        void Secure(ListenOptions options)
        {
            if (certificate is not null)
                options.UseHttps(certificate);
        }
    }

    /// <summary>Tries an address before anything is started, so that the refusal names the setting and nothing has to be stopped again.</summary>
    /// <exception cref="SettingsException">It cannot be listened on.</exception>
    public static void EnsureFree(string setting, ListenAddress address)
    {
        var endPoint = address.ToEndPoint();
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6 && address.Address is null)
                socket.DualMode = true;
            socket.Bind(endPoint);
        }
        catch (SocketException problem)
        {
            throw new SettingsException(problem.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{setting} is {address}, where another program listens. Stop that program, or name another address by {setting}.",
                SocketError.AccessDenied => $"{setting} is {address}, which this user may not open: ports below 1024 need the right to. Grant it, or name another port.",
                SocketError.AddressNotAvailable => $"{setting} is {address}, which is no address of this machine.",
                _ => $"{setting} is {address}, which cannot be listened on: {problem.Message}.",
            }, problem);
        }
    }

    /// <summary>The bound address of a setting; differs from it where the system chose the port.</summary>
    /// <param name="place">Of the listener, in the order they were bound in.</param>
    public static IPEndPoint Bound(IServer server, ListenAddress address, int place)
    {
        if (address.Port != 0)
            return new IPEndPoint(address.Address ?? IPAddress.Loopback, address.Port);
        var port = server.Features.Get<IServerAddressesFeature>()!.Addresses
            .Select(text => BindingAddress.Parse(text).Port)
            .ElementAt(place);
        return new IPEndPoint(address.Address ?? IPAddress.Loopback, port);
    }
}
