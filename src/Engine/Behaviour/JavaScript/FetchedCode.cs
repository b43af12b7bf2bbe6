namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>
/// What stands in for text from the network, which nobody asked: a comment, so that a script that runs it runs nothing, and is
/// caught running it.
/// </summary>
internal static class FetchedCode
{
    private const string Start = "/*fetched ";
    private const string End = "*/";

    public static string From(string address) => $"{Start}{address.Replace(End, "", StringComparison.Ordinal)}{End}";

    /// <summary>Null when the text does not come from the network.</summary>
    public static string? AddressIn(string text)
    {
        var start = text.IndexOf(Start, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += Start.Length;
        var end = text.IndexOf(End, start, StringComparison.Ordinal);
        return end < 0 ? null : text[start..end];
    }
}
