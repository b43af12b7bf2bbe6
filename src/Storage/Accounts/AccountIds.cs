namespace Platform.Storage.Accounts;

/// <summary>A few accounts in one column: their ids, parted by spaces.</summary>
public static class AccountIds
{
    /// <returns>Null: none.</returns>
    public static string? Write(IEnumerable<Guid> accounts)
    {
        var text = string.Join(' ', accounts.Distinct().Order());
        return text.Length > 0 ? text : null;
    }

    public static IReadOnlyList<Guid> Read(string? text) =>
        text is null ? [] : [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Guid.TryParse(id, out var account) ? account : Guid.Empty).Where(id => id != Guid.Empty)];
}
