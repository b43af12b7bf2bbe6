using System.Globalization;
using Platform.Benchmarks.Load;
using Platform.Benchmarks.Mails;
using Platform.Benchmarks.Peers;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.MainJob;

/// <summary>
/// swaks, nodemailer and Postfix send every kind of mail in clear and over STARTTLS. A clean one is right when it lies byte-identical
/// in the Maildir of each recipient, a hostile one when it waits with reasons, a release when it reaches exactly the mailbox asked for.
/// </summary>
internal sealed class PeersBench : IBench
{
    private static readonly string[] Mailboxes = ["info@acme.test", "sales@acme.test", "keiri@acme.test"];
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> Figures => ["peers"];

    public async Task<IReadOnlyList<Figure>> MeasureAsync(BenchContext context, CancellationToken cancellationToken)
    {
        using var data = new TempFolder("peers");
        await using var product = await RunningProduct.StartAsync(new ProductSettings(context.Workspace, data.Path), cancellationToken);
        using var client = new PlatformClient(product.Http, "acme-api");

        context.Progress.Say("three programs send");
        var cases = (await Task.WhenAll(
            SendAllAsync(new SwaksPeer(product.Smtp), cancellationToken),
            SendAllAsync(new NodemailerPeer(product.Smtp, context.Workspace), cancellationToken),
            SendAllAsync(await PostfixPeer.StartAsync(product.Smtp, cancellationToken), cancellationToken))).SelectMany(c => c).ToList();

        var taken = cases.Where(c => c.Refusal is null).Select(c => c.Mail).ToList();
        var snapshot = await Snapshot.SettledAsync(client, product.Delivered, taken, Settling, cancellationToken);
        List<(string Name, string? Wrong)> results =
            [.. cases.Select(c => (c.Name, c.Refusal ?? (c.Mail.Hostile ? snapshot.WhyNotStopped(c.Mail) : snapshot.WhyNotDelivered(c.Mail))))];

        context.Progress.Say("one recipient of each stopped mail is released");
        results.AddRange(await ReleaseAsync(client, product, cases, snapshot, cancellationToken));

        foreach (var (name, wrong) in results.Where(r => r.Wrong is not null))
            context.Progress.Say($"wrong: {name}: {wrong}");
        var right = results.Count(r => r.Wrong is null);
        return
        [
            new Figure("peers", right, $"cases right of {results.Count}", $"{results.Count}", right == results.Count)
            {
                Detail = right == results.Count ? null : string.Join("; ", results.Where(r => r.Wrong is not null).Take(5).Select(r => $"{r.Name}: {r.Wrong}")),
            },
        ];
    }

    private static async Task<IReadOnlyList<PeerCase>> SendAllAsync(IMailPeer sender, CancellationToken cancellationToken)
    {
        await using var peer = sender;
        List<PeerCase> cases = [];
        foreach (var startTls in new[] { false, true })
        {
            foreach (var kind in PeerMail.All)
            {
                var name = $"{peer.Name}/{kind.Name}{(startTls ? "/starttls" : "")}";
                var mail = kind.To(IdOf(name), kind.Hostile ? Mailboxes : [Mailboxes[cases.Count % 3], .. cases.Count % 4 == 0 ? [Mailboxes[(cases.Count + 1) % 3]] : Array.Empty<string>()]);
                cases.Add(new PeerCase(name, mail, await peer.SendAsync(mail, startTls, cancellationToken)));
            }

            if (peer is NodemailerPeer nodemailer)
            {
                var name = $"{peer.Name}/composed{(startTls ? "/starttls" : "")}";
                var (mail, refusal) = await nodemailer.ComposeAsync(IdOf(name), Mailboxes[1], startTls, cancellationToken);
                cases.Add(new PeerCase(name, mail, refusal));
            }
        }

        return cases;
    }

    private static async Task<IReadOnlyList<(string Name, string? Wrong)>> ReleaseAsync(
        PlatformClient client, RunningProduct product, IReadOnlyList<PeerCase> cases, Snapshot before, CancellationToken cancellationToken)
    {
        List<(PeerCase Case, string Recipient, string? Wrong)> releases = [];
        foreach (var stopped in cases.Where(c => c.Mail.Hostile && c.Refusal is null && before.WhyNotStopped(c.Mail) is null))
        {
            var recipient = stopped.Mail.Recipients[releases.Count % stopped.Mail.Recipients.Count];
            string? wrong = null;
            try
            {
                await client.ReleaseAsync(before.Messages[stopped.Mail.Id].Single().To(recipient)!.Id, cancellationToken);
            }
            catch (PlatformApiException e)
            {
                wrong = e.Message;
            }

            releases.Add((stopped, recipient, wrong));
        }

        var after = await Snapshot.SettledAsync(client, product.Delivered, [.. releases.Select(r => r.Case.Mail)], Settling, cancellationToken);
        return [.. releases.Select(r => ($"{r.Case.Name}/release", r.Wrong ?? WhyNotReleased(after, r.Case.Mail, r.Recipient)))];
    }

    private static string? WhyNotReleased(Snapshot after, OutgoingMail mail, string released)
    {
        if (after.WhyNotInMaildir(mail, released) is { } wrong)
            return wrong;
        if (after.Files[mail.Id].Count() != 1)
            return "it reached other mailboxes too";
        return mail.Recipients.Where(r => r != released).FirstOrDefault(r => after.StatesFor(mail, r).Single() != "QUARANTINED") is { } moved
            ? $"{moved} left quarantine as well"
            : null;
    }

    private static string IdOf(string name) => string.Create(CultureInfo.InvariantCulture, $"{name.Replace('/', '.').ToLowerInvariant()}@partner.example");

    private sealed record PeerCase(string Name, OutgoingMail Mail, string? Refusal);
}
