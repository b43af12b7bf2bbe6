using System.Globalization;
using System.Text;
using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Mails;

/// <summary>Makes ordinary and hostile mails of any size and number, the same for the same seed. Safe to call from many threads.</summary>
internal sealed class MailFactory
{
    private const string Stranger = "mika@partner.example";
    private const int PoolSize = 512 * 1024;

    private static readonly string[] Words =
        ["the", "meeting", "moved", "to", "Thursday", "please", "find", "notes", "from", "our", "last", "visit", "below", "we", "agreed", "on",
         "a", "schedule", "for", "spring", "and", "the", "new", "drawings", "are", "ready", "with", "best", "regards", "team", "garden", "report"];

    private static readonly string[] Mailboxes = ["info@acme.test", "sales@acme.test", "keiri@acme.test"];

    private readonly string run;
    private readonly string sender;
    private readonly Random random;
    private readonly Lock gate = new();
    private readonly string pool;
    private int made;

    /// <param name="run">First part of every Message-ID made, so that loads do not meet.</param>
    /// <param name="sender">Author and reverse-path of all of them.</param>
    public MailFactory(string run, Random random, string sender = Stranger)
    {
        this.run = run;
        this.sender = sender;
        this.random = random;
        // Making text costs more than sending it, so it is made once and cut from then on.
        var text = new StringBuilder();
        while (text.Length < PoolSize)
            text.Append(Line(random, 20 + random.Next(56))).Append("\r\n");
        pool = text.ToString();
    }

    /// <summary>A clean text mail of about <paramref name="size"/> bytes to <paramref name="recipients"/>, or to one of three mailboxes.</summary>
    public OutgoingMail Clean(int size, params IReadOnlyList<string> recipients) => CleanWith(size, [], recipients);

    /// <summary>As <see cref="Clean"/>, with further header fields.</summary>
    public OutgoingMail CleanWith(int size, IReadOnlyList<string> headers, params IReadOnlyList<string> recipients)
    {
        var to = OrAny(recipients);
        var id = NextId();
        var header = Header(id, to, headers);
        var bytes = Encoding.ASCII.GetBytes(header + Text(Math.Max(80, size - header.Length)));
        return new OutgoingMail(id, sender, to, bytes, Hostile: false);
    }

    /// <summary>A mail that policy must stop: proof (EICAR) among its parts.</summary>
    public OutgoingMail Hostile(params IReadOnlyList<string> recipients)
    {
        var to = OrAny(recipients);
        var id = NextId();
        return new OutgoingMail(id, sender, to, HostileMails.EicarAttachment(id, to), Hostile: true);
    }

    /// <summary>A clean mail of exactly that many bytes, so that it can be known by its size.</summary>
    public OutgoingMail CleanOfExactly(int size, params IReadOnlyList<string> recipients)
    {
        var to = OrAny(recipients);
        var id = NextId();
        var text = new StringBuilder(Header(id, to, []));
        ArgumentOutOfRangeException.ThrowIfLessThan(size - text.Length, 100, nameof(size));
        // Lines of 70 and two for the line end; what does not make two such lines becomes the last one.
        lock (gate)
        {
            while (size - text.Length > 144)
                text.Append(Line(random, 70)).Append("\r\n");
            text.Append(Line(random, size - text.Length - 2)).Append("\r\n");
        }

        return new OutgoingMail(id, sender, to, Encoding.ASCII.GetBytes(text.ToString()), Hostile: false);
    }

    private IReadOnlyList<string> OrAny(IReadOnlyList<string> recipients)
    {
        if (recipients.Count > 0)
            return recipients;
        lock (gate)
            return [Mailboxes[random.Next(Mailboxes.Length)]];
    }

    // Whole lines from anywhere in the pool.
    private string Text(int size)
    {
        if (size >= pool.Length / 2)
            return string.Concat(Enumerable.Repeat(pool, (size / pool.Length) + 1));
        int from;
        lock (gate)
            from = random.Next(pool.Length - size - 200);
        from = pool.IndexOf('\n', from) + 1;
        return pool[from..(pool.IndexOf('\n', from + size) + 1)];
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"{run}-{Interlocked.Increment(ref made)}@partner.example");

    private string Header(string id, IReadOnlyList<string> recipients, IReadOnlyList<string> headers) =>
        $"""
        From: Mika Aalto <{sender}>
        To: {string.Join(", ", recipients)}
        Subject: Notes of our visit {id[..id.IndexOf('@', StringComparison.Ordinal)]}
        Date: Tue, 24 Nov 2026 10:00:00 +0900
        Message-ID: <{id}>
        MIME-Version: 1.0
        Content-Type: text/plain; charset=us-ascii
        {string.Concat(headers.Select(h => h + "\n"))}

        """.ReplaceLineEndings("\r\n");

    private static string Line(Random random, int length)
    {
        var line = new StringBuilder(length + 10);
        while (line.Length < length)
            line.Append(Words[random.Next(Words.Length)]).Append(' ');
        line.Length = length;
        line[^1] = 'e';
        return line.ToString();
    }
}
