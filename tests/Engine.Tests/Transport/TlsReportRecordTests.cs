using Platform.Engine.Transport;

namespace Platform.Engine.Tests.Transport;

public sealed class TlsReportRecordTests
{
    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", "mailto:reports@example.com")]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt", "https://reporting.example.com/v1/tlsrpt")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.test , https://c.test/x;", "mailto:a@b.test https://c.test/x")]
    [InlineData("v=TLSRPTv1; rua=http://c.test/x,ftp://d.test,mailto:,mailto:a", "")]
    [InlineData("v=TLSRPTv1; rua=https://user:secret@c.test/", "")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@b.test?bcc=c@d.test", "")]
    [InlineData("v=TLSRPTv1", "")]
    [InlineData("v=TLSRPTv2; rua=mailto:a@b.test", "")]
    [InlineData("rua=mailto:a@b.test", "")]
    public void Addresses_for_reports_are_read(string text, string targets) => Assert.Equal(targets, string.Join(' ', TlsReportRecord.Targets([text]).Select(target => target.OriginalString)));

    [Fact]
    public void Two_records_are_none() => Assert.Empty(TlsReportRecord.Targets(["v=TLSRPTv1; rua=mailto:a@b.test", "v=TLSRPTv1; rua=mailto:a@b.test"]));

    [Fact]
    public void Nobody_makes_us_send_to_more_than_ten() =>
        Assert.Equal(10, TlsReportRecord.Targets([$"v=TLSRPTv1; rua={string.Join(',', Enumerable.Range(0, 40).Select(i => $"mailto:a{i}@b.test"))}"]).Count);
}
