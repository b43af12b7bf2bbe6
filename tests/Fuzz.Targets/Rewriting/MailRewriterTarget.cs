using System.Security.Cryptography;
using MimeKit;
using Platform.Engine.Mail;
using Platform.Engine.Rewriting;
using Platform.Fuzz.Targets.Mail;

namespace Platform.Fuzz.Targets.Rewriting;

/// <summary>
/// Mail changed on its way out. What was taken out must be gone for a second reader too (MimeKit, of which none of this is made). Throws when
/// a promise is broken.
/// </summary>
public static class MailRewriterTarget
{
    /// <summary>Shorter content stands in a mail by chance.</summary>
    private const int LeastFile = 12;
    private const int LockedOneIn = 16;
    private const string InPlace = "[{name}: read elsewhere]";

    private static readonly MailNote s_note = new("添付は https://reader.test/r/1", "Files: https://reader.test/r/1", "<p><a href=\"https://reader.test/r/1\">files</a></p>");
    private static readonly MailReplacement s_notice = new("A protected mail", "Read it at https://reader.test/r/1", "<html><body>Read it <a href=\"https://reader.test/r/1\">there</a></body></html>");
    private static readonly MailReader s_reader = new();
    private static readonly MailRewriter s_rewriter = new(s_reader);

    public static void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        TakeAll(bytes);
        // Archives are slow to unlock on purpose, and the reader tries.
        if (bytes.Length % LockedOneIn == 0)
            LockAll(bytes);
        AddNote(bytes);
        Replace(bytes);
    }

    private static void TakeAll(byte[] bytes)
    {
        var rewritten = Rewrite(bytes, new MailRewrite { Take = new FileChoice { All = true, InPlace = InPlace }, Note = s_note });
        if (rewritten.End != RewriteEnd.Changed)
        {
            Hold(rewritten.Taken.Count == 0 && rewritten.Message.IsEmpty, "a mail that stays gives nothing out");
            return;
        }

        Hold(rewritten.Taken.Count > 0, "a mail changes for what is taken out of it");
        var taken = MailFiles.Of(Read(bytes)).Where(file => rewritten.Taken.Any(one => one.Path == file.Part.Path)).ToList();
        Hold(taken.Count == rewritten.Taken.Count, "what was taken was there");
        var gone = taken.Where(file => file.Size >= LeastFile).Select(file => file.Sha256).ToHashSet();
        gone.ExceptWith(MailFiles.Of(Read(bytes)).Except(taken).Select(file => file.Sha256));
        Hold(!MailFiles.Of(Read(rewritten.Message)).Any(file => gone.Contains(file.Sha256)), "what was taken is not there any more");
        Hold(!SecondReading(rewritten.Message).Any(gone.Contains), "what was taken is not there for another reader either");
        Hold(Rewrite(rewritten.Message, new MailRewrite { Take = new FileChoice { All = true, InPlace = InPlace } }).End != RewriteEnd.Changed, "nothing is left to take");
    }

    private static void LockAll(byte[] bytes)
    {
        var rewritten = Rewrite(bytes, new MailRewrite { Take = new FileChoice { All = true, InPlace = InPlace }, Lock = "0123-4567" });
        if (rewritten.End != RewriteEnd.Changed)
            return;
        var files = MailFiles.Of(Read(bytes));
        var taken = files.Where(file => rewritten.Taken.Any(one => one.Path == file.Part.Path)).ToList();
        var open = taken.Where(file => file.Size >= LeastFile).Select(file => file.Sha256).Except(files.Except(taken).Select(file => file.Sha256)).ToHashSet();
        Hold(MailFiles.Of(Read(rewritten.Message)).Count == files.Count, "a locked file is in its place");
        Hold(!SecondReading(rewritten.Message).Any(open.Contains), "what is locked is open to no reader");
    }

    private static void AddNote(byte[] bytes)
    {
        var rewritten = Rewrite(bytes, new MailRewrite { Note = s_note });
        Hold(rewritten.Taken.Count == 0, "a note takes nothing");
        if (rewritten.End == RewriteEnd.Changed)
            Hold(Files(bytes).SequenceEqual(Files(rewritten.Message)), "a note changes no file");
    }

    private static void Replace(byte[] bytes)
    {
        var rewritten = Rewrite(bytes, new MailRewrite { Replacement = s_notice });
        Hold(rewritten.End == RewriteEnd.Changed, "a notice takes the place of every mail");
        var notice = Read(rewritten.Message);
        Hold(notice.Subject == s_notice.Subject && notice.VisibleText.Contains(s_notice.Text, StringComparison.Ordinal), "the notice is read as it was written");
        Hold(notice.Readings.Count == 1 && MailFiles.Of(notice).Count == 0, "the notice holds nothing of the mail");
    }

    private static IEnumerable<string> Files(ReadOnlyMemory<byte> message) => MailFiles.Of(Read(message)).Select(file => file.Sha256);

    private static IEnumerable<string> SecondReading(ReadOnlyMemory<byte> message)
    {
        using var stream = new MemoryStream(message.ToArray());
        try
        {
            using var mail = MimeMessage.Load(stream);
            return [.. mail.BodyParts.OfType<MimePart>().Where(part => part.Content is not null).Select(Decoded)];
        }
        catch (FormatException)
        {
            // To this reader it is no mail.
            return [];
        }
    }

    private static string Decoded(MimePart part)
    {
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return Convert.ToHexStringLower(SHA256.HashData(content.ToArray()));
    }

    private static MailMessage Read(ReadOnlyMemory<byte> message) => s_reader.Read(message, MailReaderTarget.Tight, CancellationToken.None);

    private static RewrittenMail Rewrite(ReadOnlyMemory<byte> message, MailRewrite rewrite) => s_rewriter.Rewrite(message, rewrite, MailReaderTarget.Tight, CancellationToken.None);

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
