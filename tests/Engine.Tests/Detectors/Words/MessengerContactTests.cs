using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class MessengerContactTests
{
    [Theory]
    [InlineData("審査なし・ブラックOK。来店不要で即日50万円まで融資可能です。 https://lin.ee/abcd")]
    [InlineData("元本保証、月利10%。AIが自動で運用します。 https://line.me/R/ti/p/x")]
    public void Money_offered_over_a_messenger_is_seen(string text) => Assert.Equal(["offer-by-messenger"], new TestMail { Text = text }.SignsOf(new MessengerContact()));

    [Theory]
    [InlineData("公式アカウントの友だち追加はこちら https://lin.ee/abcd")]
    [InlineData("審査なし・来店不要のご相談は店頭で。 https://partner.example/")]
    public void A_messenger_or_an_offer_alone_passes(string text) => Assert.Empty(new TestMail { Text = text }.SignsOf(new MessengerContact()));
}
