using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class BorrowedRoleTests
{
    [Theory]
    [InlineData("Ichiro Sato <exec.desk0021@gmail.com>", "Are you at your desk? I need you to take care of something.")]
    [InlineData("佐藤一郎 <sato77@gmail.com>", "お疲れ様です。今、会社にいますか?少し頼みたいことがあります。")]
    [InlineData("代表取締役社長 佐藤 <sakura@hotmail.com>", "各口座残高を確認してください。")]
    [InlineData("Yuki Sato <yuki.sato81@gmail.com>", "I changed banks recently and would like my next pay to go to the new account.")]
    public void A_colleague_at_a_free_mailbox_who_wants_something_is_seen(string from, string text) => Assert.Equal(["role-from-free-mail"], new TestMail { From = from, Text = text }.SignsOf(new BorrowedRole()));

    [Theory]
    [InlineData("佐藤一郎 <sato@acme.test>", "お疲れ様です。今、席にいますか?")]
    [InlineData("PTA 会長 佐々木 <sasaki@gmail.com>", "PTAの連絡用にLINEグループを作成しました。参加をご希望の方はご返信ください。")]
    [InlineData("Hana <hana@gmail.com>", "Are you available for dinner on Friday?")]
    [InlineData("Boss Coffee <boss@gmail.com>", "Here is the photograph.")]
    public void Colleagues_friends_and_clubs_pass(string from, string text) => Assert.Empty(new TestMail { From = from, Text = text }.SignsOf(new BorrowedRole()));
}
