namespace Platform.Api.Smtp.Submission;

/// <summary>As what a session is logged in, in the one text that the listener keeps of it.</summary>
/// <param name="AppPassword">Null: by a token.</param>
internal sealed record SubmissionLogin(Guid Mailbox, Guid? AppPassword)
{
    public static SubmissionLogin? Parse(string reference) => reference.Split('/') is [var mailbox, var password] && Guid.TryParse(mailbox, out var id)
        ? new SubmissionLogin(id, Guid.TryParse(password, out var used) ? used : null)
        : null;

    public override string ToString() => $"{Mailbox:N}/{AppPassword:N}";
}
