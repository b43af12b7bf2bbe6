using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Platform.Storage.Keys;
using Platform.Storage.Setup;
using Platform.Storage.Tests.Support;
using Platform.Storage.Tracking;

namespace Platform.Storage.Tests.Tracking;

public sealed class ReadTokensTests() : StorageContract(new SqliteBackend())
{
    private IReadTokens Tokens => Storage.Get<IReadTokens>();

    [Fact]
    public void A_token_names_its_delivery_until_it_is_too_old()
    {
        var delivery = Guid.NewGuid();
        var token = Tokens.Sign(delivery);

        Assert.Equal(delivery, Tokens.Read(token));
        Storage.Time.Advance(TimeSpan.FromDays(400));
        Assert.Equal(delivery, Tokens.Read(token));
        Storage.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null(Tokens.Read(token));
    }

    [Fact]
    public void It_is_short_enough_for_one_line_of_a_mail() => Assert.Equal(42, Tokens.Sign(Guid.NewGuid()).Length);

    [Fact]
    public void A_copy_that_is_made_again_the_same_day_has_the_same() => Assert.Equal(Tokens.Sign(Guid.Empty), Tokens.Sign(Guid.Empty));

    [Fact]
    public void A_token_that_was_changed_anywhere_is_none()
    {
        var token = Tokens.Sign(Guid.NewGuid());

        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.Null(Tokens.Read(new string(changed)));
        }
    }

    [Fact]
    public void Whatever_else_is_sent_is_none() => Prop.ForAll<string>(text => Tokens.Read(text ?? "") is null).QuickCheckThrowOnFailure();

    [Fact]
    public void A_token_of_another_installation_is_none()
    {
        var settings = new StorageSettings { DataDirectory = Storage.Settings.DataDirectory, PlatformKey = Convert.ToBase64String(new byte[32]) };
        Assert.Null(Tokens.Read(new ReadTokens(new PlatformKeys(settings), Storage.Time).Sign(Guid.NewGuid())));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.200", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.9", true)]
    [InlineData("192.0.2.1", "192.0.3.1", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void A_network_is_known_again_by_its_key(string one, string other, bool same)
    {
        var keys = Storage.Get<IOpenKeys>();
        Assert.Equal(same, keys.OfNetwork(IPAddress.Parse(one)) == keys.OfNetwork(IPAddress.Parse(other)));
    }
}
