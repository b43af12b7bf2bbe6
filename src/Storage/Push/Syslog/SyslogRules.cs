using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Storage.Directory;

namespace Platform.Storage.Push.Syslog;

/// <summary>What a value of a syslog target must look like.</summary>
internal static class SyslogRules
{
    /// <summary>Of one owner.</summary>
    public const int MaxTargets = 10;

    private const int MaxHost = 255;
    private const int MaxDescription = 200;
    private const int MaxPem = 32_768;
    private const int LastFacility = 23;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "No such syslog target is in reach of this client.");

    public static Refusal Full { get; } = new("SYSLOG_LIMIT", $"There are {MaxTargets} syslog targets already. Remove one first.");

    public static Refusal? Address(string host, int port, IPushAddressRule rule)
    {
        if (host.Length is 0 or > MaxHost || Uri.CheckHostName(host) == UriHostNameType.Unknown || port is < 1 or > ushort.MaxValue)
            return new("INVALID_SYSLOG_ADDRESS", "A syslog target has a host name or IP address, and a port from 1 to 65535; that of syslog over TLS is 6514.");
        return rule.RefuseHost(host, port) is { } reason ? new("INVALID_SYSLOG_ADDRESS", reason) : null;
    }

    public static Refusal? Facility(int facility) =>
        facility is >= 0 and <= LastFacility ? null : new("INVALID_SYSLOG_FACILITY", $"A facility is a number from 0 to {LastFacility} (RFC 5424, 6.2.1); local0 is 16.");

    public static Refusal? Description(string text) =>
        text.Length <= MaxDescription && !text.Any(char.IsControl)
            ? null
            : new("INVALID_SYSLOG_DESCRIPTION", $"A description has at most {MaxDescription} characters and no control characters.");

    /// <param name="pem">Null or empty: none.</param>
    public static Refusal? TrustedRoots(string? pem)
    {
        if (string.IsNullOrEmpty(pem))
            return null;
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem.Length <= MaxPem ? pem : "");
            if (roots.Count > 0)
                return null;
        }
        catch (CryptographicException)
        {
            // Told below.
        }

        return new("INVALID_SYSLOG_ROOTS", $"Trusted certificates are written in PEM, at most {MaxPem} characters.");
    }

    /// <param name="pem">Null or empty: none.</param>
    public static Refusal? ClientCertificate(string? pem)
    {
        if (string.IsNullOrEmpty(pem))
            return null;
        try
        {
            if (pem.Length <= MaxPem)
            {
                using var certificate = X509Certificate2.CreateFromPem(pem, pem);
                return null;
            }
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Told below.
        }

        return new("INVALID_SYSLOG_CERTIFICATE", $"A client certificate and its unencrypted key are written in PEM, one behind the other, at most {MaxPem} characters.");
    }
}
