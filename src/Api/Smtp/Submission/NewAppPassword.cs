using System.Security.Cryptography;
using Platform.Smtp;
using Platform.Storage.Submission;

namespace Platform.Api.Smtp.Submission;

/// <summary>A random password of 125 bits in five groups, as it is shown once and typed into a device, and the keys that are kept of it.</summary>
internal sealed record NewAppPassword(string Password, AppPasswordKeys Keys)
{
    /// <summary>RFC 7677, 4. More would slow down nobody who has to guess 125 bits.</summary>
    public const int Iterations = 4_096;

    private const int Groups = 5;
    private const int GroupLength = 5;

    /// <summary>Without letters and digits that are taken for one another.</summary>
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    public static NewAppPassword Of(string address, IAppPasswords passwords) =>
        Of(string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength))), address, passwords);

    /// <summary>One that is known to everybody, for a demonstration.</summary>
    public static NewAppPassword Of(string password, string address, IAppPasswords passwords)
    {
        var salt = passwords.SaltOf(address);
        var keys = ScramKeys.Of("", password, salt, Iterations);
        return new NewAppPassword(password, new AppPasswordKeys(salt, Iterations, keys.StoredKey.ToArray(), keys.ServerKey.ToArray()));
    }

    /// <summary>So that no log shows it.</summary>
    public override string ToString() => "(app password)";
}
