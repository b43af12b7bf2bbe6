using Platform.Storage.Directory;
using Platform.Storage.Scopes;

namespace Platform.Storage.Accounts;

/// <summary>What an account must look like and who may change it. A refusal has a code and a sentence that says what to do.</summary>
internal static class AccountRules
{
    /// <summary>Of one owner.</summary>
    public const int MaxAccounts = 50_000;
    public const int MaxRoles = 10;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "There is no such account.");

    public static Refusal UnknownOwner { get; } = new("NOT_FOUND", "There is no such tenant or MSP.");

    public static Refusal Full { get; } = new("TOO_MANY_ACCOUNTS", $"There are {MaxAccounts:N0} accounts, the most one owner has; remove some first.");

    public static Refusal NoRole { get; } = new("INVALID_ROLES", $"An account has 1 to {MaxRoles} roles, each once.");

    public static Refusal UnknownRole { get; } = new("ROLE_UNKNOWN", "One of the roles does not exist for this owner; see the roles there are.");

    public static Refusal UnknownMailbox { get; } = new("MAILBOX_UNKNOWN", "The mailbox is not one of this tenant.");

    public static Refusal MailboxTaken { get; } = new("MAILBOX_TAKEN", "The mailbox is another account's own.");

    public static Refusal MoreThanOwn { get; } = new("PERMISSION_NOT_HELD", "You can give, change or remove only what you may do yourself; this account or role may do more.");

    public static Refusal LastAdministrator { get; } = new("LAST_ADMINISTRATOR", "This is the last active administrator; make another one first.");

    public static Refusal NotInvited { get; } = new("ACCOUNT_NOT_INVITED", "The account does not wait for an invitation any more.");

    public static Refusal StillInvited { get; } = new("ACCOUNT_INVITED", "The person has not accepted the invitation yet; invite again, or remove the account.");

    public static Refusal AddressTaken(string address) => new("ADDRESS_TAKEN", $"The address '{address}' already has an account.");

    public static Refusal? Name(string? name) => name is null ? null : DirectoryRules.Name(name);

    public static Refusal? Language(string? language) => language is null ? null : DirectoryRules.Language(language);

    /// <returns>The address as it is kept; null when it is none.</returns>
    public static string? Address(string address) => MailAddress.TryParse(address.Trim(), out var local, out var domain) ? $"{local}@{domain}" : null;

    public static Refusal ForeignDomain { get; } = new("FOREIGN_DOMAIN", "The domain of this address belongs to another tenant, whose administrators make its accounts.");

    public static Refusal InvalidAddress { get; } = new("INVALID_ADDRESS", "The address of an account is an address such as 'name@example.com'.");

    public static Refusal? Reach(Scope scope, AccountOwner owner) =>
        (owner.Kind == AccountOwnerKind.Msp ? scope.MspId == owner.Id : scope.Tenants.Contains(owner.Id)) ? null : UnknownOwner;

    /// <summary>Of a tenant whose messages the scope may not open, it does not hold that permission either.</summary>
    public static bool HoldsAll(Scope scope, AccountOwner owner, IEnumerable<Role> roles) =>
        roles.SelectMany(role => role.Permissions).All(permission => scope.AllowsFor(owner.Id, permission));
}
