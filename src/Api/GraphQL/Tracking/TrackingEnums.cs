using GraphQL.Types;
using Platform.Engine.Tracking;
using Platform.Storage.Tracking;

namespace Platform.Api.GraphQL.Tracking;

internal sealed class OpenGradeEnum : EnumerationGraphType
{
    public OpenGradeEnum()
    {
        Name = "OpenGrade";
        Description = "Who opened a mail, as far as that can be told; see docs/tracking.md.";
        Add("PERSON", OpenGrade.Person, "A person, who had the mail before its eyes.");
        Add("UNKNOWN", OpenGrade.Unknown, "A person or a machine; nobody can tell.");
        Add("MACHINE", OpenGrade.Machine, "A scanner, or a proxy that fetches pictures whether the mail is read or not.");
    }
}

internal sealed class OpenTargetEnum : EnumerationGraphType
{
    public OpenTargetEnum()
    {
        Name = "OpenTarget";
        Description = "What of a mail was opened.";
        Add("PICTURE", OpenTarget.Picture, "The picture of its own in each recipient's copy.");
        Add("LINK", OpenTarget.Link, "A link in it.");
        Add("READER", OpenTarget.Reader, "The mail itself, in the secure reader.");
    }
}

internal sealed class DeviceKindEnum : EnumerationGraphType
{
    public DeviceKindEnum()
    {
        Name = "DeviceKind";
        Description = "On what a mail was opened.";
        Add("DESKTOP", DeviceKind.Desktop, "A desk computer or notebook.");
        Add("PHONE", DeviceKind.Phone, "A telephone.");
        Add("TABLET", DeviceKind.Tablet, "A tablet.");
        Add("UNKNOWN", DeviceKind.Unknown, "Not known.");
    }
}

internal sealed class TrackedPlaceEnum : EnumerationGraphType
{
    public TrackedPlaceEnum()
    {
        Name = "TrackedPlace";
        Description = "Which place is kept of who opens a mail.";
        Add("NONE", TrackedPlace.None, "None.");
        Add("COUNTRY", TrackedPlace.Country, "Country and network.");
        Add("REGION", TrackedPlace.Region, "Country, region and network.");
    }
}
