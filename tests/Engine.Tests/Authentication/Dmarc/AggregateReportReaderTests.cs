using System.IO.Compression;
using System.Text;
using Platform.Engine.Authentication.Dmarc.Reports;

namespace Platform.Engine.Tests.Authentication.Dmarc;

public sealed class AggregateReportReaderTests
{
    private const string Document =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
          <version>1.0</version>
          <report_metadata>
            <org_name>Receiver</org_name><email>dmarc@receiver.test</email><report_id>1234</report_id>
            <date_range><begin>1700000000</begin><end>1700086399</end></date_range>
          </report_metadata>
          <policy_published><domain>One.test</domain><p>reject</p><sp>none</sp><adkim>r</adkim><aspf>s</aspf><testing>n</testing><discovery_method>treewalk</discovery_method></policy_published>
          <record>
            <row>
              <source_ip>192.0.2.1</source_ip><count>12</count>
              <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf><reason><type>mailing_list</type><comment>list &amp; more</comment></reason></policy_evaluated>
            </row>
            <identifiers><header_from>one.test</header_from><envelope_from>bounce.test</envelope_from></identifiers>
            <auth_results>
              <dkim><domain>one.test</domain><selector>s1</selector><result>pass</result></dkim>
              <dkim><domain>list.test</domain><result>fail</result></dkim>
              <spf><domain>bounce.test</domain><scope>mfrom</scope><result>pass</result></spf>
            </auth_results>
            <extension><anything/></extension>
          </record>
          <record><row><source_ip>nowhere</source_ip><count>1</count></row></record>
        </feedback>
        """;

    public static TheoryData<string> Packings => ["plain", "gzip", "zip"];

    [Theory]
    [MemberData(nameof(Packings))]
    public void A_report_is_read_however_it_is_packed(string packing)
    {
        var outcome = Read(Pack(Encoding.UTF8.GetBytes(Document), packing));
        var report = outcome.Report ?? throw new InvalidOperationException(outcome.Error);
        Assert.Equal(("Receiver", "1234", "one.test", "treewalk", 1), (report.Organisation, report.Id, report.Policy.Domain, report.Policy.DiscoveryMethod, report.SkippedRows));
        var row = Assert.Single(report.Rows);
        Assert.Equal(("192.0.2.1", 12L, true, false, "bounce.test"), (row.Source.ToString(), row.Count, row.IsDkimAligned, row.IsSpfAligned, row.EnvelopeFrom));
        Assert.Equal([new ReportedResult("one.test", "s1", "pass"), new ReportedResult("list.test", "", "fail")], row.Dkim);
        Assert.Equal(new ReportedOverride("mailing_list", "list & more"), Assert.Single(row.Overrides));
        Assert.Equal(new ReportedResult("bounce.test", "mfrom", "pass"), Assert.Single(row.Spf));
    }

    [Theory]
    [InlineData("", "no XML")]
    [InlineData("<html/>", "first element is not feedback")]
    [InlineData("<feedback/>", "no feedback element with a policy")]
    [InlineData("<feedback><a></feedback>", "no XML")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><feedback>&a;</feedback>", "DTD")]
    public void What_is_no_report_is_told_in_a_sentence(string document, string part)
    {
        var outcome = Read(Encoding.UTF8.GetBytes(document));
        Assert.Null(outcome.Report);
        Assert.Contains(part, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_told_in_a_sentence()
    {
        var gzip = Pack(Encoding.UTF8.GetBytes(Document), "gzip");
        gzip.AsSpan(20, 40).Fill(0xFF);
        Assert.NotNull(Read(gzip).Error);
        Assert.NotNull(Read([.. "PK\x03\x04"u8, 1, 2, 3]).Error);
        Assert.NotNull(Read(Pack(Encoding.UTF8.GetBytes(Document), "zip")[..^30]).Error);
    }

    [Fact]
    public void A_bomb_goes_off_at_the_bound()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("<feedback><x>"u8);
            var piece = Enumerable.Repeat((byte)'a', 1 << 20).ToArray();
            for (var i = 0; i < 66; i++)
                gzip.Write(piece);
        }

        Assert.Contains("larger than", Read(packed.ToArray()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_without_end_are_bounded() =>
        Assert.Contains("deeper", Read(Encoding.UTF8.GetBytes("<feedback>" + string.Concat(Enumerable.Repeat("<a>", 100_000)))).Error, StringComparison.Ordinal);

    private static AggregateReportOutcome Read(byte[] content) => AggregateReportReader.Read(content, TestContext.Current.CancellationToken);

    private static byte[] Pack(byte[] document, string packing)
    {
        if (packing == "plain")
            return document;
        using var packed = new MemoryStream();
        if (packing == "gzip")
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(document);
        }
        else
        {
            using var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true);
            using var entry = zip.CreateEntry("receiver!one.test!1!2.xml").Open();
            entry.Write(document);
        }

        return packed.ToArray();
    }
}
