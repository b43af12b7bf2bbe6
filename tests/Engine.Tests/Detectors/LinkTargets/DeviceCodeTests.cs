using Platform.Engine.Detectors.LinkTargets;

namespace Platform.Engine.Tests.Detectors.LinkTargets;

public sealed class DeviceCodeTests
{
    [Theory]
    [InlineData("To join the meeting open https://microsoft.com/devicelogin and enter the meeting ID GH7K2PQ9L.")]
    [InlineData("会議に参加するには https://www.microsoft.com/devicelogin を開き、会議コード「F7QK2LM9P」を入力してください。")]
    [InlineData("회의에 참가하려면 https://microsoft.com/devicelogin 에서 코드 C3PK8QW2Z 를 입력하세요.")]
    [InlineData("Go to https://login.microsoftonline.com/common/oauth2/deviceauth and type AB12CD34E")]
    [InlineData("Please confirm the television at google.com/device with the code ABCD-EFGH")]
    [InlineData("Open https://github.com/login/device and enter 12AB-9XYZ")]
    public void A_strangers_code_for_a_device_page_is_seen(string text) =>
        Assert.Equal(["device-code-lure", "link-device-sign-in"], new TestMail { Text = text }.SignsOf(new DeviceCode()));

    [Fact]
    public void The_page_may_stand_behind_a_link() =>
        Assert.Contains("device-code-lure", new TestMail { Html = "<p>Code: <b>GH7K2PQ9L</b></p><a href=\"https://microsoft.com/devicelogin\">Join</a>" }.SignsOf(new DeviceCode()));

    [Fact]
    public void An_explanation_without_a_code_is_no_lure() =>
        Assert.Equal(["link-device-sign-in"], new TestMail { Text = "Run az login, open https://microsoft.com/devicelogin and enter the code that it shows." }.SignsOf(new DeviceCode()));

    [Theory]
    [InlineData("x@microsoft.com", "Open https://microsoft.com/devicelogin and enter GH7K2PQ9L")]
    [InlineData("it@acme.test", "Open https://microsoft.com/devicelogin and enter GH7K2PQ9L")]
    [InlineData("x@partner.example", "Your order GH7K2PQ9L has been shipped. See https://microsoft.com/surface")]
    public void The_service_colleagues_and_other_codes_pass(string from, string text) => Assert.Empty(new TestMail { From = from, Text = text }.SignsOf(new DeviceCode()));
}
