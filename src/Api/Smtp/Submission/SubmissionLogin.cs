using Platform.Storage.Accounts;

namespace Platform.Api.Smtp.Submission;

/// <summary>As what a session is logged in, in the one text that the listener keeps of it.</summary>
/// <param name="AppPassword">Null: by a token.</param>
/// <param name="Account">The person of the token; null: by an app password, and whose own the mailbox is then is looked up with its rules.</param>
/// <param name="People">Accounts behind it: whose token it is, or who made the password. They stay so when it is removed.</param>
internal sealed record SubmissionLogin(Guid Mailbox, Guid? AppPassword, Guid? Account, IReadOnlyList<Guid> People)
{
    /// <summary>Begins the reference of a server's login; the connector's id follows.</summary>
    private const string OfConnector = "connector:";

    public static string ReferenceOf(Guid connector) => $"{OfConnector}{connector:N}";

    /// <summary>The connector that logged in; null: a mailbox did.</summary>
    public static Guid? ConnectorOf(string reference) =>
        reference.StartsWith(OfConnector, StringComparison.Ordinal) && Guid.TryParseExact(reference.AsSpan(OfConnector.Length), "N", out var id) ? id : null;

    public static SubmissionLogin? Parse(string reference) => reference.Split('/') is [var mailbox, var password, var account, var people] && Guid.TryParse(mailbox, out var id)
        ? new SubmissionLogin(id, Guid.TryParse(password, out var used) ? used : null, Guid.TryParse(account, out var person) ? person : null, AccountIds.Read(people))
        : null;

    public override string ToString() => $"{Mailbox:N}/{AppPassword:N}/{Account:N}/{AccountIds.Write(People)}";
}
