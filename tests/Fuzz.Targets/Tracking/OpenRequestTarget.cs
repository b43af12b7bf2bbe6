using System.Text;
using Platform.Engine.Tracking;

namespace Platform.Fuzz.Targets.Tracking;

/// <summary>Header fields of whoever asks for the picture of a mail, read and graded. One field a line. Throws when a promise is broken.</summary>
public static class OpenRequestTarget
{
    public static IReadOnlyList<string> Tokens { get; } =
    [
        "\n", "User-Agent: ", "Accept: ", "Accept-Language: ", "Sec-Fetch-Dest: ", "Sec-Purpose: ", "Via: ", "Referer: ", "Host: ", "https://", "Mozilla/5.0", "Chrome/", "Firefox/", "Version/", "AppleWebKit/", "Safari/", "iPhone", "Android",
        "GoogleImageProxy", "bot", "99999999999999999999", "image/", "text/html", "/", "(", ")", ";", " ", "\0", "\u00FF", "\r",
    ];

    public static IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36\nAccept: image/avif,*/*\nAccept-Language: ja\nSec-Fetch-Dest: image",
            "User-Agent: Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
            "User-Agent: curl/8\nVia: 1.1 x\nReferer: https://a.test/b\nHost: a.test",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public static void Run(ReadOnlySpan<byte> input)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Encoding.Latin1.GetString(input).Split('\n', 32))
        {
            if (line.Split(": ", 2) is [var name, var value])
                fields[name] = value;
        }

        var request = OpenRequest.Of("GET", fields.GetValueOrDefault);
        Hold(new[] { request.Agent, request.Accept, request.Languages, request.Via }.All(field => field.Length <= OpenRequest.MaxField && !field.Any(char.IsControl)), "fields are bounded and clean");
        foreach (var network in Enum.GetValues<NetworkKind>())
        {
            var graded = OpenGrading.Grade(OpenTarget.Picture, request, network, TimeSpan.FromHours(1), OpenCompany.None);
            Hold(OpenReasons.All.Contains(graded.Reason), "a grade has a reason that is known");
            Hold(graded.Agent.Family.Length <= 20 && graded.Agent.System.Length <= 20, "what asked is told in words of our own");
            Hold(graded.Grade != OpenGrade.Person || network is NetworkKind.Access or NetworkKind.Google, "a person is where people are");
        }
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
