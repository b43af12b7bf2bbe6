using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Arc;
using Platform.Fuzz.Targets.Dkim;

namespace Platform.Fuzz.Targets.Arc;

/// <summary>Mails that were sealed rightly.</summary>
internal static class ArcInputs
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "ARC-Seal: ", "ARC-Message-Signature: ", "ARC-Authentication-Results: ", "i=1;", "i=2;", "i=0;", "i=51;", "cv=none;", "cv=pass;", "cv=fail;", "a=rsa-sha256;", "b=", "bh=", "d=a.test;", "s=k;",
        "h=From:ARC-Seal;", "t=1;", "=", ";", ":", "\r\n", "\r\n ", "\r\n\r\n", "\n", "\0", "\u00FF", " ",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } = [.. Enumerable.Range(1, 3).Select(sets => Sealed("From: a@a.test\r\nSubject: x\r\n\r\nbody\r\n", sets))];

    public static byte[] Sealed(string mail, int sets)
    {
        var sealer = new ArcSealer(new ArcSealingOptions { Domain = "a.test", Selector = "k" }, FuzzKeys.Key);
        var report = new ArcReport { Result = AuthenticationResult.None, Explanation = "" };
        for (var instance = 1; instance <= sets; instance++)
        {
            mail = string.Concat(sealer.Seal(RawMessage.Read(Encoding.Latin1.GetBytes(mail)), report, "a.test; spf=pass", DateTimeOffset.UnixEpoch)) + mail;
            report = new ArcReport { Result = AuthenticationResult.Pass, Explanation = "", HighestInstance = instance };
        }

        return Encoding.Latin1.GetBytes(mail);
    }
}
