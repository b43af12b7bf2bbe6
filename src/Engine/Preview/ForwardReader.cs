using Platform.Engine.Mail;
using Platform.Engine.Mail.Structure;

namespace Platform.Engine.Preview;

/// <summary>A mail that a person forwarded, as far as it can be had again.</summary>
/// <param name="IsAttached">It was attached whole; else <paramref name="Message"/> is the mail that quotes it.</param>
/// <param name="Refers">Message-IDs, without angle brackets, of what was forwarded: its own first, then those that the carrying mail names.</param>
public sealed record ForwardedMail(bool IsAttached, IReadOnlyList<string> Refers, ReadOnlyMemory<byte> Message);

public interface IForwardReader
{
    ForwardedMail Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken);
}

/// <summary>
/// Mails forwarded to a report address (IN1). Mail programs forward in two ways: as message/rfc822 (RFC 2046, 5.2.1), or a file .eml, of
/// which the first one is taken, a slice of the carrying mail and never written anew; or inline, where In-Reply-To and References of most of
/// them still name it (RFC 5322, 3.6.4).
/// </summary>
public sealed class ForwardReader(TimeProvider time) : IForwardReader
{
    private const int MaxRefers = 20;
    private const int MaxIdLength = 900;

    public ForwardReader()
        : this(TimeProvider.System)
    {
    }

    public ForwardedMail Read(ReadOnlyMemory<byte> message, ScanLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var root = new MimeTreeReader(new ReadBudget(limits, time, message.Length, cancellationToken)).ReadMessage(message);
        var attached = Attached(root);
        var refers = (attached is null ? [] : IdsOf(attached, "Message-ID")).Concat(IdsOf(root, "In-Reply-To")).Concat(IdsOf(root, "References").Reverse());
        return new ForwardedMail(attached is not null, [.. refers.Distinct(StringComparer.Ordinal).Take(MaxRefers)], attached?.Raw ?? message);
    }

    /// <summary>The first message within, in document order; not what lies deeper in it.</summary>
    private static MailPart? Attached(MailPart part)
    {
        foreach (var child in part.Children)
        {
            if (child is { MediaType: "message/rfc822" or "message/global", Children: [var inner, ..] })
                return inner;
            if (Attached(child) is { } deeper)
                return deeper;
        }

        return null;
    }

    private static IEnumerable<string> IdsOf(MailPart part, string field)
    {
        foreach (var header in part.Headers.Where(header => header.Name.Equals(field, StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var word in header.Value.Split([' ', '\t', '\r', '\n', ','], StringSplitOptions.RemoveEmptyEntries))
            {
                var id = word.Trim('<', '>');
                if (id.Length is > 0 and <= MaxIdLength)
                    yield return id;
            }
        }
    }
}
