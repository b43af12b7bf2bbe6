using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Smtp.Submission;
using Platform.Storage.Model;
using Platform.Storage.Scopes;
using Platform.Storage.Submission;

namespace Platform.Api.GraphQL.Submission;

internal sealed class AppPasswordQueries(IPlatformDbFactory databases, CallerContext caller)
{
    [Requires(Permissions.SubmissionRead)]
    [Description("App passwords, newest first: of all tenants in reach, or of the own mailbox. A mailbox has at most 20.")]
    public async Task<Connection<AppPasswordNode>> AppPasswords(
        [Description("How many, at most 200.")] int? first,
        [Description("Go on behind this cursor.")] string? after,
        [Id][Description("Only of this mailbox.")] string? mailbox,
        [Id][Description("One tenant; by default all in reach.")] string? tenant,
        CancellationToken cancellationToken)
    {
        var scope = caller.Current.ForTenants(tenant);
        var of = mailbox is null ? (Guid?)null : GlobalId.Read(mailbox, NodeKind.Mailbox, "mailbox");
        return await databases.PageAsync(
            scope, first, after, db => Which(db, of), row => row.CreatedAt, row => Cursor.Of(row.CreatedAt, row.Id), row => new AppPasswordNode(row), cancellationToken);
    }

    private static IQueryable<AppPasswordRow> Which(PlatformDb db, Guid? mailbox) => db.AppPasswords.AsNoTracking().Where(row => mailbox == null || row.MailboxId == mailbox);
}

internal sealed class AppPasswordMutations(IAppPasswords passwords, IPlatformDbFactory databases, CallerContext caller, MutationRunner runner)
{
    private const int DefaultDays = 365;

    [Requires(Permissions.SubmissionWrite)]
    [Description("Makes a password by which one program or device sends mail as a mailbox. Shown once.")]
    public async Task<CreateAppPasswordPayload> CreateAppPassword([Description("The app password.")] CreateAppPasswordInput input, CancellationToken cancellationToken)
    {
        var made = (NewAppPassword?)null;
        var outcome = await runner.RunAsync(
            caller.Current.Home,
            "createAppPassword",
            input,
            async () =>
            {
                var named = input.MailboxId is { } given ? GlobalId.Find(given, NodeKind.Mailbox) : caller.Current.Scope.Mailboxes is { Count: 1 } own ? own.First() : null;
                if (named is not { } mailbox || await AddressAsync(mailbox, cancellationToken) is not { } address)
                    return Outcome.Failed(ErrorCodes.NotFound, "No such mailbox is in reach of this client; name one.", "mailboxId");
                made = NewAppPassword.Of(address, passwords);
                return Outcome.Of(await passwords.CreateAsync(caller.Current.Scope, mailbox, input.Name, input.ValidDays ?? DefaultDays, made.Keys, cancellationToken));
            },
            cancellationToken);
        return new CreateAppPasswordPayload(made, outcome, input);
    }

    [Requires(Permissions.SubmissionWrite)]
    [Description("Removes an app password; it is worth nothing from the next login, or message of an open session, on.")]
    public async Task<RemoveAppPasswordPayload> RemoveAppPassword([Description("Which app password.")] RemoveAppPasswordInput input, CancellationToken cancellationToken) => new(
        await runner.RunAsync(caller.Current.Home, "removeAppPassword", input, async () => GlobalId.Find(input.AppPasswordId, NodeKind.AppPassword) is { } id
            ? Outcome.Of(await passwords.RemoveAsync(caller.Current.Scope, id, cancellationToken))
            : Outcome.Failed(ErrorCodes.NotFound, "No such app password is in reach of this client.", "appPasswordId"), cancellationToken),
        input);

    private async Task<string?> AddressAsync(Guid mailbox, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Mailboxes.AsNoTracking().Where(row => row.Id == mailbox).Select(row => row.Address).SingleOrDefaultAsync(cancellationToken);
    }
}
