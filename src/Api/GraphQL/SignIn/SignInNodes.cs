using System.ComponentModel;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Directory;
using Platform.Api.GraphQL.Nodes;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Identity.Outside;
using Platform.Storage.Model;
using Platform.Storage.OutsideSignIn;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.SignIn;

[Named("SignInProvider")]
[Implements(typeof(INode))]
[Requires(Permissions.SignInRead)]
[Description("An OpenID provider of a tenant that its people sign in by; see docs/sign-in.md.")]
internal sealed class SignInProviderNode(SignInProviderRow row) : INode
{
    private readonly RoleMap _roles = Storage.OutsideSignIn.RoleMap.Read(row.RoleMap, row.DefaultRoles);

    [Id]
    [Description("Opaque id.")]
    public string Id => GlobalId.Of(NodeKind.SignInProvider, row.Id);

    [Description("For people.")]
    public string Name => row.Name;

    [Description("The issuer as its tokens say it.")]
    public string Issuer => row.Issuer;

    [Description("The id that the provider gave to this platform.")]
    public string ClientId => row.ClientId;

    [Description("We prove who we are by a secret too.")]
    public bool HasClientSecret => row.ClientSecret is not null;

    [Description("Scopes asked for beside 'openid profile email'.")]
    public IReadOnlyList<string> Scopes => System.Text.Json.JsonSerializer.Deserialize<string[]>(row.Scopes) ?? [];

    [Description("False: nobody is led there.")]
    public bool Enabled => row.Enabled;

    [Description("Accounts of the tenant in these domains may use passwords and passkeys too.")]
    public bool LocalSignIn => row.LocalSignIn;

    [Description("Whoever the provider vouches for gets an account at the first sign-in.")]
    public bool CreatesAccounts => row.CreatesAccounts;

    [Description("Claim that says who gets which roles; null: roles are given here.")]
    public string? RoleClaim => row.RoleClaim;

    [Description("Roles by values of the claim.")]
    public IReadOnlyList<RoleMappingNode> RoleMap => [.. _roles.Entries.Select(entry => new RoleMappingNode(entry))];

    [Description("Keys of the roles of those for whom no value of the map names.")]
    public IReadOnlyList<string> DefaultRoles => [.. _roles.Default.Select(RoleKeys.Of)];

    [Description("When somebody last signed in by it; null: never as it is set now.")]
    public DateTimeOffset? LastSignInAt => row.LastSignInAt;

    [Description("When it was made.")]
    public DateTimeOffset CreatedAt => row.CreatedAt;

    [Description("Who made it.")]
    public string CreatedBy => row.CreatedBy;

    [Description("When it was last changed.")]
    public DateTimeOffset ChangedAt => row.ChangedAt;

    [Description("Who changed it last.")]
    public string ChangedBy => row.ChangedBy;

    [Description("The redirect address to register with the provider.")]
    public string RedirectUri([FromServices] OutsideAddress address) => address.Of(row.TenantId, null);

    [Description("Domains whose people are led there, by name.")]
    public async Task<IReadOnlyList<string>> Domains([FromServices] IPlatformDbFactory databases, [FromServices] CallerContext caller, CancellationToken cancellationToken)
    {
        await using var db = databases.Open(caller.Current.Scope);
        return await db.Domains.AsNoTracking().Where(domain => domain.SignInProviderId == row.Id).OrderBy(domain => domain.Name).Select(domain => domain.Name).ToListAsync(cancellationToken);
    }

    [Requires(Permissions.DirectoryRead)]
    [Description("Whose people sign in by it.")]
    public Task<TenantNode?> Tenant([FromServices] TenantLoaders tenants, CancellationToken cancellationToken) => tenants.FindAsync(row.TenantId, cancellationToken);
}

[Named("RoleMapping")]
[Requires(Permissions.SignInRead)]
[Description("Which roles follow from one value that a tenant's directory says.")]
internal sealed class RoleMappingNode(RoleMapping mapping)
{
    [Description("The value to the character.")]
    public string Value => mapping.Value;

    [Description("Keys of roles.")]
    public IReadOnlyList<string> Roles => [.. mapping.Roles.Select(RoleKeys.Of)];
}

[Named("SignInCheckStep")]
[Requires(Permissions.SignInWrite)]
[Description("One thing that was tried of a provider.")]
internal sealed class SignInCheckStepNode(ProviderCheckStep step)
{
    [Description("'discovery', 'client', 'roles' or 'sign-in'.")]
    public string Name => step.Name;

    [Description("How it went.")]
    public ProviderCheckState State => step.State;

    [Description("What was found and what to do, in the caller's language.")]
    public string Sentence => step.Sentence;
}

internal sealed class ProviderCheckStateEnum : EnumerationGraphType
{
    public ProviderCheckStateEnum()
    {
        Name = "SignInCheckState";
        Description = "How one thing that was tried went.";
        Add("PASSED", ProviderCheckState.Passed, "It is right.");
        Add("FAILED", ProviderCheckState.Failed, "It is wrong.");
        Add("UNKNOWN", ProviderCheckState.Unknown, "It shows only when somebody signs in.");
    }
}
