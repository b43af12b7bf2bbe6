using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Verdicts;

public sealed class ProvenAuthorTests
{
    [Theory]
    [InlineData(AuthenticationResult.Pass, false, false, true)]
    [InlineData(AuthenticationResult.Fail, false, false, false)]
    [InlineData(AuthenticationResult.None, false, false, false)]
    [InlineData(AuthenticationResult.TempError, true, false, true)]
    [InlineData(AuthenticationResult.TempError, false, true, true)]
    public void An_author_is_proven_by_what_is_aligned(AuthenticationResult dmarc, bool spf, bool dkim, bool proven) =>
        Assert.Equal(proven, Facts(dmarc, spf, dkim).ProvesAuthor());

    [Theory]
    [InlineData("author.test", AuthenticationResult.Pass, true)]
    [InlineData("other.test", AuthenticationResult.Pass, false)]
    [InlineData("author.test", AuthenticationResult.Fail, false)]
    public void Where_the_domain_has_no_record_a_signature_of_its_own_proves_it(string domain, AuthenticationResult result, bool proven) => Assert.Equal(
        proven, (Facts(AuthenticationResult.None) with { Dkim = [new DkimFacts(result, domain, "s", "rsa-sha256", 2048, 0, "")] }).ProvesAuthor());

    [Theory]
    [InlineData("author.test", SpfIdentity.MailFrom, true)]
    [InlineData("author.test", SpfIdentity.Helo, false)]
    [InlineData("other.test", SpfIdentity.MailFrom, false)]
    public void Where_the_domain_has_no_record_its_own_reverse_path_proves_it(string domain, SpfIdentity identity, bool proven) => Assert.Equal(
        proven, (Facts(AuthenticationResult.None) with { Spf = new SpfFacts(AuthenticationResult.Pass, domain, identity, "") }).ProvesAuthor());

    [Fact]
    public void A_signature_of_its_own_does_not_help_a_domain_that_says_that_mail_is_not_its_own() => Assert.False(
        (Facts(AuthenticationResult.Fail) with { Dkim = [new DkimFacts(AuthenticationResult.Pass, "author.test", "s", "rsa-sha256", 2048, 0, "")] }).ProvesAuthor());

    private static AuthenticationFacts Facts(AuthenticationResult dmarc, bool spf = false, bool dkim = false) =>
        new(null, null, [], new DmarcFacts(dmarc, "author.test", null, null, spf, dkim, ""), new ArcFacts(AuthenticationResult.None, "", []), [], []);
}
