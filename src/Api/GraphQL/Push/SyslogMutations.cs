using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

internal sealed class SyslogMutations(ISyslogCommands commands, ISyslogReading reading, CallerContext caller, MutationRunner runner)
{
    private const int DefaultPort = 6514;
    private const int Local0 = 16;

    [Requires(Permissions.PushWrite)]
    [Description("Sends events to a collector by syslog over TLS; see docs/syslog.md.")]
    public async Task<CreateSyslogTargetPayload> CreateSyslogTarget([Description("The collector.")] CreateSyslogTargetInput input, CancellationToken cancellationToken)
    {
        var outcome = await CreateAsync(input, cancellationToken);
        return new CreateSyslogTargetPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Changes a collector. Its connection is made anew, and goes on behind what has arrived.")]
    public async Task<UpdateSyslogTargetPayload> UpdateSyslogTarget([Description("The change.")] UpdateSyslogTargetInput input, CancellationToken cancellationToken)
    {
        var change = new SyslogTargetChange(input.Host, input.Port, input.Format, input.Facility, input.Description, input.Kinds, input.TrustedRoots, input.ClientCertificate);
        var outcome = await runner.RunAsync(caller.Current.Home, "updateSyslogTarget", input, async () =>
        {
            if (GlobalId.Find(input.TargetId, NodeKind.SyslogTarget) is not { } id)
                return Unknown();
            if (input.Enabled is null || change != new SyslogTargetChange())
            {
                var changed = await commands.UpdateAsync(caller.Current.Scope, id, change, cancellationToken);
                if (!changed.Succeeded || input.Enabled is null)
                    return Outcome.Of(changed);
            }

            return Outcome.Of(await commands.SetEnabledAsync(caller.Current.Scope, id, input.Enabled.Value, cancellationToken));
        }, cancellationToken);
        return new UpdateSyslogTargetPayload(await FindAsync(outcome, cancellationToken), outcome, input);
    }

    [Requires(Permissions.PushWrite)]
    [Description("Ends sending events to a collector.")]
    public async Task<RemoveSyslogTargetPayload> RemoveSyslogTarget([Description("Which collector.")] RemoveSyslogTargetInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "removeSyslogTarget", input, async () => GlobalId.Find(input.TargetId, NodeKind.SyslogTarget) is { } id
            ? Outcome.Of(await commands.RemoveAsync(caller.Current.Scope, id, cancellationToken))
            : Unknown(), cancellationToken),
        input);

    private static Outcome Unknown() => Outcome.Failed(ErrorCodes.NotFound, "No such syslog target is in reach of this client.", "targetId");

    private Task<Outcome> CreateAsync(CreateSyslogTargetInput input, CancellationToken cancellationToken)
    {
        var target = new NewSyslogTarget(
            input.Host, input.Port ?? DefaultPort, input.Format ?? SyslogFormat.Json, input.Facility ?? Local0, input.Description ?? "", input.Kinds ?? [], input.TrustedRoots, input.ClientCertificate, input.After);
        return runner.RunForAsync(
            () => PushOwners.Of(caller.Current, input.Tenant, input.Origin),
            place => place.Owner.Id,
            "createSyslogTarget",
            input,
            async place => Outcome.Of(await commands.CreateAsync(place.Scope, place.Owner, target, cancellationToken)),
            Outcome.Refused,
            cancellationToken);
    }

    private async Task<SyslogTargetNode?> FindAsync(Outcome outcome, CancellationToken cancellationToken) =>
        outcome.Key is { } id && caller.Current.Scope.Allows(Permissions.PushRead) && await reading.FindAsync(caller.Current.Scope, id, cancellationToken) is { } view
            ? new SyslogTargetNode(view)
            : null;
}
