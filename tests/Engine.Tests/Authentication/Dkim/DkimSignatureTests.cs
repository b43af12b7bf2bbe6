using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class DkimSignatureTests
{
    private const string Good = "v=1; a=rsa-sha256; d=a.test; s=k; h=From:To; bh=QUJD; b=QUJD";

    [Theory]
    [InlineData(Good)]
    [InlineData(Good + "; c=relaxed")]
    [InlineData(Good + "; c=relaxed/simple; q=other:dns/txt; l=0; t=1; x=2; i=me@b.a.test; z=From:x|To:y; new=tag;")]
    [InlineData("b=QU\r\n\tJD; bh=QUJD; h=To : From; s=a.b_c; d=A.Test; a=ed25519-sha256; v=1")]
    [InlineData("v=1; a=rsa-sha256; d=bücher.test; s=sélecteur; h=From; bh=QUJD; b=QUJD; i=ü@bücher.test")]
    public void A_signature_by_the_rules_has_no_fault(string value)
    {
        Assert.Null(Parse(value).Fault);
    }

    public static TheoryData<string, DkimReason> Faults => new()
    {
        { Good + "; v=1", DkimReason.SignatureSyntax },
        { Good.Replace("v=1; ", "", StringComparison.Ordinal), DkimReason.MissingTag },
        { Good.Replace("v=1", "v=2", StringComparison.Ordinal), DkimReason.IncompatibleVersion },
        { Good.Replace("v=1", "v=0.5", StringComparison.Ordinal), DkimReason.IncompatibleVersion },
        { Good.Replace("bh=QUJD; ", "", StringComparison.Ordinal), DkimReason.MissingTag },
        { Good.Replace("rsa-sha256", "RSA-SHA256", StringComparison.Ordinal), DkimReason.UnknownAlgorithm },
        { Good + "; c=relaxed/", DkimReason.UnknownAlgorithm },
        { Good + "; c=Relaxed/simple", DkimReason.UnknownAlgorithm },
        { Good + "; q=dns/other", DkimReason.UnknownQueryMethod },
        { Good.Replace("a.test", "a..test", StringComparison.Ordinal), DkimReason.SignatureSyntax },
        { Good.Replace("a.test", "a/test", StringComparison.Ordinal), DkimReason.SignatureSyntax },
        { Good.Replace("From:To", "From::To", StringComparison.Ordinal), DkimReason.SignatureSyntax },
        { Good.Replace("From:To", "To", StringComparison.Ordinal), DkimReason.FromNotSigned },
        { Good.Replace("b=QUJD", "b=", StringComparison.Ordinal), DkimReason.SignatureSyntax },
        { Good.Replace("bh=QUJD", "bh=*", StringComparison.Ordinal), DkimReason.SignatureSyntax },
        { Good + "; i=me@other.test", DkimReason.DomainMismatch },
        { Good + "; i=me@nota.test", DkimReason.DomainMismatch },
        { Good + "; i=me", DkimReason.SignatureSyntax },
        { Good + "; l=-1", DkimReason.SignatureSyntax },
        { Good + "; t=now", DkimReason.SignatureSyntax },
        { Good + "; t=5; x=5", DkimReason.SignatureSyntax },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_signature_against_the_rules_has_its_fault(string value, DkimReason reason)
    {
        Assert.Equal(reason, Parse(value).Fault?.Reason);
    }

    [Fact]
    public void Internationalised_names_become_A_labels()
    {
        var signature = Parse("v=1; a=rsa-sha256; d=Bücher.test; s=k; h=From; bh=QUJD; b=QUJD; i=me@post.bücher.test");

        Assert.Equal("xn--bcher-kva.test", signature.Tags.Domain);
        Assert.Equal("me@post.xn--bcher-kva.test", signature.Identity);
        Assert.True(signature.IsIdentityOfSubdomain);
    }

    [Theory]
    [InlineData("a=20b@a.test", "a b@a.test")]
    [InlineData("=E3=81=82@a.test", "あ@a.test")]
    [InlineData("@a.test", "@a.test")]
    public void The_identity_is_decoded(string given, string identity)
    {
        Assert.Equal(identity, Parse($"{Good}; i={given}").Identity);
    }

    private static DkimSignature Parse(string value) =>
        DkimSignature.Parse(0, RawMessage.Read(Encoding.UTF8.GetBytes($"DKIM-Signature: {value}\r\n\r\n")).Fields[0]);
}
