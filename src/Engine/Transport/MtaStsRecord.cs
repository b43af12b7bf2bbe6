namespace Platform.Engine.Transport;

// MTA-STS (RFC 8461): a domain says that mail for it is to be sent under TLS, to servers whose certificates name them. A TXT record at
// `_mta-sts.DOMAIN` says that there is a policy, and by its `id` when it changed; the policy itself is a text at
// https://mta-sts.DOMAIN/.well-known/mta-sts.txt, so that nobody who only controls DNS can take it away. It names the domain's mail hosts
// (`mx`, which may begin with one `*` label), a mode (`enforce`; `testing`: only tell; `none`) and for how long senders keep it.

/// <summary>The record that says that there is a policy (RFC 8461, 3.1).</summary>
public static class MtaStsRecord
{
    /// <summary>Labels before the domain (RFC 8461, 3.1).</summary>
    public const string Prefix = "_mta-sts.";

    private const string Version = "v=STSv1";
    private const int MaxLength = 2_048;
    private const int MaxId = 32;

    /// <summary>The <c>id</c> of the only record that is one (RFC 8461, 3.1); null: the domain has no policy, or says so in a way that is no record.</summary>
    /// <param name="texts">All TXT records at the name; those of other uses are passed over.</param>
    public static string? Id(IEnumerable<string> texts)
    {
        string? only = null;
        foreach (var text in texts)
        {
            if (!IsOne(text))
                continue;
            if (only is not null)
                return null;
            only = text;
        }

        return only is null || only.Length > MaxLength ? null : IdOf(only);
    }

    private static bool IsOne(string text) =>
        text.StartsWith(Version, StringComparison.Ordinal) && text.AsSpan(Version.Length).TrimStart(" \t") is [';', ..];

    private static string? IdOf(string text)
    {
        string? id = null;
        foreach (var range in text.AsSpan().Split(';'))
        {
            var field = text.AsSpan()[range].Trim(" \t");
            if (field.IsEmpty || field.SequenceEqual(Version))
                continue;
            var equals = field.IndexOf('=');
            if (equals <= 0)
                return null;
            if (field[..equals].SequenceEqual("id"))
                id ??= field[(equals + 1)..].ToString();
        }

        return id is { Length: > 0 and <= MaxId } && id.All(char.IsAsciiLetterOrDigit) ? id : null;
    }
}
