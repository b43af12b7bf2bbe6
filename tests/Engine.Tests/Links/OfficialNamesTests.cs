using Platform.Engine.Links;

namespace Platform.Engine.Tests.Links;

public sealed class OfficialNamesTests
{
    [Theory]
    [InlineData("meti-go.jp.net", "go.jp")]
    [InlineData("nta.go.jp.refund.example", "go.jp")]
    [InlineData("meti-go-jp.example.com", "go.jp")]
    [InlineData("tax.gov.refund-desk.com", "gov")]
    [InlineData("www.gov.uk.claims.example", "gov.uk")]
    public void An_ending_in_the_wrong_place_is_seen(string host, string ending) => Assert.Equal(ending, OfficialNames.ImitatedBy(host));

    [Theory]
    [InlineData("meti.go.jp")]
    [InlineData("www.service.gov.uk")]
    [InlineData("irs.gov")]
    [InlineData("data.gov.ie")]
    [InlineData("portal.gov.co")]
    [InlineData("gov-tech.example")]
    [InlineData("cargo.jp")]
    [InlineData("lets-go.jp")]
    public void Offices_and_ordinary_names_pass(string host) => Assert.Null(OfficialNames.ImitatedBy(host));
}
