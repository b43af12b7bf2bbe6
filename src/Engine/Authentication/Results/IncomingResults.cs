using System.Buffers;

namespace Platform.Engine.Authentication.Results;

/// <summary>The Authentication-Results fields with which a message came (RFC 8601, 5).</summary>
/// <param name="Forged">Those with an authserv-id of ours, however it is disguised, and all behind the first 500: they are taken out of the message (RFC 8601, 5). In its order.</param>
/// <param name="Claims">All others: shown, and trusted by nobody (RFC 8601, 7.1). In the order of the message, at most 100.</param>
public sealed record IncomingResults(IReadOnlyList<HeaderRange> Forged, IReadOnlyList<ResultsClaim> Claims)
{
    private const int MaxClaims = 100;

    // No honest message has as many; to see through the disguise of each would cost seconds.
    private const int MaxJudged = 500;

    private static ReadOnlySpan<byte> StandIn => "X-Results-Removed:\r\n"u8;

    /// <summary>Looks through a header (RFC 8601, 5). Never throws; linear.</summary>
    /// <param name="message">The raw message; the first MiB of its header is read.</param>
    /// <param name="ownIds">Every authserv-id that is used inside.</param>
    public static IncomingResults Read(ReadOnlySpan<byte> message, IReadOnlyList<string> ownIds) => Read(message, LenientFields.ReadAll(message), ownIds);

    internal static IncomingResults Read(ReadOnlySpan<byte> message, IReadOnlyList<LenientField> fields, IReadOnlyList<string> ownIds)
    {
        var forged = new List<HeaderRange>();
        var claims = new List<ResultsClaim>();
        var judged = 0;
        foreach (var field in fields)
        {
            if (!field.Is(ResultsWriter.FieldName))
                continue;
            var value = field.Value(message);
            var range = new HeaderRange(field.Start, field.Length);
            if (++judged > MaxJudged || OwnServiceId.IsIn(value, ownIds))
                forged.Add(range);
            else if (claims.Count < MaxClaims)
                claims.Add(new ResultsClaim(range, ResultsParser.Parse(value)));
        }

        return new IncomingResults(forged, claims);
    }

    /// <summary>
    /// The message without the forged fields (RFC 8601, 5); the same memory when there are none. The rest keeps its lines for every
    /// reader: a line that a bare CR had parted from a forged field gets the line end of that field, and where no other field is
    /// left one that is empty (<c>X-Results-Removed</c>) stands in, since some readers pass over an empty line at the beginning.
    /// </summary>
    public ReadOnlyMemory<byte> Strip(ReadOnlyMemory<byte> message)
    {
        if (Forged.Count == 0)
            return message;
        var kept = new ArrayBufferWriter<byte>(message.Length + StandIn.Length);
        var from = 0;
        var isBlank = true;
        foreach (var range in Forged)
        {
            var before = message.Span[from..range.Start];
            kept.Write(before);
            isBlank = isBlank && before.Trim("\uFEFF\r\n"u8).IsEmpty;
            from = range.Start + range.Length;
            if (kept.WrittenSpan is [.., (byte)'\r'])
                kept.Write("\n"u8);
            if (!isBlank || (from < message.Length && message.Span[from] is not ((byte)'\r' or (byte)'\n')))
                continue;
            kept.Write(StandIn);
            isBlank = false;
        }

        kept.Write(message.Span[from..]);
        return kept.WrittenMemory;
    }
}

/// <summary>Where a field stands in a message (RFC 5322, 2.2).</summary>
/// <param name="Start">Offset of the first octet of its name (RFC 5322, 2.2).</param>
/// <param name="Length">In octets, folds (RFC 5322, 2.2.3) and the line end included.</param>
public sealed record HeaderRange(int Start, int Length);

/// <param name="Range">Where it stands (RFC 5322, 2.2).</param>
/// <param name="Field">As read; null when it is no Authentication-Results (RFC 8601, 2.2).</param>
public sealed record ResultsClaim(HeaderRange Range, ResultsField? Field);
