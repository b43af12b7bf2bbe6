using Platform.Storage.Directory;
using Platform.Storage.Events;
using Platform.Storage.Scopes;

namespace Platform.Storage.Push.Syslog;

/// <summary>Changes of syslog targets, each with its event and audit entry in the same transaction, as those of webhooks.</summary>
public interface ISyslogCommands
{
    /// <exception cref="FeedCursorException"><see cref="NewSyslogTarget.After"/> is not a cursor of this feed.</exception>
    Task<CommandResult<Guid>> CreateAsync(Scope scope, PushOwner owner, NewSyslogTarget target, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> UpdateAsync(Scope scope, Guid targetId, SyslogTargetChange change, CancellationToken cancellationToken);

    Task<CommandResult<Guid>> RemoveAsync(Scope scope, Guid targetId, CancellationToken cancellationToken);

    /// <summary>What happened while it was disabled is sent once it is enabled, as far as the feed still has it.</summary>
    Task<CommandResult<Guid>> SetEnabledAsync(Scope scope, Guid targetId, bool enabled, CancellationToken cancellationToken);
}

/// <param name="Kinds">See <see cref="EventKindFilter"/>.</param>
/// <param name="TrustedRoots">Certificates in PEM that alone are trusted; null: those of the system.</param>
/// <param name="ClientCertificate">Certificate and unencrypted key in PEM, one behind the other; null: none.</param>
/// <param name="After">Cursor of the feed to begin behind; null: with what happens from now on.</param>
public sealed record NewSyslogTarget(
    string Host, int Port, SyslogFormat Format, int Facility, string Description, IReadOnlyList<string> Kinds, string? TrustedRoots = null, string? ClientCertificate = null, string? After = null)
{
    /// <summary>Without the key, so that no log shows it.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>Null leaves a value as it is; an empty text takes certificates away.</summary>
public sealed record SyslogTargetChange(
    string? Host = null, int? Port = null, SyslogFormat? Format = null, int? Facility = null, string? Description = null, IReadOnlyList<string>? Kinds = null, string? TrustedRoots = null, string? ClientCertificate = null)
{
    /// <summary>Without the key, so that no log shows it.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
