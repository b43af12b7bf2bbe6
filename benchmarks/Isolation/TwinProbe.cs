using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks.Isolation;

/// <summary>
/// Asks for another tenant's thing and for one that is nowhere, in turn and in random order, and compares the two: status and body must be the
/// same but for the id that was sent, and the time must not tell them apart. What seems to differ in time is measured once more, since a shared
/// machine has moods.
/// </summary>
public sealed partial class TwinProbe(HttpClient http, Random random)
{
    /// <summary>Beyond this many standard deviations twice in a row no machine's mood is to blame: once in thirty million times.</summary>
    private const double TellsApart = 4;

    /// <param name="token">Of the tenant that asks.</param>
    /// <param name="foreign">Ids of another tenant's things, of any kind.</param>
    /// <param name="rounds">Pairs asked for each question.</param>
    public async Task<TwinReport> RunAsync(string token, IReadOnlyList<string> foreign, int rounds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(foreign);
        var leaks = new List<Leak>();
        var worst = 0.0;
        var asked = 0;
        foreach (var id in foreign)
        {
            var unknown = Unknown(id);
            foreach (var question in Questions)
            {
                var (there, nowhere) = (await AskAsync(token, question, id, cancellationToken), await AskAsync(token, question, unknown, cancellationToken));
                asked++;
                if (there.Seen != nowhere.Seen)
                    leaks.Add(new Leak(question.Name, "difference", $"{there.Seen} / {nowhere.Seen}"));
            }
        }

        foreach (var question in Questions)
        {
            var deviation = await DeviationAsync(token, question, foreign[0], rounds, cancellationToken);
            if (Math.Abs(deviation) > TellsApart && Math.Abs(deviation = await DeviationAsync(token, question, foreign[0], rounds * 2, cancellationToken)) > TellsApart)
                leaks.Add(new Leak(question.Name, "time", $"{deviation:F1} standard deviations"));
            worst = Math.Max(worst, Math.Abs(deviation));
            asked++;
        }

        return new TwinReport(asked, leaks, worst);
    }

    private static IReadOnlyList<Question> Questions { get; } =
    [
        new("node", id => Document($"{{ node(id: \"{id}\") {{ __typename id }} }}")),
        new("message", id => Document($"{{ message(id: \"{id}\") {{ subject }} }}")),
        new("release", id => Document($"mutation {{ releaseDelivery(input: {{ deliveryId: \"{id}\" }}) {{ delivery {{ state }} errors {{ code message }} }} }}")),
        new("download", id => new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/messages/{id}/raw", UriKind.Relative))),
        new("tenant", id => new HttpRequestMessage(HttpMethod.Get, new Uri($"/v1/mailboxes?tenant={id}", UriKind.Relative))),
    ];

    private async Task<double> DeviationAsync(string token, Question question, string id, int rounds, CancellationToken cancellationToken)
    {
        List<double> there = [], nowhere = [];
        for (var i = 0; i < rounds; i++)
        {
            var unknown = Unknown(id);
            var foreignFirst = random.Next(2) == 0;
            for (var turn = 0; turn < 2; turn++)
            {
                var isForeign = foreignFirst == (turn == 0);
                (isForeign ? there : nowhere).Add((await AskAsync(token, question, isForeign ? id : unknown, cancellationToken)).Milliseconds);
            }
        }

        // The first few of either warm up connections and code.
        return RankTest.Deviation(there[(rounds / 10)..], nowhere[(rounds / 10)..]);
    }

    private async Task<(string Seen, double Milliseconds)> AskAsync(string token, Question question, string id, CancellationToken cancellationToken)
    {
        using var request = question.Make(id);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var start = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return ($"{(int)response.StatusCode} {RequestId().Replace(body, "").Replace(id, "", StringComparison.Ordinal)}", took);
    }

    // Kind and UUID in base64url: the kind stays, the rest is made up.
    private string Unknown(string id)
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(id);
        random.NextBytes(bytes.AsSpan(1));
        return System.Buffers.Text.Base64Url.EncodeToString(bytes);
    }

    private static HttpRequestMessage Document(string query) => new(HttpMethod.Post, new Uri("/graphql", UriKind.Relative))
    {
        Content = new StringContent(JsonSerializer.Serialize(new { query }), System.Text.Encoding.UTF8, "application/json"),
    };

    [GeneratedRegex("\"requestId\":\"[^\"]*\"")]
    private static partial Regex RequestId();

    private sealed record Question(string Name, Func<string, HttpRequestMessage> Make);
}

/// <param name="Asked">Comparisons made.</param>
/// <param name="Worst">The largest deviation in time, in standard deviations.</param>
public sealed record TwinReport(int Asked, IReadOnlyList<Leak> Leaks, double Worst);
