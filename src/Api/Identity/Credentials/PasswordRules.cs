namespace Platform.Api.Identity.Credentials;

internal enum PasswordFlaw
{
    TooShort,
    TooLong,
    Guessable,
    Breached,
}

/// <summary>Says why a new password will not do, if it will not.</summary>
internal sealed class PasswordRules(BreachedPasswords breached)
{
    /// <param name="password">Normalized.</param>
    /// <param name="personal">Words that others know of the person: address, name, company.</param>
    public async Task<PasswordFlaw?> FlawOfAsync(string password, IEnumerable<string> personal, CancellationToken cancellationToken)
    {
        var length = password.EnumerateRunes().Count();
        if (length < Passwords.MinLength)
            return PasswordFlaw.TooShort;
        if (password.Length > Passwords.MaxLength)
            return PasswordFlaw.TooLong;
        if (GuessablePasswords.Contains(password, personal))
            return PasswordFlaw.Guessable;
        return await breached.ContainsAsync(password, cancellationToken) ? PasswordFlaw.Breached : null;
    }
}
