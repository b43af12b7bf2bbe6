using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Storage.Directory;

namespace Platform.Storage.Onboarding.Ldap;

/// <summary>What the settings of a directory must look like.</summary>
internal static class LdapRules
{
    /// <summary>Something of the directory cannot be taken; the sentence says what.</summary>
    public const string InvalidLdap = "INVALID_LDAP";

    private const int MaxHost = 255;
    private const int MaxText = 1_000;
    private const int MaxAttribute = 100;
    private const int MaxPem = 32_768;
    private const int MinEvery = 15;
    private const int MaxEvery = 10_080;

    public static Refusal Unknown { get; } = new("NOT_FOUND", "The tenant has no directory.");

    public static Refusal SecretRequired { get; } = new("LDAP_SECRET_REQUIRED", "Name the secret of the bind name; it is needed for another server or bind name too.");

    public static Refusal? Check(NewLdapDirectory directory, ILdapAddressRule rule)
    {
        if (directory.Host.Length is 0 or > MaxHost || Uri.CheckHostName(directory.Host) == UriHostNameType.Unknown || directory.Port is < 1 or > ushort.MaxValue)
            return Invalid("A directory has a host name or IP address, and a port from 1 to 65535; 636 with TLS, 389 with StartTLS.");
        if (rule.Refuse(directory.Host, directory.Port) is { } reason)
            return Invalid(reason);
        if (!IsText(directory.BindName) || !IsText(directory.Base) || !IsText(directory.Filter) || directory.BindSecret is { Length: 0 or > MaxText })
            return Invalid($"Bind name, base, filter and secret have 1 to {MaxText} characters and no control characters.");
        if (!IsAttribute(directory.AddressAttribute) || !IsAttribute(directory.NameAttribute)
            || (directory.AliasAttribute.Length > 0 && !IsAttribute(directory.AliasAttribute)) || (directory.GroupAttribute.Length > 0 && !IsAttribute(directory.GroupAttribute)))
            return Invalid("Attributes are names such as 'mail', of letters, digits and hyphens.");
        if (directory.EveryMinutes is not 0 and (< MinEvery or > MaxEvery) || directory.MaxRemovalPercent is < 1 or > 100)
            return Invalid($"A directory is read every {MinEvery} to {MaxEvery} minutes, or only when asked (0); the share that may be removed at once is 1 to 100 percent.");
        return Roots(directory.TrustedRoots);
    }

    private static Refusal? Roots(string? pem)
    {
        if (string.IsNullOrEmpty(pem))
            return null;
        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPem(pem.Length <= MaxPem ? pem : "");
            if (roots.Count > 0)
                return null;
        }
        catch (CryptographicException)
        {
            // Told below.
        }

        return Invalid($"Trusted certificates are written in PEM, at most {MaxPem} characters.");
    }

    private static bool IsText(string text) => text.Length is > 0 and <= MaxText && !text.Any(char.IsControl);

    private static bool IsAttribute(string name) => name.Length is > 0 and <= MaxAttribute && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && char.IsAsciiLetter(name[0]);

    private static Refusal Invalid(string message) => new(InvalidLdap, message);
}
