using System.Security.Cryptography;
using Platform.Storage.Keys;

namespace Platform.Storage.Tests.Keys;

public sealed class KeyWrapTests
{
    private readonly byte[] _parent = RandomNumberGenerator.GetBytes(PlatformKeys.KeySize);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(PlatformKeys.KeySize);

    [Fact]
    public void A_wrapped_key_opens_under_its_parent_and_label() => Assert.Equal(_key, KeyWrap.Unwrap(_parent, "a", KeyWrap.Wrap(_parent, "a", _key)));

    [Fact]
    public void Another_label_does_not_open_it() => Assert.ThrowsAny<CryptographicException>(() => KeyWrap.Unwrap(_parent, "b", KeyWrap.Wrap(_parent, "a", _key)));

    [Fact]
    public void Another_parent_does_not_open_it() => Assert.ThrowsAny<CryptographicException>(() => KeyWrap.Unwrap(_key, "a", KeyWrap.Wrap(_parent, "a", _key)));

    [Fact]
    public void The_same_key_wrapped_twice_looks_different() => Assert.NotEqual(KeyWrap.Wrap(_parent, "a", _key), KeyWrap.Wrap(_parent, "a", _key));

    [Fact]
    public void Every_changed_byte_is_found()
    {
        var wrapped = KeyWrap.Wrap(_parent, "a", _key);
        for (var i = 0; i < wrapped.Length; i++)
        {
            var changed = (byte[])wrapped.Clone();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => KeyWrap.Unwrap(_parent, "a", changed));
        }
    }

    [Fact]
    public void A_key_cut_short_is_found() => Assert.ThrowsAny<CryptographicException>(() => KeyWrap.Unwrap(_parent, "a", KeyWrap.Wrap(_parent, "a", _key).AsSpan(0, 40)));
}
