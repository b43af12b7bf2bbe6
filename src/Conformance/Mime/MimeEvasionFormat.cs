using System.Security.Cryptography;
using System.Text.Json;
using Platform.Engine;
using Platform.Engine.Mail;

namespace Platform.Conformance.Mime;

/// <summary>
/// <c>mime-evasion-v1</c>: messages built so that programs read them differently. An attachment must be found, by the hash
/// of its content or by its name; where the message is clearly off the standard (<c>validity</c> 0), saying that it is
/// malformed or ambiguous is enough.
/// </summary>
internal sealed class MimeEvasionFormat : ISuiteFormat
{
    public string Format => "mime-evasion-v1";

    public async ValueTask<CaseOutcome> RunAsync(SuiteCase item, CancellationToken cancellationToken)
    {
        var message = new MailReader().Read(await item.ReadFileAsync(cancellationToken), ScanLimits.Default, cancellationToken);
        if (!item.Data.TryGetProperty("expect", out var expected))
            throw new SuiteException($"case {item.Id} expects nothing");
        if (Finds(message, expected))
            return CaseOutcome.Pass;
        var mayBeFlagged = item.Data.TryGetProperty("validity", out var validity) && validity.GetInt32() == 0;
        return mayBeFlagged && message.Notes.Count > 0
            ? CaseOutcome.Pass
            : CaseOutcome.Fail($"not found among {string.Join(", ", message.Leaves.Select(leaf => $"{leaf.Path} {leaf.MediaType} {leaf.FileName}".TrimEnd()))}; noted {string.Join(' ', message.Notes.Select(note => note.Id))}");
    }

    private static bool Finds(MailMessage message, JsonElement expected)
    {
        if (expected.TryGetProperty("last_part_filename_ends", out var ending))
            return message.Leaves.Any(leaf => leaf.FileNames.Any(name => name.EndsWith(ending.GetString()!, StringComparison.OrdinalIgnoreCase)));
        var wanted = expected.GetProperty("sha256").GetString();
        return message.Leaves.Select(leaf => leaf.Content)
            .Concat(message.Attachments.Select(file => file.Content))
            .Any(content => Convert.ToHexStringLower(SHA256.HashData(content.Span)) == wanted);
    }
}
