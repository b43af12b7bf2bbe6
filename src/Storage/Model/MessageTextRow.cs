namespace Platform.Storage.Model;

/// <summary>
/// Visible text of a message for search: compressed, then encrypted under a key derived from the body's key,
/// so that deleting the body's key makes this unreadable too.
/// </summary>
internal sealed class MessageTextRow : ITenantOwned
{
    public required Guid MessageId { get; init; }
    public required Guid TenantId { get; init; }
    public required byte[] Sealed { get; set; }
}
