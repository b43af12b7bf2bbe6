using System.CommandLine;
using Platform.Api.Edge;
using Platform.Api.Identity;

namespace Platform.Api.Cli;

/// <summary>
/// What an operator does once by hand. <c>admin make-keys</c> makes the token keys that Production refuses to make by itself,
/// <c>admin rotate-keys</c> follows them by new ones, <c>admin create-msp</c> the first client that may do anything,
/// <c>admin create-app</c> registers an application that people sign in to, <c>admin reset-sign-in</c> helps who
/// lost their second factor, <c>admin open-passwords</c> a tenant whose own sign-in provider locks its people out,
/// <c>admin invite-support</c> makes the people who help
/// tenants that ask for it, <c>admin add-domain</c> gives a tenant a domain without proof,
/// <c>admin audit verify</c> follows the audit chains, <c>admin compact</c> rewrites the files.
/// </summary>
internal static class AdminVerb
{
    public const string Name = "admin";

    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The data folder; its keys go to DATA/keys.", DefaultValueFactory = _ => "data" };
        var makeKeys = new Command("make-keys", "Makes the keys of access tokens where they are missing. Existing keys are kept.") { data };
        makeKeys.SetAction(result =>
        {
            var folder = Path.GetFullPath(result.GetRequiredValue(data));
            new TokenKeys(new ApiSettings { DataDirectory = folder, CreateMissingKeys = true }).Ensure();
            result.InvocationConfiguration.Output.WriteLine($"The token keys lie in {Path.Combine(folder, "keys")}. Keep a copy apart from the data.");
        });

        var rotateKeys = new Command("rotate-keys", "Makes new keys of tokens. Tokens of the present ones stay valid, those of the ones before end. Restart the servers afterwards.") { data };
        rotateKeys.SetAction(result =>
        {
            var folder = Path.GetFullPath(result.GetRequiredValue(data));
            try
            {
                new TokenKeys(new ApiSettings { DataDirectory = folder }).Rotate();
            }
            catch (MissingKeyException problem)
            {
                result.InvocationConfiguration.Error.WriteLine(problem.Message);
                return 1;
            }

            result.InvocationConfiguration.Output.WriteLine("New token keys are made. Restart the servers: they sign with the new ones and still take tokens of the ones before.");
            return 0;
        });

