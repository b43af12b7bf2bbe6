using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Push;

internal sealed class SyslogQueries(ISyslogReading reading, CallerContext caller)
{
    [Requires(Permissions.PushRead)]
    [Description("Collectors that take events by syslog over TLS, newest first.")]
    public async Task<Connection<SyslogTargetNode>> SyslogTargets(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("One tenant; by default all in reach, and the MSP's own.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var size = Paging.Size(first);
        var from = Cursor.ReadTime(after);
        var scope = tenant is null ? caller.Current.Scope : caller.Current.ForTenant(tenant).Scope with { MspId = null };
        var rows = await reading.PageAsync(scope, from, size + 1, cancellationToken);
        return new Connection<SyslogTargetNode>(
            Paging.Of(rows, size, after, view => new SyslogTargetNode(view), view => Cursor.Of(view.Row.CreatedAt, view.Row.Id)),
            token => reading.CountAsync(scope, token));
    }
}
