using FsCheck;
using FsCheck.Fluent;
using Platform.Engine.Authentication.Dmarc;

namespace Platform.Engine.Tests.Authentication.Dmarc;

public sealed class DmarcRecordParserTests
{
    [Theory]
    [InlineData("")]
    [InlineData("v=DMARC1x; p=none")]
    [InlineData("v=dmarc1; p=none")]
    [InlineData("v=DMARC1 p=none")]
    [InlineData("p=none; v=DMARC1")]
    [InlineData(" v=DMARC1; p=none")]
    [InlineData("v=spf1 -all")]
    public void Without_the_version_in_front_it_is_no_record(string text) => Assert.Null(DmarcRecordParser.Parse(text));

    [Theory]
    [InlineData("v=DMARC1;p=Reject", DmarcPolicy.Reject)]
    [InlineData("v = DMARC1 ; P = quarantine ;", DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=none; unknown=reject; 0; x", DmarcPolicy.None)]
    public void The_policy_is_read_through_white_space_case_and_junk(string text, DmarcPolicy policy)
    {
        var record = Parse(text);
        Assert.Equal((policy, true), (record.EffectivePolicy, record.IsUsable));
    }

    [Theory]
    [InlineData("v=DMARC1", false)]
    [InlineData("v=DMARC1; p=all", false)]
    [InlineData("v=DMARC1; p=none; p=none", false)]
    [InlineData("v=DMARC1; p=reject; sp=all", false)]
    [InlineData("v=DMARC1; rua=https://a.test/x", false)]
    [InlineData("v=DMARC1; rua=mailto:a@b.test", true)]
    [InlineData("v=DMARC1; p=reject; sp=all; rua=mailto:a@b.test", true)]
    [InlineData("v=DMARC1; psd=y", true)]
    public void A_broken_policy_counts_as_none_when_reports_are_asked_for(string text, bool isUsable)
    {
        var record = Parse(text);
        Assert.Equal((isUsable, DmarcPolicy.None), (record.IsUsable, isUsable ? record.EffectivePolicy : DmarcPolicy.None));
    }

    [Fact]
    public void Broken_tags_are_left_to_their_defaults_and_named()
    {
        var record = Parse("v=DMARC1; p=none; adkim=x; aspf=; pct=many; ri=-1; fo=2; psd=maybe; t=1");
        Assert.Equal((DmarcAlignment.Relaxed, DmarcAlignment.Relaxed, 0, 86_400u, DmarcPlace.Undeclared, false), (record.DkimAlignment, record.SpfAlignment, record.Percent, record.ReportInterval, record.Place, record.IsTest));
        Assert.Equal(7, record.Faults.Count(fault => fault.Kind == DmarcFaultKind.Value));
    }

    [Fact]
    public void Tags_are_read()
    {
        var record = Parse("v=DMARC1; p=reject; sp=quarantine; np=none; adkim=s; aspf=S; psd=n; t=y; fo=1:d:S; pct=25; ri=3600");
        Assert.Equal((DmarcPolicy.Reject, DmarcPolicy.Quarantine, DmarcPolicy.None), (record.Policy, record.SubdomainPolicy, record.NonexistentPolicy));
        Assert.Equal((DmarcAlignment.Strict, DmarcAlignment.Strict, DmarcPlace.Organisation, true), (record.DkimAlignment, record.SpfAlignment, record.Place, record.IsTest));
        Assert.Equal("1ds", string.Concat(record.FailureOptions));
        Assert.Equal((25, 3600u), (record.Percent, record.ReportInterval));
    }

    [Fact]
    public void Report_addresses_are_mailboxes_with_an_optional_size()
    {
        var record = Parse("v=DMARC1; p=none; rua=mailto:a@B.test!10m , MAILTO:c@d.test?x=y,ftp://e.test,mailto:f,mailto:g@h.test!9x,mailto:i@j.test!99999999999t");
        Assert.Equal([("b.test", 10L * 1024 * 1024), ("d.test", null)], record.AggregateReports.Select(address => (address.Domain, address.MaxBytes)));
        Assert.Equal(4, record.Faults.Count);
    }

    [Fact]
    public void Any_text_is_answered()
    {
        var pieces = Gen.Elements("v=DMARC1", "p=", "reject", ";", "=", " ", "rua=", "mailto:a@b.test", ",", "!", "\0", "é", "sp", "pct=5", "\t");
        Check.QuickThrowOnFailure(Prop.ForAll(pieces.ArrayOf().ToArbitrary(), parts =>
        {
            var record = DmarcRecordParser.Parse(string.Concat(parts));
            return record is null || (record.Percent is >= 0 and <= 100 && record.AggregateReports.All(address => address.Domain == "b.test"));
        }));
    }

    private static DmarcRecord Parse(string text) => DmarcRecordParser.Parse(text) ?? throw new InvalidOperationException("no record");
}
