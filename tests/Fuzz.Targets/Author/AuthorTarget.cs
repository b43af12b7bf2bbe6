using System.Text;
using Platform.Engine.Authentication.Author;

namespace Platform.Fuzz.Targets.Author;

/// <summary>From fields, alone and found in a header. Throws when the reader breaks a promise.</summary>
public static class AuthorTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        Hold(FromReader.Read([Encoding.Latin1.GetString(input)]));
        Hold(MessageAuthor.Read(input));
        byte[] field = [.. "To: a@b.test\r\nFrom: "u8, .. input, .. "\r\n\r\n"u8];
        Hold(MessageAuthor.Read(field));
    }

    private static void Hold(AuthorIdentity author)
    {
        Hold((author.Fault == AuthorFault.None) == (author.Domain.Length > 0), "an author has a domain, and a fault has none");
        Hold(author.Domain.Length == 0 || author.Domains is [var only] && only == author.Domain, "an author domain is the only candidate");
        Hold(author.Domains.All(domain => domain.Length > 0 && MailDomain.Normalise(domain) == domain), "a domain has one form");
        Hold(author.Domain.Length == 0 || author.Addresses.Any(shown => shown.Domain == author.Domain), "the author is shown");
        Hold(author.Addresses.Count <= 100 && author.Addresses.All(shown => shown.Address.Length <= 320 && !shown.Address.Any(char.IsControl)), "what is shown is bounded and clean");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
