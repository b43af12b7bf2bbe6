namespace Platform.Grains.Deliveries;

/// <summary>Why a delivery did not go through.</summary>
/// <param name="Status">Enhanced status code (RFC 3463): class 4 may be tried again, class 5 not.</param>
/// <param name="Text">A server's reply, or our own sentence; bounded.</param>
/// <param name="RemoteMta">The server that replied; null when the text is ours.</param>
internal sealed record DeliveryFailure(string Status, string Text, string? RemoteMta = null)
{
    public bool IsPermanent => Status[0] == '5';
}
