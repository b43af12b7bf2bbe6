using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Platform.Api.Rest.AuthPolicy;

[Description("A login at a mail server, as Dovecot tells it; further members are passed over.")]
internal sealed record LoginQuestion(
    [property: Description("The user name as it was sent; for rules of a mailbox, its address.")] string Login,
    [property: Description("The IP address that the login comes from.")] string Remote,
    [property: Description("By what: 'imap', 'pop3', 'submission'.")] string? Protocol = null,
    [property: Description("In a report: the login went well.")] bool? Success = null,
    [property: JsonPropertyName("policy_reject")][property: Description("In a report: it was refused by the answer given here before.")] bool? PolicyReject = null,
    [property: JsonPropertyName("fail_type")][property: Description("In a report: why it failed; what the server could not check is not counted ('internal').")] string? FailType = null);

[Description("Whether the login is let in.")]
internal sealed record LoginAnswer(
    [property: Description("-1: refuse it; 0: let it in; more: let it in after as many seconds.")] int Status,
    [property: Description("Why, for the log of the server; empty where there is nothing to say.")] string Msg)
{
    public static LoginAnswer Open { get; } = new(0, "");
}
