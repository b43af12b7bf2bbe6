using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Api.Edge;
using Platform.Api.Identity.Approvals;
using Platform.Api.Identity.Connect;
using Platform.Api.Identity.Credentials;
using Platform.Api.Identity.Outside;
using Platform.Api.Identity.Pages;
using Platform.Api.Identity.SelfService;
using Platform.Api.Identity.Sessions;
using Platform.Api.Identity.SignIn;
using Platform.Storage.Accounts;
using Platform.Storage.Departures;

namespace Platform.Api.Identity;

/// <summary>Sign-in of people: credentials on ASP.NET Core Identity, sessions, pages.</summary>
internal static class PeopleServices
{
    /// <summary>Of PBKDF2-HMAC-SHA512, as OWASP asks for; a sign-in takes about 0.1 s of processor time.</summary>
    private const int HashIterations = 210_000;

    public static void AddPeople(this IServiceCollection services, ApiSettings settings)
    {
        services.Configure<IdentityOptions>(IdentitySchema.Configure);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.AddIdentityCore<Credential>().AddEntityFrameworkStores<IdentityDb>();
        // Seals cookies and form tokens; beside the token keys, so that they outlive a restart and hosts that share the folder share it.
        services.AddDataProtection()
            .SetApplicationName("platform")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataDirectory, "keys", "cookies")));
        SessionCookie.Add(services.AddAuthentication(), settings);
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = SessionCookie.NameOf("form", settings);
            SessionCookie.Harden(options.Cookie, settings);
            options.SuppressXFrameOptionsHeader = true;
        });
        services.AddRazorComponents();

        services.AddSingleton<LiveTokens>();
        services.AddScoped<SessionStore>();
        services.AddScoped<Visitors>();
        services.AddSingleton<BreachedPasswords>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton(provider => new UnknownPassword(new PasswordHasher<Credential>(provider.GetRequiredService<IOptions<PasswordHasherOptions>>())));
        services.AddScoped<Passwords>();
        services.AddScoped<AttemptLimits>();
        services.AddSingleton<KnownDevices>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<BrowserSignIn>();
        services.AddSingleton<SignInAudit>();
        services.AddScoped<SecondFactor>();
        services.AddScoped<Authenticators>();
        services.AddScoped<Passkeys>();
        services.AddScoped<IPasskeyHandler<Credential>, PasskeyHandler<Credential>>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = settings.Issuer?.Host;
            // The device checks its owner, so that a passkey stands for two factors; and it knows whose it is, so that no address is typed.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddSingleton<IdentityFarewell>();
        services.AddSingleton<IAccountFarewell>(provider => provider.GetRequiredService<IdentityFarewell>());
        services.AddSingleton<ITenantFarewell>(provider => provider.GetRequiredService<IdentityFarewell>());
        services.AddScoped<PasswordTickets>();
        services.AddScoped<NewPasswordRoutes>();
        services.AddScoped<Consents>();
        services.AddScoped<SelfServiceRoutes>();
        services.AddScoped<ApprovalRoutes>();
        services.AddSingleton<FileOutbox>();
        services.TryAddSingleton<IAccountMails, AccountMails>();
        services.AddSingleton<ForgottenPasswords>();
        services.AddHostedService(provider => provider.GetRequiredService<ForgottenPasswords>());
        services.AddSingleton<IdentityCleanup>();
        services.AddHostedService(provider => provider.GetRequiredService<IdentityCleanup>());
        services.AddScoped<PageRenderer>();
        services.AddScoped<PageGuard>();
        services.AddScoped<SignInRoutes>();
        services.AddOutsideSignIn();
        services.AddScoped<UserTokens>();
        services.AddScoped<AuthorizeEndpoint>();
        services.AddScoped<EndSessionEndpoint>();
        services.AddScoped<DeviceEndpoint>();
    }
}
