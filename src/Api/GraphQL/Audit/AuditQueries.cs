using System.ComponentModel;
using GraphQL;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.Audit;
using Platform.Storage.Model;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Audit;

internal sealed class AuditQueries(IPlatformDbFactory databases, IAuditLog audit, CallerContext caller)
{
    [Requires(Permissions.AuditRead)]
    [Description("Who did what, newest first: in the chains of tenants, and in that of the client's MSP.")]
    public async Task<Connection<AuditEntryNode>> AuditLog(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Description("Which entries.")] AuditFilter? filter,
        [Id][Description("One tenant; by default all in reach, and the MSP's own chain.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        var owner = tenant is null ? (filter?.OfMsp == true ? scope.MspId ?? Guid.Empty : null) : (Guid?)scope.Tenants.Single();
        var selection = filter?.ToSelection() ?? new AuditSelection(null, null, null, null);
        return await databases.PageAsync(
            scope, first, after, db => Which(db, owner, selection), row => row.At, row => Cursor.Of(row.At, row.Id), row => new AuditEntryNode(row), cancellationToken);
    }

    [Requires(Permissions.AuditRead)]
    [Complexity(VerifyImpact)]
    [Description("Follows a whole audit chain and says whether it holds. Keep signedHead elsewhere and give it back later: a tail that was cut off is then seen too.")]
    public async Task<AuditVerificationNode> AuditVerification(
        [Id][Description("Which tenant; needed where several are in reach.")] string? tenant,
        [Description("True: the chain of the client's MSP.")] bool? ofMsp,
        [Description("A head signed before, which the chain must still hold.")] string? signedHead,
        CancellationToken cancellationToken)
    {
        var (scope, owner) = ofMsp == true
            ? (caller.Current.Scope, caller.Current.Scope.MspId ?? throw ApiException.NotFound("ofMsp", "This client belongs to no MSP."))
            : caller.Current.ForTenant(tenant);
        return new AuditVerificationNode(await audit.VerifyAsync(scope, owner, signedHead, cancellationToken));
    }

    /// <summary>The whole chain is read.</summary>
    private const double VerifyImpact = 2_000;

    private static IQueryable<AuditRow> Which(PlatformDb db, Guid? owner, AuditSelection selection) =>
        selection.Apply(db.Audit.AsNoTracking().Where(row => owner == null || row.OwnerId == owner));
}

[Description("Which audit entries. All that is given must hold.")]
internal sealed record AuditFilter
{
    [Description("At this moment or later.")]
    public DateTimeOffset? Since { get; init; }

    [Description("Before this moment.")]
    public DateTimeOffset? Until { get; init; }

    [Description("Who: 'client:our-siem'.")]
    public string? Actor { get; init; }

    [Description("What was done, or how it begins: 'delivery.release', 'delivery'.")]
    public string? Action { get; init; }

    [Description("True: the chain of the client's MSP alone.")]
    public bool? OfMsp { get; init; }

    public AuditSelection ToSelection()
    {
        var selection = new AuditSelection(Since, Until, Actor, Action);
        selection.Check();
        return selection;
    }
}

[Named("AuditVerification")]
[Requires(Permissions.AuditRead)]
[Description("Whether an audit chain holds.")]
internal sealed class AuditVerificationNode(AuditVerification verification)
{
    [Description("Every entry follows from the one before, up to the end that was last written.")]
    public bool Holds => verification.Holds;

    [Description("Entries that follow, from the first on.")]
    public long Entries => verification.Entries;

    [Description("Of them, those with an erased personal field.")]
    public long Erased => verification.Erased;

    [Description("Of the erased, those of the first version, whose own content can no longer be recomputed.")]
    public long Unproven => verification.Unproven;

    [Description("The number of the first entry that does not follow; null when the chain holds.")]
    public long? FirstBreak => verification.FirstBreak;

    [Description("Hash of the last entry that follows.")]
    public string Head => verification.Head;

    [Description("The same with its number, a JSON Web Signature (RFC 7515) by the key at /v1/receipt-keys.")]
    public string SignedHead => verification.SignedHead;
}

[Named("AuditEntry")]
[Implements(typeof(INode))]
[Requires(Permissions.AuditRead)]
[Description("One link of the audit chain of a tenant or an MSP. A personal field that was erased is empty.")]
internal sealed class AuditEntryNode(AuditRow row) : INode
{
    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.AuditEntry, row.Id);

    [Description("Its number in its chain, without gaps from 1.")]
    public long Sequence => row.Sequence;

    [Description("When.")]
    public DateTimeOffset At => row.At;

    [Description("Who: 'client:our-siem'.")]
    public string Actor => row.Actor;

    [Description("What was done.")]
    public string Action => row.Action;

    [Description("On what.")]
    public string Target => row.Target;

    [Description("More about it, JSON.")]
    public string Detail => row.Detail;

    [Id]
    [Description("Id of the message it is about; null when it is about none.")]
    public string? MessageId => row.MessageId is { } id ? GlobalId.Of(NodeKind.Message, id) : null;

    [Description("When a personal field of it was erased; null while all are there.")]
    public DateTimeOffset? ErasedAt => row.ErasedAt;

    [Description("SHA-256 over the hash before and this entry, lower-case hex.")]
    public string Hash => row.Hash;
}
