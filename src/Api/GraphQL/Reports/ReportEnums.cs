using GraphQL.Types;
using Platform.Storage.Reports;

namespace Platform.Api.GraphQL.Reports;

internal sealed class ReportKindEnum : EnumerationGraphType
{
    public ReportKindEnum()
    {
        Name = "ReportKind";
        Description = "In which way a verdict is wrong.";
        Add("MISSED", ReportKind.Missed, "An attack was taken for something else.");
        Add("FALSE_POSITIVE", ReportKind.FalsePositive, "An honest or wanted mail was taken for an attack, or for unwanted.");
    }
}

internal sealed class ReportViaEnum : EnumerationGraphType
{
    public ReportViaEnum()
    {
        Name = "ReportVia";
        Description = "How a report came.";
        Add("API", ReportVia.Api, "By GraphQL or REST.");
        Add("LINK", ReportVia.Link, "By a link of a digest.");
        Add("MAIL", ReportVia.Mail, "By a mail forwarded to the report address.");
    }
}

internal sealed class ReportStateEnum : EnumerationGraphType
{
    public ReportStateEnum()
    {
        Name = "ReportState";
        Description = "What became of a report.";
        Add("WAITING", ReportState.Waiting, "Nobody has decided yet.");
        Add("CONFIRMED", ReportState.Confirmed, "The verdict was wrong.");
        Add("REFUSED", ReportState.Refused, "The verdict stands.");
    }
}
