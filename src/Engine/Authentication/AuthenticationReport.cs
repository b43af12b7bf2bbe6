using Platform.Engine.Authentication.Arc;
using Platform.Engine.Authentication.Author;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Results;
using Platform.Engine.Authentication.Spf;

namespace Platform.Engine.Authentication;

/// <summary>What authentication found about one message (RFC 8601, 1.2).</summary>
public sealed record AuthenticationReport
{
    /// <summary>Whom the From names, and all that could be taken for it (RFC 9989, 5.3.1).</summary>
    public required AuthorIdentity Author { get; init; }

    /// <summary>SPF of the reverse-path, of HELO when that is null (RFC 7208, 2.4); null when there was nothing to check with.</summary>
    public required SpfResult? MailFrom { get; init; }

    /// <summary>SPF of HELO beside it (RFC 7208, 2.3); null when it was not checked by itself.</summary>
    public required SpfResult? Helo { get; init; }

    /// <summary>A result for each signature (RFC 6376, 6.1).</summary>
    public required DkimReport Dkim { get; init; }

    /// <summary>The chain of custody: evidence, and never a pass by itself (RFC 8617, 5.2).</summary>
    public required ArcReport Arc { get; init; }

    /// <summary>Whether the author domain is proven (RFC 9989, 5.3.5). Never a pass without a single author domain; then the strictest outcome of the candidates.</summary>
    public required DmarcOutcome Dmarc { get; init; }

    /// <summary>The Authentication-Results fields that came with the message (RFC 8601, 5): ours are to be removed, others shown.</summary>
    public required IncomingResults Incoming { get; init; }

    /// <summary>The field to write into the message (RFC 8601, 2.2).</summary>
    public ResultsField Results { get; init; } = new("unknown", null, []);

    /// <summary>The value of the field <c>Authentication-Results</c>, folded, without a line end after it (RFC 8601, 2.2).</summary>
    public string ResultsValue => ResultsWriter.Write(Results);
}

/// <summary>Settings of an <see cref="Authenticator"/>.</summary>
/// <param name="ServiceId">The authserv-id under which results are written (RFC 8601, 2.5).</param>
public sealed record AuthenticatorOptions(string ServiceId)
{
    /// <summary>Further authserv-ids in use inside; incoming fields with one are removed too (RFC 8601, 5).</summary>
    public IReadOnlyList<string> OtherServiceIds { get; init; } = [];

    /// <summary>Null: the limits of RFC 7208, 4.6.4.</summary>
    public SpfLimits? Spf { get; init; }

    /// <summary>For DKIM and ARC (RFC 6376, 6.3; RFC 8617, 5.2); null: the defaults, by RFC 8301, 3.</summary>
    public DkimOptions? Dkim { get; init; }

    /// <summary>By which standard policies are found (RFC 9989, 4.10).</summary>
    public DmarcOptions Dmarc { get; init; } = DmarcOptions.Default;

    /// <summary>For the macro <c>t</c> of SPF (RFC 7208, 7.3); null: the system's.</summary>
    public TimeProvider? Clock { get; init; }
}
