using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Platform.Api.Edge;
using Platform.Api.Identity.Sessions;

namespace Platform.Api.Identity.SignIn;

/// <summary>
/// A cookie that a browser keeps after a sign-in, sealed and bound to the account: failures of strangers do not count against
/// who brings it. It lets nobody in.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, ApiSettings settings)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    /// <summary>Accounts of one browser; the oldest goes.</summary>
    private const int MaxAccounts = 5;

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("known-devices").ToTimeLimitedDataProtector();
    private readonly string _name = SessionCookie.NameOf("device", settings);

    /// <summary>The id of this browser for the account, where it signed in before.</summary>
    public string? Find(HttpContext context, Guid account) =>
        Read(context).Where(entry => entry.Account == account).Select(entry => entry.Device).FirstOrDefault();

    public void Remember(HttpContext context, Guid account)
    {
        var entries = Read(context);
        if (entries.Exists(entry => entry.Account == account))
            return;
        entries.Insert(0, (account, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))));
        var value = string.Join(' ', entries.Take(MaxAccounts).Select(entry => $"{entry.Account:N}:{entry.Device}"));
        context.Response.Cookies.Append(_name, _seal.Protect(value, KeptFor), SessionCookie.Options(context, settings, KeptFor));
    }

    private List<(Guid Account, string Device)> Read(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(_name, out var value))
            return [];
        try
        {
            return [.. _seal.Unprotect(value).Split(' ').Select(entry => (Guid.ParseExact(entry[..32], "N"), entry[33..]))];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
