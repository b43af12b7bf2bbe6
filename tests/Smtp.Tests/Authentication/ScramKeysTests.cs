using System.Security.Cryptography;

namespace Platform.Smtp.Tests.Authentication;

public sealed class ScramKeysTests
{
    private static readonly byte[] Salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");

    /// <summary>The exchange of RFC 7677, section 3.</summary>
    [Fact]
    public void The_keys_check_and_make_the_proofs_of_the_standard()
    {
        const string nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        var message = System.Text.Encoding.ASCII.GetBytes($"n=user,r=rOprNGfwEbeRWgbNEkqO,r={nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r={nonce}");
        var proof = Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        var keys = ScramKeys.Of("", "pencil", Salt, 4096);
        var clientKey = HMACSHA256.HashData(keys.StoredKey.Span, message).Zip(proof, (a, b) => (byte)(a ^ b)).ToArray();

        Assert.Equal(keys.StoredKey.ToArray(), SHA256.HashData(clientKey));
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(HMACSHA256.HashData(keys.ServerKey.Span, message)));
    }
}
