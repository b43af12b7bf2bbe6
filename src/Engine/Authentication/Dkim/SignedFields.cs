namespace Platform.Engine.Authentication.Dkim;

/// <summary>
/// The fields that <c>h=</c> means (RFC 6376, 5.4.2): each mention of a name takes the next field of that name from the bottom
/// of the header up; a mention that finds none left stands for the field's absence, so that none can be added later.
/// </summary>
/// <param name="Indices">Of the fields, in the order they are hashed.</param>
/// <param name="OverSigned">Names mentioned more often than fields of that name stand in the message.</param>
/// <param name="Uncovered">Names mentioned less often: some fields of that name are not signed.</param>
internal sealed record SignedFields(IReadOnlyList<int> Indices, IReadOnlyList<string> OverSigned, IReadOnlyList<string> Uncovered)
{
    /// <param name="own">The index of the signature itself, which did not stand there when it was made.</param>
    public static SignedFields Select(RawMessage message, IReadOnlyList<string> names, int own)
    {
        var left = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var indices = new List<int>(names.Count);
        List<string> overSigned = [];
        foreach (var name in names)
        {
            var present = message.IndicesOf(name);
            var next = left.TryGetValue(name, out var known) ? known : present.Count - 1;
            if (next >= 0 && present[next] == own)
                next--;
            if (next >= 0)
                indices.Add(present[next]);
            else if (next == -1)
                overSigned.Add(name);
            left[name] = next - 1;
        }

        List<string> uncovered = [];
        foreach (var (name, next) in left)
            if (next > 0 || (next == 0 && message.IndicesOf(name)[0] != own))
                uncovered.Add(name);
        return new SignedFields(indices, overSigned, uncovered);
    }
}
