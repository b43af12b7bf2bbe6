using System.Text;

namespace Platform.Fuzz.Targets.Author;

/// <summary>Good input, and the pieces that it is made of.</summary>
internal static class AuthorInputs
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "a@one.test", "b@two.test", "<", ">", ",", ";", ":", "@", "\"", "(", ")", "\\", "[", "]", ".", " ", "\r\n ", "\r\nFrom: ", "\r", "\0", "=?utf-8?B?YUB0d28udGVzdA==?=", "=?utf-8?Q?a=40two.test?=", "\u00C3\u00BC", "\u00FF", "xn--", "Sender: ",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "From: \"A, B\" (c <d@e.test>) <@x.test,@y.test:a@one.test>, G: b@two.test;\r\nSender: c@three.test\r\n",
            "From: =?utf-8?B?YUB0d28udGVzdA==?= <a@one.test>\r\nFrom: b@two.test\r\n\r\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];
}
