using GraphQL.Types;
using Platform.Storage.Sending;

namespace Platform.Api.GraphQL.Sending;

internal sealed class SendPeriodEnum : EnumerationGraphType
{
    public SendPeriodEnum()
    {
        Name = "SendPeriod";
        Description = "How long the window of a limit is.";
        Add("MINUTE", SendPeriod.Minute, "Any 60 seconds.");
        Add("HOUR", SendPeriod.Hour, "Any 60 minutes.");
        Add("DAY", SendPeriod.Day, "Any 24 hours.");
    }
}

internal sealed class SendMeasureEnum : EnumerationGraphType
{
    public SendMeasureEnum()
    {
        Name = "SendMeasure";
        Description = "What a limit counts.";
        Add("MESSAGES", SendMeasure.Messages, "Messages.");
        Add("RECIPIENTS", SendMeasure.Recipients, "Recipients, inside and outside.");
        Add("INSIDE", SendMeasure.Inside, "Recipients within the tenant.");
        Add("OUTSIDE", SendMeasure.Outside, "Recipients outside of the tenant.");
        Add("NEW", SendMeasure.New, "Recipients to whom the mailbox never sent.");
    }
}

internal sealed class SendPlaceEnum : EnumerationGraphType
{
    public SendPlaceEnum()
    {
        Name = "SendPlace";
        Description = "Whose sending a limit counts.";
        Add("MAILBOX", SendSubjectKind.Mailbox, "The mailbox's own.");
        Add("GROUP", SendSubjectKind.Group, "That of all mailboxes of a group.");
        Add("TENANT", SendSubjectKind.Tenant, "That of all mailboxes of the tenant.");
        Add("CONNECTOR", SendSubjectKind.Connector, "That of a server of the tenant's own, for no mailbox.");
    }
}

internal sealed class SendBlockEndsEnum : EnumerationGraphType
{
    public SendBlockEndsEnum()
    {
        Name = "SendBlockEnds";
        Description = "What ends with a block, beside that nothing is sent.";
        Add("NOTHING", SendBlockEnds.Nothing, "Nothing else.");
        Add("SESSIONS", SendBlockEnds.Sessions, "Open sessions of submission.");
        Add("APP_PASSWORDS", SendBlockEnds.AppPasswords, "Open sessions, and the app passwords of the mailbox for good.");
    }
}