        var slug = new Option<string>("--slug") { Description = "Short name: lower-case letters, digits, hyphens.", Required = true };
        var display = new Option<string>("--name") { Description = "Name for people.", Required = true };
        var createMsp = new Command("create-msp", "Makes an MSP and its API client SLUG-api, and prints the secret once. Settings follow as for the servers (--Data:Directory=...); with SQLite the servers must be stopped.") { slug, display };
        createMsp.TreatUnmatchedTokensAsErrors = false;
        createMsp.SetAction((result, cancellationToken) => FirstMsp.CreateAsync(
            [.. result.UnmatchedTokens],
            result.GetRequiredValue(slug),
            result.GetRequiredValue(display),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        var id = new Option<string>("--id") { Description = "The client id.", Required = true };
        var appName = new Option<string>("--name") { Description = "Name that people see when they are asked for consent.", Required = true };
        var redirect = new Option<string[]>("--redirect") { Description = "Address that browsers come back to; may be given more than once.", DefaultValueFactory = _ => [] };
        var afterLogout = new Option<string[]>("--after-logout") { Description = "Address that browsers come back to after a sign-out.", DefaultValueFactory = _ => [] };
        var isPublic = new Option<bool>("--public") { Description = "It can keep no secret: it runs in a browser or on the person's machine." };
        var native = new Option<bool>("--native") { Description = "It runs on the person's machine: any port of loopback will do." };
        var device = new Option<bool>("--device") { Description = "It may ask for device codes." };
        var createApp = new Command("create-app", "Registers an application that people sign in to, and prints its secret once. Settings follow as for the servers; with SQLite the servers must be stopped.")
        {
            id, appName, redirect, afterLogout, isPublic, native, device,
        };
        createApp.TreatUnmatchedTokensAsErrors = false;
        createApp.SetAction((result, cancellationToken) => NewApp.CreateAsync(
            [.. result.UnmatchedTokens],
            new App(
                result.GetRequiredValue(id), result.GetRequiredValue(appName), Addresses(result.GetRequiredValue(redirect)), Addresses(result.GetRequiredValue(afterLogout)), Native: result.GetValue(native), Device: result.GetValue(device)),
            result.GetValue(isPublic),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        var address = new Option<string>("--address") { Description = "The address of the account.", Required = true };
        var resetSignIn = new Command("reset-sign-in", "Takes away the authenticator app, recovery codes and passkeys of an account and ends its sessions; the password stays. Settings follow as for the servers; with SQLite the servers must be stopped.") { address };
        resetSignIn.TreatUnmatchedTokensAsErrors = false;
        resetSignIn.SetAction((result, cancellationToken) => ResetSignIn.RunAsync(
            [.. result.UnmatchedTokens], result.GetRequiredValue(address), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, cancellationToken));
        return new Command(Name, "Chores of an operator.") { makeKeys, rotateKeys, createMsp, createApp, resetSignIn, OpenPasswords(), InviteSupport(), AddDomain(), Audit(), Compact() };
    }

    private static Command OpenPasswords()
    {
        var tenant = new Option<string>("--tenant") { Description = "Short name of the tenant.", Required = true };
        var open = new Command("open-passwords", "Lets the people of a tenant sign in by password again, beside its own sign-in provider, where that locks them out. Settings follow as for the servers; with SQLite the servers must be stopped.") { tenant };
        open.TreatUnmatchedTokensAsErrors = false;
        open.SetAction((result, cancellationToken) => Cli.OpenPasswords.RunAsync(
            [.. result.UnmatchedTokens], result.GetRequiredValue(tenant), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, cancellationToken));
        return open;
    }

    private static Command AddDomain()
    {
        var tenant = new Option<string>("--tenant") { Description = "Short name of the tenant.", Required = true };
        var domain = new Option<string>("--domain") { Description = "Name of the domain.", Required = true };
        var add = new Command("add-domain", "Gives a tenant a domain that the operator vouches for, without the proof by DNS. Settings follow as for the servers; with SQLite the servers must be stopped.") { tenant, domain };
        add.TreatUnmatchedTokensAsErrors = false;
        add.SetAction((result, cancellationToken) => OwnDomain.AddAsync(
            [.. result.UnmatchedTokens],
            result.GetRequiredValue(tenant),
            result.GetRequiredValue(domain),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return add;
    }

    private static Command Audit()
    {
        var slug = new Option<string?>("--tenant") { Description = "Short name of one tenant or MSP; by default all." };
        var head = new Option<string?>("--head") { Description = "A file with a signed head of an earlier run, which the chain must still hold." };
        var verify = new Command("verify", "Follows the audit chains and prints a JSON line for each. Exit code 1 where one is broken. Settings follow as for the servers; with SQLite the servers must be stopped.") { slug, head };
        verify.TreatUnmatchedTokensAsErrors = false;
        verify.SetAction((result, cancellationToken) => AuditVerify.RunAsync(
            [.. result.UnmatchedTokens],
            result.GetValue(slug),
            result.GetValue(head),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return new Command("audit", "The audit log.") { verify };
    }

    private static Command Compact()
    {
        var compact = new Command("compact", "Rewrites database and index, so that nothing deleted is left in their free space. On PostgreSQL each table is locked meanwhile; with SQLite the servers must be stopped.");
        compact.TreatUnmatchedTokensAsErrors = false;
        compact.SetAction((result, cancellationToken) => CompactVerb.RunAsync(
            [.. result.UnmatchedTokens], result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, cancellationToken));
        return compact;
    }

    private static Command InviteSupport()
    {
        var address = new Option<string>("--address") { Description = "Mail address of the person.", Required = true };
        var display = new Option<string>("--name") { Description = "Name that tenants see.", Required = true };
        var invite = new Command("invite-support", "Makes an account of the support staff, which sees no tenant until one lets it in, and prints its invitation once. Settings follow as for the servers; with SQLite the servers must be stopped.") { address, display };
        invite.TreatUnmatchedTokensAsErrors = false;
        invite.SetAction((result, cancellationToken) => SupportStaff.InviteAsync(
            [.. result.UnmatchedTokens],
            result.GetRequiredValue(address),
            result.GetRequiredValue(display),
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            cancellationToken));
        return invite;
    }

    // What is no absolute address is refused with the rest, in words.
    private static Uri[] Addresses(string[] texts) => [.. texts.Select(text => new Uri(text, UriKind.RelativeOrAbsolute))];
}
