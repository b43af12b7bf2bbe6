using System.Diagnostics;
using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Links;
using Platform.Engine.Tests.Authentication.Dmarc;

namespace Platform.Engine.Tests.Authentication;

/// <summary>Headers made to cost more than their size. Each must end soon; the bound here is a guard against hanging, not a benchmark.</summary>
public sealed class HostileHeaderTests(ITestOutputHelper output)
{
    private const int Size = 1_000_000;
    private static readonly TimeSpan HangGuard = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, Func<string>> Headers = new()
    {
        ["addresses without A-labels"] = () => Fields("From", 20, "a@\u05D0a,"),
        ["addresses without A-labels in brackets"] = () => Fields("From", 20, "<a@\u05D0a.b ", "<"),
        ["addresses without A-labels in names"] = () => Fields("From", 20, "a@\u05D0a.b ", "\"", "\" <x@y.test>"),
        ["senders without A-labels"] = () => Fields("Sender", 1_900, "a@\u05D0a.b,"),
        ["results without A-labels"] = () => Fields("Authentication-Results", 500, "\u05D0a "),
        ["40,000 results"] = () => Fields("Authentication-Results", 40_000, ""),
        ["continuations"] = () => Fields("X", 1_900, "\r\n From:a@\u05D0a.b"),
        ["comments without A-labels"] = () => Fields("From", 20, "(a@\u05D0a.b)"),
        ["short results without A-labels"] = () => Fields("Authentication-Results", 9_000, "\u05D0a "),
        ["signatures of 1,000 names"] = () => string.Concat(Enumerable.Repeat($"DKIM-Signature: v=1; a=rsa-sha256; d=one.test; s=k; bh=AAAA; b=AAAA; h=from{string.Concat(Enumerable.Repeat(":x", 999))}\r\n", 100)) + Fields("X", 3_000, "y"),
        ["50 sets"] = () => string.Concat(Enumerable.Range(1, 50).Select(i => $"ARC-Seal: i={i}; a=rsa-sha256; cv={(i == 1 ? "none" : "pass")}; d=one.test; s=k; b=AAAA\r\nARC-Message-Signature: i={i}; a=rsa-sha256; d=one.test; s=k; bh=AAAA; b=AAAA; h=from\r\nARC-Authentication-Results: i={i}; one.test; x={new string('y', 15_000)}\r\n")),
    };

    public static TheoryData<string> Kinds => [.. Headers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Ends_soon(string kind)
    {
        var message = Encoding.UTF8.GetBytes($"{Headers[kind]()}\r\nbody\r\n");
        var envelope = new Envelope("192.0.2.1", null, "mx.one.test", "a@one.test", ["b@two.test"]);
        var started = Stopwatch.GetTimestamp();
        await new Authenticator(new AuthenticatorOptions("mx.two.test")).AuthenticateAsync(message, envelope, new DnsTable(), OrganisationalDomain.Embedded, DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"{kind}: {elapsed.TotalMilliseconds:0} ms, {message.Length} bytes");
        Assert.True(elapsed < HangGuard, $"{kind} took {elapsed}");
    }

    private static string Fields(string name, int count, string piece, string before = "", string after = "")
    {
        var length = Math.Max(0, (Size / count) - name.Length - before.Length - after.Length - 4);
        var pieces = piece.Length == 0 ? "" : string.Concat(Enumerable.Repeat(piece, Math.Max(1, length / Encoding.UTF8.GetByteCount(piece))));
        return string.Concat(Enumerable.Repeat($"{name}: {before}{pieces}{after}\r\n", count));
    }
}
