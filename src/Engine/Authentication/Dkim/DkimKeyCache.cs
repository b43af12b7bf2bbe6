namespace Platform.Engine.Authentication.Dkim;

/// <summary>
/// Public keys that were read before, by the text of their <c>p=</c> (RFC 6376, 3.6.1): to import an RSA key costs several times as
/// much as to verify with it, and most mail is signed by few. What DNS says is asked anew each time; nothing here is a
/// verdict. May be shared by verifiers and used by several threads.
/// </summary>
/// <param name="capacity">The most keys that are kept; RFC 6376, 3.6.1 bounds neither their number nor their length.</param>
public sealed class DkimKeyCache(int capacity = 2048)
{
    private readonly Lock _gate = new();

    // Two generations: what was not asked for while one filled up goes when the next does.
    private Dictionary<(string Type, string Text), DkimPublicKey> _young = [];
    private Dictionary<(string Type, string Text), DkimPublicKey> _old = [];

    /// <summary>Null when the text holds no usable key of the type.</summary>
    internal DkimPublicKey? Read(string keyType, string text)
    {
        lock (_gate)
        {
            if (_young.TryGetValue((keyType, text), out var known))
                return known;
            if (_old.TryGetValue((keyType, text), out known))
            {
                Keep(keyType, text, known);
                return known;
            }
        }

        if (Base64Value.Decode(text) is not { } octets || DkimPublicKey.Read(keyType, octets) is not { } key)
            return null;
        lock (_gate)
            Keep(keyType, text, key);
        return key;
    }

    private void Keep(string keyType, string text, DkimPublicKey key)
    {
        if (_young.Count >= Math.Max(1, capacity / 2))
            (_old, _young) = (_young, []);
        _young[(keyType, text)] = key;
    }
}
