using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class DkimKeyRecordTests
{
    [Fact]
    public void A_key_alone_has_the_defaults()
    {
        var record = DkimKeyRecord.Parse("p=QUJD", out _)!;

        Assert.Equal("rsa", record.KeyType);
        Assert.Equal("QUJD", record.Key);
        Assert.True(record.Allows("sha1") && record.Allows("sha256"));
        Assert.True(record.IsForMail);
        Assert.False(record.IsTesting || record.IsStrict);
    }

    [Fact]
    public void Every_tag_is_read()
    {
        var record = DkimKeyRecord.Parse("v=DKIM1; k=ed25519; h=sha1 : sha256; s=email:web; t=y : s; n=two=20words; g=x; p=QU JD", out _)!;

        Assert.Equal(("ed25519", "QUJD", "two words"), (record.KeyType, record.Key, record.Notes));
        Assert.True(record.Allows("sha256"));
        Assert.False(record.Allows("sha512"));
        Assert.True(record.IsForMail && record.IsTesting && record.IsStrict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v=DKIM1; k=rsa")]
    [InlineData("v=DKIM2; p=QUJD")]
    [InlineData("v=dkim1; p=QUJD")]
    [InlineData("p=QUJD; v=DKIM1")]
    [InlineData("v=DKIM1; p=QUJD; p=QUJD")]
    [InlineData("v=spf1 -all")]
    [InlineData("v=DKIM1; t; p=QUJD")]
    public void What_is_no_key_record_is_refused(string text)
    {
        Assert.Null(DkimKeyRecord.Parse(text, out _));
    }

    [Theory]
    [InlineData("s=*; p=", true)]
    [InlineData("s=tlsrpt; p=", false)]
    [InlineData("s=; p=", false)]
    public void Services_other_than_mail_are_told_apart(string text, bool isForMail)
    {
        Assert.Equal(isForMail, DkimKeyRecord.Parse(text, out _)!.IsForMail);
    }
}
