namespace Platform.Storage.Access;

/// <summary>By what a person, a program or a mail server comes in.</summary>
public enum AccessService
{
    /// <summary>Logins of mail programs, and each message that they send.</summary>
    Submission,

    /// <summary>Sign-in at a browser, and what is done in such a session.</summary>
    Portal,

    /// <summary>Tokens of API clients, and of people by other applications than the portal.</summary>
    Api,

    /// <summary>The reader of protected mail.</summary>
    Reader,

    /// <summary>Logins at the tenant's own servers, which ask by the auth-policy protocol.</summary>
    MailServer,
}

/// <summary>The names of services in rows, events and programs.</summary>
public static class AccessServices
{
    private static readonly string[] Names = ["submission", "portal", "api", "reader", "mail-server"];

    public static IReadOnlyList<AccessService> All { get; } = Enum.GetValues<AccessService>();

    public static string NameOf(AccessService service) => Names[(int)service];

    public static AccessService? Find(string name) => Array.IndexOf(Names, name) is >= 0 and var index ? (AccessService)index : null;
}

/// <summary>Where a rule is set, from the outside in.</summary>
public enum AccessLevel
{
    Tenant,
    Group,
    Mailbox,
    Account,
}

/// <param name="Id">Of the tenant, group, mailbox or account.</param>
public readonly record struct AccessTarget(AccessLevel Level, Guid Id);
