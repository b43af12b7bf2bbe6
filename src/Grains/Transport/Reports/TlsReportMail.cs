using System.Globalization;
using System.Text;
using Platform.Storage.Transport;

namespace Platform.Grains.Transport.Reports;

/// <summary>A report as a mail (RFC 8460, 5.3).</summary>
/// <param name="Submitter">Domain in whose name it is sent and by whose key it is signed.</param>
/// <param name="Packed">The report, packed with gzip.</param>
internal sealed record TlsReportMail(DueTlsReport Report, string Submitter, string To, byte[] Packed, DateTimeOffset Date)
{
    /// <summary>In the header of each; by it the relay knows that no policy of the domain may keep the report from it (RFC 8460, 5.3).</summary>
    public const string DomainField = "TLS-Report-Domain";

    public const string MediaType = "application/tlsrpt+gzip";

    /// <summary>RFC 8460, 5.1.</summary>
    public string FileName => string.Create(
        CultureInfo.InvariantCulture, $"{Submitter}!{Report.Domain}!{Report.Day.ToUnixTimeSeconds()}!{Report.Day.AddDays(1).ToUnixTimeSeconds() - 1}!{Report.Id:N}.json.gz");

    public byte[] ToBytes()
    {
        var boundary = $"=_tlsrpt_{Report.Id:N}";
        var day = Report.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var mail = new StringBuilder();
        Line($"Date: {Date.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)}");
        Line($"From: <postmaster@{Submitter}>");
        Line($"To: <{To}>");
        Line($"Subject: Report Domain: {Report.Domain}\r\n Submitter: {Submitter}\r\n Report-ID: <{Report.Id:N}@{Submitter}>");
        Line($"Message-ID: <{Guid.CreateVersion7(Date):N}@{Submitter}>");
        Line($"{DomainField}: {Report.Domain}");
        Line($"TLS-Report-Submitter: {Submitter}");
        Line("Auto-Submitted: auto-generated");
        Line("MIME-Version: 1.0");
        Line($"Content-Type: multipart/report; report-type=\"tlsrpt\";\r\n boundary=\"{boundary}\"");
        Line("");
        Line($"--{boundary}");
        Line("Content-Type: text/plain; charset=us-ascii");
        Line("Content-Transfer-Encoding: 7bit");
        Line("");
        Line($"This is an aggregate report on TLS towards {Report.Domain}");
        Line($"from {Submitter} for {day} UTC (RFC 8460).");
        Line($"--{boundary}");
        Line($"Content-Type: {MediaType}");
        Line("Content-Transfer-Encoding: base64");
        Line($"Content-Disposition: attachment;\r\n filename=\"{FileName}\"");
        Line("");
        Line(Convert.ToBase64String(Packed, Base64FormattingOptions.InsertLineBreaks).ReplaceLineEndings("\r\n"));
        Line($"--{boundary}--");
        return Encoding.ASCII.GetBytes(mail.ToString());

        void Line(string text) => mail.Append(text).Append("\r\n");
    }
}
