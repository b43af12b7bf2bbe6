using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Engine.Tests.Authentication.Dkim;

public sealed class UnsignedOctetsTests
{
    private const string KeyName = "k._domainkey.a.test";

    [Theory]
    [InlineData("signed\r\n", 8, AuthenticationResult.Pass, 0)]
    [InlineData("signed\r\nadded\r\n", 8, AuthenticationResult.Pass, 7)]
    [InlineData("signed\r\nadded  more\r\n\r\n\r\n", 8, AuthenticationResult.Pass, 12)]
    [InlineData("sign\r\n", 8, AuthenticationResult.Fail, 0)]
    [InlineData("anything\r\n", 0, AuthenticationResult.Pass, 10)]
    public async Task Octets_behind_the_signed_part_are_counted(string body, int length, AuthenticationResult expected, long expectedUnsigned)
    {
        var signedPart = Encoding.ASCII.GetBytes("signed\r\n"[..length]);
        var mail = Signed($"l={length}", Convert.ToBase64String(SHA256.HashData(signedPart))) + body;
        var report = await new DkimVerifier().VerifyAsync(
            RawMessage.Read(Encoding.ASCII.GetBytes(mail)),
            new TextRecords { [KeyName] = [SigningKeys.Record(SigningKeys.Rsa)] },
            DateTimeOffset.UnixEpoch,
            TestContext.Current.CancellationToken);

        var result = Assert.Single(report.Signatures);
        Assert.Equal((expected, expectedUnsigned), (result.Result, result.UnsignedOctets));
    }

    // A signer of ours never limits the body, so the signature is put together by hand.
    private static string Signed(string lengthTag, string bodyHash)
    {
        const string from = "From: a@a.test\r\n";
        var unsigned = $"DKIM-Signature: v=1; a=rsa-sha256; c=simple/relaxed; d=a.test; s=k; h=From; {lengthTag}; bh={bodyHash}; b=";
        var signature = SigningKeys.Rsa.SignData(Encoding.ASCII.GetBytes(from + unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{unsigned}{Convert.ToBase64String(signature)}\r\n{from}\r\n";
    }
}
