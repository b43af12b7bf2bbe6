using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class DisplayNameAddressTests
{
    [Theory]
    [InlineData("\"boss@partner.example\" <x@evil.test>", "address-in-display-name")]
    [InlineData("\"Boss (boss@partner.example)\" <x@gmail.com>", "address-in-display-name")]
    [InlineData("\"acme.test IT support\" <x@evil.example>", "recipient-domain-as-sender")]
    public void Another_address_in_the_name_is_seen(string from, string sign)
    {
        Assert.Equal([sign], Signs(from));
    }

    [Theory]
    [InlineData("\"boss@partner.example\" <boss@partner.example>")]
    [InlineData("\"sales@partner.example\" <bounce@mail.partner.example>")]
    [InlineData("Boss <boss@partner.example>")]
    [InlineData("\"acme.test notifications\" <noreply@acme.test>")]
    [InlineData("\"info@ our office\" <office@partner.example>")]
    public void The_own_address_in_the_name_passes(string from)
    {
        Assert.Empty(Signs(from));
    }

    private static IReadOnlyList<string> Signs(string from) => new TestMail { From = from }.SignsOf(new DisplayNameAddress());
}
