using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Storage.Audit;

/// <summary>
/// How the hash of a link is made. Fields go in as a JSON array, so that no two different rows give the same bytes.
/// <see cref="Plain"/> (rows of the first version): previous hash, number, time, actor, action, target, detail.
/// <see cref="Committed"/>: previous hash, form, owner, number, time, action, and the commitments to actor, target and detail.
/// A commitment is HMAC-SHA256 under 32 random bytes of its own: it binds (another text needs a collision) and, its salt
/// erased, tells nothing, also of a field that could be guessed.
/// </summary>
internal static class AuditForm
{
    public const int Plain = 1;
    public const int Committed = 2;
    public const int SaltSize = 32;

    /// <summary>The hash before the first link.</summary>
    public static readonly string Origin = new('0', 64);

    public static byte[] Salt() => RandomNumberGenerator.GetBytes(SaltSize);

    public static string Commit(ReadOnlySpan<byte> salt, string field) => Convert.ToHexStringLower(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(field)));

    public static string Hash(AuditLink link, string previous) => Sha256(writer =>
    {
        writer.WriteStringValue(previous);
        if (link.Form == Plain)
        {
            writer.WriteNumberValue(link.Sequence);
            writer.WriteNumberValue(link.At);
            writer.WriteStringValue(link.Actor.Text);
            writer.WriteStringValue(link.Action);
            writer.WriteStringValue(link.Target.Text);
            writer.WriteStringValue(link.Detail.Text);
            return;
        }

        writer.WriteNumberValue(link.Form);
        writer.WriteStringValue(link.OwnerId.ToString("N"));
        writer.WriteNumberValue(link.Sequence);
        writer.WriteNumberValue(link.At);
        writer.WriteStringValue(link.Action);
        writer.WriteStringValue(link.Actor.Commitment);
        writer.WriteStringValue(link.Target.Commitment);
        writer.WriteStringValue(link.Detail.Commitment);
    });

    private static string Sha256(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }
}

/// <summary>A link as its hash sees it.</summary>
/// <param name="At">Unix milliseconds.</param>
internal sealed record AuditLink(Guid OwnerId, long Sequence, long At, string Action, int Form, AuditField Actor, AuditField Target, AuditField Detail, string Hash, bool Erased);

/// <summary>A personal field: its text and salt while they are there, and the commitment that stays.</summary>
internal sealed record AuditField(string Text, byte[]? Salt, string Commitment)
{
    public static AuditField Of(string text)
    {
        var salt = AuditForm.Salt();
        return new AuditField(text, salt, AuditForm.Commit(salt, text));
    }

    /// <summary>The text is the one that was committed to, or it was erased together with its salt.</summary>
    public bool Holds => Salt is null ? Text.Length == 0 : AuditForm.Commit(Salt, Text) == Commitment;
}
