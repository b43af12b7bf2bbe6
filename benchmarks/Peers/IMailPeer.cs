using System.Net;
using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Peers;

/// <summary>An independent program that sends mail.</summary>
internal interface IMailPeer : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Hands a mail to the program, which sends it on to the server.</summary>
    /// <returns>Null when the program said that it was taken, else what it said.</returns>
    Task<string?> SendAsync(OutgoingMail mail, bool startTls, CancellationToken cancellationToken);
}

/// <summary>Finds programs by their usual places.</summary>
internal static class Programs
{
    public static string? Find(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/sbin").Append("/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <exception cref="Runner.MissingPartException">Not on this machine.</exception>
    public static string Require(string name) => Find(name) ?? throw new Runner.MissingPartException(name);

    public static IPEndPoint Loopback(int port) => new(IPAddress.Loopback, port);
}
