using Platform.Api.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Cli;

/// <summary>Accounts of the operator's own people. Only who runs the installation makes them.</summary>
internal static class SupportStaff
{
    private const int Refused = 1;

    /// <param name="settings">Arguments as the servers take them.</param>
    public static Task<int> InviteAsync(string[] settings, string address, string name, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        PlatformHost.RunPreparedAsync(
            settings,
            async (services, token) =>
            {
                var operatorScope = new Scope(
                    new HashSet<Guid> { AccountOwner.Platform.Id }, new HashSet<string>([.. Permissions.All, .. Permissions.OfPlatform]), "system:operator");
                var made = await services.GetRequiredService<IAccountCommands>().InviteAsync(
                    operatorScope, AccountOwner.Platform, new NewAccount(address, name, [BuiltInRoles.Support.Id]), token);
                if (!made.Succeeded)
                {
                    await error.WriteLineAsync(made.Message);
                    return Refused;
                }

                var invitations = services.GetRequiredService<IInvitations>();
                if (await invitations.FindAsync(made.Value, token) is not { } invitation)
                    return Refused;
                await output.WriteLineAsync($"account {made.Value}");
                await output.WriteLineAsync($"invitation {invitations.TokenOf(invitation.Id)}");
                await output.WriteLineAsync($"It is taken at /account/invitation?token=INVITATION, once, until {invitation.ExpiresAt:u}.");
                return 0;
            },
            error,
            cancellationToken);
}
