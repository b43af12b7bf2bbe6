using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Onboarding.Mailboxes;

/// <summary>Makes and changes many mailboxes at once, line by line. Lines that were taken before change nothing, so a list may be sent again.</summary>
public interface IMailboxImport
{
    /// <param name="source">The directory that the list was read from. Of its entries a group that cannot be had is told, and the mailbox taken without it.</param>
    /// <returns>What was done, or would be; else <c>NOT_FOUND</c>, <c>MAILBOX_IMPORT_TOO_LARGE</c>.</returns>
    Task<CommandResult<MailboxImportReport>> RunAsync(Scope scope, Guid tenantId, IReadOnlyList<MailboxLine> lines, MailboxImportMode mode, CancellationToken cancellationToken, Guid? source = null);
}

public static class MailboxImportLimits
{
    public const int MaxLines = 10_000;

    /// <summary>Aliases of one mailbox, and groups of one line.</summary>
    public const int MaxPerLine = 20;

    /// <summary>The same of an entry of a directory.</summary>
    public const int MaxPerEntry = 200;

    /// <summary>Lines whose faults are told one by one.</summary>
    public const int MaxErrors = 200;
}

/// <summary>Codes of faults that only a list can have.</summary>
public static class MailboxLineCodes
{
    /// <summary>An address stands twice in one list.</summary>
    public const string AddressRepeated = "ADDRESS_REPEATED";

    /// <summary>A line names at most 20 aliases and as many groups, an entry of a directory at most 200.</summary>
    public const string TooManyValues = "TOO_MANY_VALUES";
}

/// <summary>A mailbox as a list names it.</summary>
/// <param name="Line">Its place in the list, from 1, for telling faults.</param>
/// <param name="DisplayName">Null or empty: stays as it is.</param>
/// <param name="Aliases">All other addresses it has; null: they stay as they are.</param>
/// <param name="Groups">Names of groups to be in, made where they are missing; nobody is taken out of a group.</param>
public sealed record MailboxLine(int Line, string Address, string? DisplayName = null, IReadOnlyList<string>? Aliases = null, IReadOnlyList<string>? Groups = null);

public enum MailboxImportMode
{
    /// <summary>Nothing is changed.</summary>
    Preview,

    /// <summary>Where one line is refused, nothing is changed.</summary>
    All,

    /// <summary>Lines that are refused are left out.</summary>
    Valid,
}

/// <param name="Lines">Every line counts once: created, changed, unchanged or refused.</param>
/// <param name="Groups">Names of groups that were missing.</param>
/// <param name="Errors">The first <see cref="MailboxImportLimits.MaxErrors"/>; of a directory also what was left out of entries that were taken.</param>
/// <param name="Applied">False: it was a preview, or a line was refused where all had to be good.</param>
public sealed record MailboxImportReport(int Lines, int Created, int Changed, int Unchanged, int Refused, IReadOnlyList<string> Groups, IReadOnlyList<MailboxLineError> Errors, bool Applied);

/// <param name="Code">Stable, such as <c>DOMAIN_UNKNOWN</c>.</param>
/// <param name="Field"><c>address</c>, <c>displayName</c>, <c>aliases</c> or <c>groups</c>.</param>
public sealed record MailboxLineError(int Line, string Code, string Message, string Field);
