using System.Globalization;

namespace Platform.Grains.Deliveries.Smtp;

/// <summary>What the server offered in its reply to EHLO (RFC 5321, 4.1.1.1).</summary>
/// <param name="MaxSize">The limit of SIZE (RFC 1870); null when none is told.</param>
internal sealed record ServerCapabilities(bool StartTls, bool EightBitMime, bool SmtpUtf8, bool Dsn, bool Chunking, bool Size, long? MaxSize)
{
    public static ServerCapabilities None { get; } = new(false, false, false, false, false, false, null);

    public static ServerCapabilities Read(ServerReply ehlo)
    {
        var found = None;
        foreach (var line in ehlo.Lines.Skip(1))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            found = words is [var keyword, .. var arguments] ? found.With(keyword.ToUpperInvariant(), arguments) : found;
        }
        return found;
    }

    private ServerCapabilities With(string keyword, string[] arguments) => keyword switch
    {
        "STARTTLS" => this with { StartTls = true },
        "8BITMIME" => this with { EightBitMime = true },
        "SMTPUTF8" => this with { SmtpUtf8 = true },
        "DSN" => this with { Dsn = true },
        "CHUNKING" => this with { Chunking = true },
        "SIZE" => this with { Size = true, MaxSize = SizeIn(arguments) },
        _ => this,
    };

    private static long? SizeIn(string[] arguments) =>
        arguments is [var first, ..] && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;
}
