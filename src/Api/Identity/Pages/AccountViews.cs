namespace Platform.Api.Identity.Pages;

/// <summary>One session on the page of the account.</summary>
public sealed record SessionView(string Id, string Device, string Network, DateTimeOffset SignedInAt, DateTimeOffset LastSeenAt, bool IsThis);

/// <summary>One passkey on the page of the account.</summary>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset AddedAt);

/// <summary>One application that was let in.</summary>
public sealed record AppView(string ClientId, string Name);

/// <summary>All that the page of the account shows.</summary>
/// <param name="RecoveryCodes">How many are left; null: there is no authenticator app.</param>
public sealed record AccountView(
    bool HasPassword, int? RecoveryCodes, IReadOnlyList<PasskeyView> Passkeys, IReadOnlyList<SessionView> Sessions, IReadOnlyList<AppView> Apps);
