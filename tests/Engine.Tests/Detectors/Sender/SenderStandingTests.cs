using System.Net;
using Platform.Engine.Detectors.Sender;
using Platform.Engine.Intelligence;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class SenderStandingTests
{
    [Fact]
    public void A_stranger_is_a_first_contact()
    {
        Assert.Equal(["first-contact"], Signs(new History(true, 0, 0, [], [], [])));
    }

    [Fact]
    public void Without_history_nobody_is_a_stranger()
    {
        Assert.Empty(Signs(History.Unknown));
    }

    [Fact]
    public void Who_wrote_often_and_was_answered_is_known()
    {
        Assert.Equal(["known-correspondent"], Signs(new History(true, 3, 1, ["JP"], [], [])));
    }

    [Fact]
    public void Who_was_never_answered_is_not_known()
    {
        Assert.Empty(Signs(new History(true, 30, 0, ["JP"], [], [])));
    }

    [Fact]
    public void A_new_country_of_a_known_sender_is_seen_and_takes_the_place_of_acquaintance()
    {
        Assert.Equal(["new-country"], Signs(new History(true, 9, 4, ["US"], [], [])));
    }

    private static IReadOnlyList<string> Signs(History history) =>
        new TestMail { History = history, Envelope = new Envelope("8.8.8.8", null, "mail.partner.example", "taro@partner.example", ["info@acme.test"]) }.SignsOf(new SenderStanding(), new Everywhere("JP"));

    private sealed class Everywhere(string country) : INetworkData
    {
        public NetworkPlace Find(IPAddress address) => new(country, null, null);
    }
}
