using Platform.Engine.Detectors.Words;

namespace Platform.Engine.Tests.Detectors.Words;

public sealed class BankDetailsTests
{
    [Theory]
    [InlineData("取引銀行を変更することとなりました。新しい口座へお振り込みください。みずほ銀行 新宿支店 普通 1234567")]
    [InlineData("We moved our receivables to a new institution. Disregard those on previous invoices. IBAN PT50 0002 0123 1234 5678 9015 4")]
    [InlineData("거래 계좌가 변경되었습니다. 신한은행 110-455-778899")]
    [InlineData("Our bank details have changed. Account number: 12345678")]
    public void A_change_with_the_new_account_is_seen(string text) => Assert.Equal(["bank-details-change", "bank-account-given"], new TestMail { Text = text }.SignsOf(new BankDetailsChange()));

    [Theory]
    [InlineData("I changed banks recently and would like my next pay to go to the new account.")]
    [InlineData("2027年1月より弊社の振込先口座が変更となります。詳細は書面をご確認ください。TEL 03-5555-0101")]
    public void A_change_without_an_account_is_less(string text) => Assert.Equal(["bank-details-change"], new TestMail { Text = text }.SignsOf(new BankDetailsChange()));

    [Theory]
    [InlineData("Please pay invoice 4471 to IBAN PT50 0002 0123 1234 5678 9015 4 as always.")]
    [InlineData("お振込先:みずほ銀行 新宿支店 普通 1234567")]
    public void An_account_without_a_change_passes(string text) => Assert.Empty(new TestMail { Text = text }.SignsOf(new BankDetailsChange()));
}
