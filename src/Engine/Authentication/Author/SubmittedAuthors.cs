namespace Platform.Engine.Authentication.Author;

/// <summary>Under which addresses a mail that goes out says to be written and sent (RFC 5322, 3.6.2).</summary>
internal static class SubmittedAuthors
{
    private const int Max = 50;

    /// <returns>The addresses of From and Sender; none where readers may take them differently, or there are more than 50.</returns>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> message)
    {
        var author = MessageAuthor.Read(message);
        var named = author.Addresses.Where(shown => shown.Place is AddressPlace.Mailbox or AddressPlace.Sender).Select(shown => shown.Address).ToHashSet(StringComparer.OrdinalIgnoreCase);
        // Devices write the address once more where its name belongs.
        var isRepeated = author.Addresses.All(shown => shown.Place is not AddressPlace.Name || named.Contains(shown.Address));
        // A name in octets of no known charset is common with devices too, and names nobody else.
        var oddities = author.Oddities.Where(id => id != FromOddity.Undeclared8Bit && !(isRepeated && id == FromOddity.AddressInPhrase));
        return author.Fault == AuthorFault.None && author.Addresses.Count <= Max && !(author with { Oddities = [.. oddities] }).IsMalformed ? [.. named] : [];
    }
}
