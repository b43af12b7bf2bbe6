namespace Platform.Engine.Attachments.Archives;

/// <summary>Tries the words of the mail on what is encrypted in one archive. What opened one member is tried first on the next.</summary>
internal sealed class PasswordTrials(Unpacking unpacking)
{
    private string? _known;
    private bool _failed;

    /// <summary>Answers what the first fitting password opens; null when none does.</summary>
    /// <param name="cost">Of the trial of a password; see <see cref="Mail.ReadBudget.TakeTrial"/>.</param>
    /// <param name="open">Answers null for a wrong password.</param>
    public ReadOnlyMemory<byte>? Open(Func<string, int> cost, Func<string, ReadOnlyMemory<byte>?> open)
    {
        if (_known is not null && open(_known) is { } again)
            return again;
        // One archive has one password, nearly always: what no word opened is not tried anew on each member.
        if (_failed)
            return null;
        foreach (var password in unpacking.Passwords)
        {
            if (password == _known)
                continue;
            if (!unpacking.Budget.TakeTrial(cost(password)))
                break;
            if (open(password) is not { } opened)
                continue;
            _known = password;
            unpacking.OpenedBy(password);
            return opened;
        }

        _failed = _known is null;
        return null;
    }
}
