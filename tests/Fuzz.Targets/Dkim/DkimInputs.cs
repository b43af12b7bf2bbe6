using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;

namespace Platform.Fuzz.Targets.Dkim;

/// <summary>Input near to what a signer writes: fields, key records, and a mail that is signed rightly.</summary>
internal static class DkimInputs
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "v=1;", "a=rsa-sha256;", "a=ed25519-sha256;", "b=", "bh=", "c=simple;", "d=a.test;", "h=From:", "i=@a.test;", "l=0;", "l=9999999999999999999;", "q=dns/txt;", "s=k;", "t=1;", "x=2;", "z=From:=20|",
        "k=ed25519;", "p=", "t=y:s;", "=", ";", ":", "/", "|", "\r\n", "\r\n ", "\r\n\r\n", "\n", "\r", "\0", "\u00C3\u00A4", "\u00FF", "DKIM-Signature: ", "From: x\r\n", " \t ",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "v=1; a=rsa-sha256; c=relaxed/simple; d=a.test; s=k; h=From:To:Subject; l=4; t=1; x=2; i=a@a.test; bh=QUJD; b=QUJD; z=From:a|To:b",
            "v=DKIM1; k=rsa; h=sha256; t=y:s; s=email; n=note; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALgSoqXVSEmfcIsOzw7oRuCCOwsmtX",
            "From: a@a.test\r\nTo: b\r\n\r\nbody \r\n\r\n",
        }.Select(Encoding.Latin1.GetBytes),
        Signed("From: a@a.test\r\nTo: b@b.test\r\nSubject: x\r\n\r\nbody  text\r\n"),
        [0x30, 0x0A, 0x02, 0x03, 0x0B, 0x00, 0x01, 0x02, 0x03, 0x01, 0x00, 0x01],
    ];

    private static byte[] Signed(string mail)
    {
        var options = new DkimSigningOptions { Domain = "a.test", Selector = "k" };
        return Encoding.Latin1.GetBytes(new DkimSigner(options, FuzzKeys.Key).Sign(RawMessage.Read(Encoding.Latin1.GetBytes(mail)), DateTimeOffset.UnixEpoch) + mail);
    }
}
