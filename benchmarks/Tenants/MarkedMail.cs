using System.Text;
using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Tenants;

/// <summary>A mail in which a word of its own stands in each place that a sender fills.</summary>
internal sealed record MarkedMail(OutgoingMail Mail, IReadOnlyList<string> Words)
{
    private const string Letters = "bcdfghjklmnpqrstvwxz";
    private const int WordLength = 18;

    /// <summary>The test file of the antivirus trade, which every scanner stops; kept in two halves so that this program is not stopped.</summary>
    private static readonly string Eicar = string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*");

    /// <param name="hostile">It is stopped and waits in quarantine.</param>
    public static MarkedMail Make(Random random, string recipient, bool hostile)
    {
        var words = Enumerable.Range(0, 8).Select(_ => Word(random)).ToArray();
        var id = $"{words[0]}@partner.example";
        var text = $"""
            From: "{words[1]}" <{words[2]}@partner.example>
            To: <{recipient}>
            Message-ID: <{id}>
            Date: Fri, 27 Nov 2026 09:00:00 +0000
            Subject: about {words[3]}
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            The word is {words[4]}, see https://{words[5]}.example/ for more.
            --b
            Content-Type: application/octet-stream; name="{words[6]}.{(hostile ? "com" : "txt")}"
            Content-Disposition: attachment; filename="{words[6]}.{(hostile ? "com" : "txt")}"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(Encoding.ASCII.GetBytes(hostile ? Eicar : $"inside stands {words[7]}"))}
            --b--

            """.ReplaceLineEndings("\r\n");
        return new MarkedMail(new OutgoingMail(id, $"{words[2]}@partner.example", [recipient], Encoding.UTF8.GetBytes(text), hostile), hostile ? words[..7] : words);
    }

    private static string Word(Random random) => string.Create(WordLength, random, static (span, random) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = Letters[random.Next(Letters.Length)];
    });
}
