using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors.Sender;

public sealed class DeskNameTests
{
    private const string Desk = "desk-display-name";

    [Theory]
    [InlineData("Accounts Payable <ap@partner.example>")]
    [InlineData("HR Department <hr@partner.example>")]
    [InlineData("Scanner <scan@partner.example>")]
    public void A_department_of_its_own_house_passes(string from) => Assert.DoesNotContain(Desk, new TestMail { From = from, Text = "The document you asked for: https://www.partner.example/d" }.SignsOf(new DeskName()));

    [Fact]
    public void A_desk_at_a_free_mailbox_is_seen() => Assert.Contains(Desk, new TestMail { From = "IT Support <it.support@gmail.com>" }.SignsOf(new DeskName()));

    [Fact]
    public void A_desk_that_is_answered_elsewhere_is_seen() =>
        Assert.Contains(Desk, new TestMail { From = "Accounts Payable <ap@partner.example>", Headers = ["Reply-To: ap@elsewhere.test"] }.SignsOf(new DeskName()));

    [Fact]
    public void A_desk_that_leads_elsewhere_is_seen() =>
        Assert.Contains(Desk, new TestMail { From = "Help Desk <x@partner.example>", Text = "https://trap.test/login" }.SignsOf(new DeskName()));

    [Fact]
    public void A_strangers_desk_in_the_readers_own_name_is_seen() => Assert.Contains(Desk, new TestMail { From = "Acme IT Support <x@partner.example>" }.SignsOf(new DeskName()));

    [Fact]
    public void The_small_print_of_an_electronic_signature_is_no_claim_of_trust() =>
        Assert.Empty(new TestMail { Text = "Do Not Share This Email. This email contains a secure link to Docusign." }.SignsOf(new DeskName()));
}
