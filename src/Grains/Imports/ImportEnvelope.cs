using System.Text;
using Platform.Engine;
using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;
using Platform.Storage.Directory;

namespace Platform.Grains.Imports;

/// <summary>
/// The envelope of a mail that comes without one: the sender from Return-Path, the recipients from what the last server noted
/// (Delivered-To, X-Original-To, Envelope-To), else from To and Cc; the tenant's mailboxes among them. All of it hostile, so the
/// header is only skimmed for words with one <c>@</c>.
/// </summary>
internal sealed class ImportEnvelope(IRecipientDirectory directory)
{
    private const int MaxHeaderBytes = 256 * 1024;
    private const int MaxCandidates = 100;
    private const int MaxRecipients = 20;
    private static readonly char[] Around = [' ', '\t', '\r', '\n', ',', ';', ':', '<', '>', '(', ')', '"', '\'', '[', ']'];

    public async Task<ImportedEnvelope> ReadAsync(TenantSettings tenant, ReadOnlyMemory<byte> mail, CancellationToken cancellationToken)
    {
        var addresses = Skim(mail.Span);
        List<ImportRecipient> recipients = [];
        foreach (var address in addresses.Noted.Concat(addresses.Named).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxCandidates))
        {
            var (local, domain) = SmtpAddress.Split(address);
            var found = await directory.FindAsync(local, domain, cancellationToken);
            if (found is { Tenant.Id: var owner, Mailbox: { } mailbox } && owner == tenant.Id && recipients.TrueForAll(r => r.MailboxId != mailbox.Id))
                recipients.Add(new ImportRecipient(mailbox.Address, mailbox.Id));
            if (recipients.Count == MaxRecipients)
                break;
        }
        if (recipients.Count == 0)
            recipients.Add(new ImportRecipient(addresses.First ?? Nobody(tenant), MailboxId: null));
        return new ImportedEnvelope(
            new Envelope(null, null, null, addresses.ReturnPath, [.. recipients.Select(r => r.Address)]),
            recipients);
    }

    private static string Nobody(TenantSettings tenant) => $"unknown-recipient@{(tenant.Domains is [var domain, ..] ? domain : "invalid")}";

    private static Addresses Skim(ReadOnlySpan<byte> mail)
    {
        var found = new Addresses();
        foreach (var field in new HeaderFields(mail[..Math.Min(mail.Length, MaxHeaderBytes)]))
        {
            if (field.IsNamed("Return-Path"u8))
                found.ReturnPath ??= In(field.Value).FirstOrDefault() ?? "";
            else if (field.IsNamed("Delivered-To"u8) || field.IsNamed("X-Original-To"u8) || field.IsNamed("Envelope-To"u8))
                Add(found.Noted, field.Value);
            else if (field.IsNamed("To"u8) || field.IsNamed("Cc"u8))
                Add(found.Named, field.Value);
        }
        return found;
    }

    private static void Add(List<string> list, ReadOnlySpan<byte> value)
    {
        if (list.Count < MaxCandidates)
            list.AddRange(In(value));
    }

    private static IEnumerable<string> In(ReadOnlySpan<byte> value) =>
        Encoding.UTF8.GetString(value).Split(Around, StringSplitOptions.RemoveEmptyEntries).Where(IsAddress).Take(MaxCandidates);

    private static bool IsAddress(string word) =>
        word.Length <= 254 && word.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == word.LastIndexOf('@') && at < word.Length - 1
        && !word.Any(char.IsControl);

    private sealed class Addresses
    {
        public string? ReturnPath { get; set; }
        public List<string> Noted { get; } = [];
        public List<string> Named { get; } = [];
        public string? First => Noted is [var noted, ..] ? noted : Named is [var named, ..] ? named : null;
    }
}

internal sealed record ImportedEnvelope(Envelope Envelope, IReadOnlyList<ImportRecipient> Recipients);

internal sealed record ImportRecipient(string Address, Guid? MailboxId);
