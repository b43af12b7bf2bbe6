using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class DkimPublicationTests
{
    [Theory]
    [InlineData("v=DKIM1; k=ed25519; p=KEY", DkimPublicationState.Published)]
    [InlineData("k=ed25519;p=K E Y;s=email", DkimPublicationState.Published)]
    [InlineData("v=DKIM1; k=ed25519; p=OTHER", DkimPublicationState.Different)]
    [InlineData("v=DKIM1; k=rsa; p=KEY", DkimPublicationState.Different)]
    [InlineData("v=DKIM1; k=ed25519; p=KEY; t=y", DkimPublicationState.Different)]
    [InlineData("v=DKIM1; k=ed25519; p=KEY; h=sha1", DkimPublicationState.Different)]
    [InlineData("v=DKIM1; k=ed25519; p=KEY; s=other", DkimPublicationState.Different)]
    [InlineData("v=DKIM1; k=ed25519; p=", DkimPublicationState.Different)]
    [InlineData("nonsense", DkimPublicationState.Different)]
    public void A_record_is_ours_when_verifiers_take_it_for_the_key(string text, DkimPublicationState state) => Assert.Equal(state, Of(text));

    [Fact]
    public void Beside_another_record_it_is_not_sure() => Assert.Equal(DkimPublicationState.Different, Of("v=DKIM1; k=ed25519; p=KEY", "v=DKIM1; k=ed25519; p=OTHER"));

    [Theory]
    [InlineData(DnsStatus.NoData, DkimPublicationState.Missing)]
    [InlineData(DnsStatus.NoDomain, DkimPublicationState.Missing)]
    [InlineData(DnsStatus.TimedOut, DkimPublicationState.NoAnswer)]
    [InlineData(DnsStatus.ServerFailure, DkimPublicationState.NoAnswer)]
    public void No_record_is_told_from_no_answer(DnsStatus status, DkimPublicationState state) => Assert.Equal(state, DkimPublication.Of(new DnsAnswer(status, []), "ed25519", "KEY"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_to_be_published_is_found_again(bool isRsa)
    {
        var pair = isRsa ? DkimKeyPair.NewRsa() : DkimKeyPair.NewEd25519();
        var type = isRsa ? "rsa" : "ed25519";

        var text = DkimPublication.TextOf(type, pair.PublicKey);

        Assert.Equal(DkimPublicationState.Published, DkimPublication.Of(new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(text)]), type, pair.PublicKey));
    }

    [Fact]
    public void A_line_for_a_zone_file_has_strings_that_fit()
    {
        var line = DkimPublication.LineOf("s", "a.test", DkimPublication.TextOf("rsa", DkimKeyPair.NewRsa().PublicKey));

        Assert.StartsWith("s._domainkey.a.test. IN TXT \"v=DKIM1; k=rsa; p=", line, StringComparison.Ordinal);
        Assert.All(line.Split('"').Where((_, index) => index % 2 == 1), part => Assert.InRange(part.Length, 1, 255));
    }

    private static DkimPublicationState Of(params IEnumerable<string> texts) =>
        DkimPublication.Of(new DnsAnswer(DnsStatus.Found, [.. texts.Select(text => new DnsRecord.Text(text))]), "ed25519", "KEY");
}
