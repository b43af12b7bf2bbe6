using Platform.Engine.Detectors.Sender;

namespace Platform.Engine.Tests.Detectors;

/// <summary>Who wrote a mail that says it came through a list.</summary>
public sealed class SenderViewTests
{
    private const string ListId = "List-Id: <dev.lists.example>";
    private const string ListPost = "List-Post: <mailto:dev@lists.example>";
    private const string Reply = "Reply-To: Alice <alice@partner.example>";

    [Fact]
    public void A_list_that_rewrites_authors_names_the_author()
    {
        var input = Mail("Alice via Dev <dev@lists.example>", ListId, ListPost, Reply).ToInput();

        Assert.Equal(("alice@partner.example", "alice"), (input.Sender.Address!.Address, input.Sender.Name));
    }

    [Fact]
    public void The_list_itself_is_judged_as_well() =>
        Assert.Equal(["partner.example", "lists.example"], Mail("Alice via Dev <dev@lists.example>", ListId, ListPost, Reply).ToInput().Senders.Select(sender => sender.Domain));

    [Theory]
    [InlineData(Reply)]
    [InlineData(Reply, ListId)]
    [InlineData(Reply, ListPost)]
    [InlineData(Reply, ListId, "List-Post: <mailto:other@lists.example>")]
    public void Without_the_marks_of_a_list_the_author_is_who_stands_in_From(params string[] headers) =>
        Assert.Equal("dev@lists.example", Assert.Single(Mail("Alice via Dev <dev@lists.example>", headers).ToInput().Senders).Address!.Address);

    [Theory]
    [InlineData("PayPal via Secure <dev@lists.example>", "Reply-To: service@paypal.com")]
    [InlineData("PayPal via Secure <dev@lists.example>", ListId, ListPost, "Reply-To: service@paypal.com")]
    [InlineData("PayPal via Secure <dev@lists.example>", ListPost)]
    public void A_list_lends_no_brand(string from, params string[] headers) =>
        Assert.Equal(["brand-display-name"], Mail(from, headers).SignsOf(new BrandImpersonation()));

    [Theory]
    [InlineData("Reply-To: ichiro@acme.test")]
    [InlineData(ListId, ListPost, "Reply-To: ichiro@acme.test")]
    public void A_list_lends_no_colleague(params string[] headers)
    {
        var mail = Mail("Ichiro Sato via Dev <dev@lists.example>", headers) with { People = [new Person("Ichiro Sato", "ichiro@acme.test")] };

        Assert.Equal(["own-person-impersonation"], mail.SignsOf(new OwnPersonImpersonation()));
    }

    [Fact]
    public void A_colleague_through_a_well_known_service_passes()
    {
        var mail = Mail("Ichiro Sato via Docusign <dse@docusign.net>") with { People = [new Person("Ichiro Sato", "ichiro@acme.test")] };

        Assert.Empty(mail.SignsOf(new OwnPersonImpersonation()));
    }

    private static TestMail Mail(string from, params string[] headers) => new() { From = from, Headers = headers };
}
