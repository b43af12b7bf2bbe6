using System.Text;

namespace Platform.Grains.Deliveries;

/// <summary>
/// Sees mail that goes round in circles (IN7; RFC 5321, 6.3). Every server on the way adds a Received field, and we add
/// <c>X-Inspection-Trace</c> with the id of this installation to all that we relay. Too many of the first, or a few of our own,
/// mean a loop, which ends in one bounce (5.4.6). The scan is over raw bytes, bounded, and needs no MIME parser.
/// </summary>
public static class LoopGuard
{
    public const string TraceField = "X-Inspection-Trace";

    /// <summary>Enhanced status code of a loop (RFC 3463).</summary>
    public const string Status = "5.4.6";

    public const int MaxReceived = 50;
    public const int MaxOwnTraces = 3;

    /// <summary>Bytes of the header that are looked at; more header than this has other troubles.</summary>
    public const int MaxHeaderBytes = 256 * 1024;

    /// <param name="header">The message from its first byte; reading stops at the empty line or at the bound.</param>
    /// <param name="platformId">The id that our own trace fields carry.</param>
    public static LoopFinding Inspect(ReadOnlySpan<byte> header, string platformId)
    {
        ArgumentException.ThrowIfNullOrEmpty(platformId);
        var received = 0;
        var traces = 0;
        foreach (var field in new HeaderFields(header[..Math.Min(header.Length, MaxHeaderBytes)]))
        {
            if (field.IsNamed("Received"u8))
                received++;
            else if (field.IsNamed("X-Inspection-Trace"u8) && NamesPlatform(field.Value, platformId))
                traces++;
        }
        return new LoopFinding(received, traces);
    }

    private static bool NamesPlatform(ReadOnlySpan<byte> value, string platformId)
    {
        var end = value.IndexOf((byte)';');
        var name = (end < 0 ? value : value[..end]).Trim(" \t\r\n"u8);
        return Ascii.EqualsIgnoreCase(name, platformId);
    }
}

/// <param name="Received">Received fields seen.</param>
/// <param name="OwnTraces">Trace fields of this installation seen.</param>
public readonly record struct LoopFinding(int Received, int OwnTraces)
{
    public bool IsLoop => Received >= LoopGuard.MaxReceived || OwnTraces >= LoopGuard.MaxOwnTraces;
}
