using System.Text.RegularExpressions;
using MimeKit;
using Platform.Benchmarks.Product;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Tenants;

/// <summary>Accounts made as an administrator makes them: invited, the mail read in the person's mailbox, its link followed, a password set.</summary>
internal static partial class InvitedPeople
{
    private const string Invite = "mutation($address: String!) { inviteAccount(input: { address: $address, name: \"Person\", roles: [\"analyst\"] }) { account { id } errors { code message } } }";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <returns>Address and password of each.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> MakeAsync(RunningProduct product, Random random, int count, CancellationToken cancellationToken)
    {
        using var client = new PlatformClient(product.Http, "acme-api");
        var passwords = Enumerable.Range(0, count).ToDictionary(i => $"person{i}@acme.test", _ => string.Join(' ', Enumerable.Range(0, 3).Select(_ => random.Word(7, 9))));
        foreach (var address in passwords.Keys)
        {
            var made = (await client.QueryAsync(Invite, new { address }, cancellationToken)).GetProperty("inviteAccount");
            if (made.GetProperty("errors").GetArrayLength() > 0)
                throw new InvalidOperationException($"inviteAccount: {made.GetProperty("errors").GetRawText()}");
        }

        foreach (var (address, password) in passwords)
        {
            Uri? link = null;
            await Wait.ForAsync($"the invitation of {address} arrives", Patience, () => Task.FromResult((link = Link(product, address)) is not null), cancellationToken);
            using var form = new SignInForm(product.Http, "203.0.113.50");
            await form.SetPasswordAsync(link!, password, cancellationToken);
        }

        return passwords;
    }

    private static Uri? Link(RunningProduct product, string address) => DeliveredMail.Read(product.Delivered, address)
        .Select(mail => MimeMessage.Load(new MemoryStream(mail.Bytes.ToArray())))
        .Select(mail => Invitation().Match(mail.TextBody ?? ""))
        .Where(match => match.Success)
        .Select(match => new Uri(match.Value))
        .FirstOrDefault();

    [GeneratedRegex(@"https?://[^\s<>]+/account/invitation\?token=[A-Za-z0-9._~%-]+")]
    private static partial Regex Invitation();
}
