using Platform.Benchmarks.Mails;
using Platform.Engine;
using Platform.Engine.Verdicts;

namespace Platform.EndToEnd.Tests.Harness;

/// <summary>The mails that the end-to-end tests send must be what they are said to be, or those tests test nothing.</summary>
public sealed class PeerMailTests
{
    public static TheoryData<string> Kinds => [.. PeerMail.All.Select(k => k.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_engine_sees_an_attack_exactly_in_the_hostile_ones(string name)
    {
        var kind = PeerMail.All.Single(k => k.Name == name);
        var mail = kind.To("id@partner.example", "info@acme.test");
        var envelope = new Envelope("127.0.0.1", null, "mail.partner.example", mail.From, mail.Recipients);
        var context = ScanContext.Offline(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero), "acme.test");

        var verdict = await Scanner.Create().ScanAsync(new ScanRequest(mail.Bytes, envelope, context), TestContext.Current.CancellationToken);

        Assert.True(
            kind.Hostile == verdict.Kind.IsAttack(),
            $"{verdict.Kind} {verdict.Score}: {string.Join(", ", verdict.Reasons.Select(r => $"{r.Id} {r.Weight}"))}");
    }
}
