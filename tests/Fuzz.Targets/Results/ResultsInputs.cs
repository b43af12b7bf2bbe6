using System.Text;

namespace Platform.Fuzz.Targets.Results;

/// <summary>Good input, and the pieces that it is made of.</summary>
internal static class ResultsInputs
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "mx.one.test", "Authentication-Results: ", "; ", "spf=pass", "dkim", "=", "fail", " reason=", "\"", "\\", "(", ")", " smtp.mailfrom=", "a@two.test", " header.", "d=", ".", "/", "1", "\r\n ", "\r\n", "\0", "\u00FF", "none", "=?utf-8?Q?mx.one.test?=",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "Authentication-Results: mx.one.test 1; spf=pass (a \"b\") smtp.mailfrom=a@two.test; dkim=fail reason=\"x\" header.d=two.test; dmarc=none\r\n",
            "Authentication-Results: mx.one.test; none\r\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
