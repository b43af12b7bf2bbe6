using System.ComponentModel;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Storage.OutsideSignIn;

namespace Platform.Api.GraphQL.SignIn;

[Description("Which roles follow from one value that a tenant's directory says.")]
internal sealed record RoleMappingInput
{
    [Description("The value to the character: of the claim, or the name or external id of a group. 1 to 200 characters.")]
    public required string Value { get; init; }

    [Description("Keys of roles, 1 to 10; see roles.")]
    public required IReadOnlyList<string> Roles { get; init; }

    public static IReadOnlyList<RoleMapping> Read(IReadOnlyList<RoleMappingInput> map) => [.. map.Select(entry => new RoleMapping(entry.Value, RoleKeys.Read(entry.Roles)))];
}

[Description("Input of createSignInProvider.")]
internal sealed record CreateSignInProviderInput : MutationInput
{
    [Id]
    [Description("Which tenant; needed where several are in reach.")]
    public string? Tenant { get; init; }

    [Description("For people, up to 200 characters.")]
    public required string Name { get; init; }

    [Description("The issuer to the character as the provider writes it: an 'https' address.")]
    public required string Issuer { get; init; }

    [Description("The id that the provider gave to this platform.")]
    public required string ClientId { get; init; }

    [Description("The secret that goes with it; left out for a client by PKCE alone. Kept encrypted and never shown.")]
    public string? ClientSecret { get; init; }

    [Description("Domains of the tenant whose people are led there, at most 200; none for the time being.")]
    public IReadOnlyList<string>? Domains { get; init; }

    [Description("Scopes asked for beside 'openid profile email', such as 'groups'.")]
    public IReadOnlyList<string>? Scopes { get; init; }

    [Description("Whoever the provider vouches for gets an account at the first sign-in; by default true.")]
    public bool? CreatesAccounts { get; init; }

    [Description("Claim that says who gets which roles, such as 'groups', 'roles' or 'realm_access.roles'; left out, roles are given here.")]
    public string? RoleClaim { get; init; }

    [Description("Roles by values of the claim, at most 100.")]
    public IReadOnlyList<RoleMappingInput>? RoleMap { get; init; }

    [Description("Keys of the roles of those for whom no value of the map names; none: they are not let in.")]
    public IReadOnlyList<string>? DefaultRoles { get; init; }
}

[Description("Input of updateSignInProvider. What is left out stays.")]
internal sealed record UpdateSignInProviderInput : MutationInput
{
    [Id]
    [Description("The provider.")]
    public required string ProviderId { get; init; }

    [Description("For people.")]
    public string? Name { get; init; }

    [Description("The issuer; another one needs its own secret, and must be proven by a sign-in anew.")]
    public string? Issuer { get; init; }

    [Description("The id that the provider gave to this platform.")]
    public string? ClientId { get; init; }

    [Description("The secret; empty takes it away.")]
    public string? ClientSecret { get; init; }

    [Description("All domains that are led there from then on.")]
    public IReadOnlyList<string>? Domains { get; init; }

    [Description("Scopes asked for beside 'openid profile email'.")]
    public IReadOnlyList<string>? Scopes { get; init; }

    [Description("False: nobody is led there, and nobody gets in by it.")]
    public bool? Enabled { get; init; }

    [Description("Whether accounts of the tenant in these domains may use passwords and passkeys too. False only after a sign-in by this provider.")]
    public bool? LocalSignIn { get; init; }

    [Description("Whoever the provider vouches for gets an account at the first sign-in.")]
    public bool? CreatesAccounts { get; init; }

    [Description("Claim that says who gets which roles; empty takes it away.")]
    public string? RoleClaim { get; init; }

    [Description("Roles by values of the claim, in place of those before.")]
    public IReadOnlyList<RoleMappingInput>? RoleMap { get; init; }

    [Description("Keys of the roles of those for whom no value of the map names.")]
    public IReadOnlyList<string>? DefaultRoles { get; init; }
}

[Description("Names a sign-in provider.")]
internal sealed record SignInProviderInput : MutationInput
{
    [Id]
    [Description("The provider.")]
    public required string ProviderId { get; init; }
}

[Description("Input of forgetOutsideSignIn.")]
internal sealed record ForgetOutsideSignInInput : MutationInput
{
    [Id]
    [Description("The account.")]
    public required string AccountId { get; init; }
}
