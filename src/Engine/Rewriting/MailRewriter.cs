using Platform.Engine.Mail;

namespace Platform.Engine.Rewriting;

/// <summary>
/// Changes a mail on its way out by the same reading that inspected it. Parts are replaced where they stand; every other byte stays. What
/// was changed is read once more: a mail that still holds what was to go, or lacks what was to stay, is not given out.
/// </summary>
public sealed class MailRewriter(IMailReader reader) : IMailRewriter
{
    public MailRewriter()
        : this(new MailReader())
    {
    }

    public RewrittenMail Rewrite(ReadOnlyMemory<byte> message, MailRewrite rewrite, ScanLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rewrite);
        var mail = reader.Read(message, limits, cancellationToken);
        if (rewrite.Replacement is { } replacement)
            return new RewrittenMail(RewriteEnd.Changed, [], ReplacedMail.Write(mail, replacement));
        if (SealedParts.Has(mail))
            return RewrittenMail.Of(RewriteEnd.Sealed);

        var edits = new PartEdits(mail.Raw);
        List<MailFile> taken = [];
        if (rewrite.Take is { } choice)
        {
            if (mail.Readings.Count > 1 || MailFiles.HasHidden(mail))
                return RewrittenMail.Of(RewriteEnd.Unclear);
            taken = [.. MailFiles.Of(mail).Where(file => MailFiles.IsChosen(file, choice, mail))];
            if (!taken.TrueForAll(file => Replace(edits, file, choice, rewrite.Lock, limits, cancellationToken)))
                return RewrittenMail.Of(RewriteEnd.Unclear);
        }

        if (rewrite.Note is { } note && (rewrite.Take is null || taken.Count > 0))
            NoteText.Add(mail, note, edits);
        if (edits.IsEmpty)
            return RewrittenMail.Of(RewriteEnd.Unchanged);
        var changed = edits.Apply();
        return IsRight(mail, taken, reader.Read(changed, limits, cancellationToken), rewrite.Lock is not null)
            ? new RewrittenMail(RewriteEnd.Changed, [.. taken.Select(file => new TakenFile(file.Part.Path, file.Name, file.MediaType, file.Size))], changed)
            : RewrittenMail.Of(RewriteEnd.Unclear);
    }

    private static bool Replace(PartEdits edits, MailFile file, FileChoice choice, string? password, ScanLimits limits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return password is null
            ? edits.ReplaceByText(file.Part, choice.InPlace.Replace("{name}", file.Name, StringComparison.Ordinal))
            : edits.ReplaceByFile(file.Part, LockedFile.Of(file, password, limits, cancellationToken));
    }

    /// <summary>The files that stay are there, by content and in order; of the others, where they are locked, each once in its place, and else none.</summary>
    private static bool IsRight(MailMessage before, List<MailFile> taken, MailMessage after, bool isLocked)
    {
        var files = MailFiles.Of(before);
        var found = MailFiles.Of(after);
        if (after.Readings.Count > Math.Max(1, before.Readings.Count))
            return false;
        var gone = taken.Select(file => file.Sha256).Except(files.Except(taken).Select(file => file.Sha256)).ToHashSet(StringComparer.Ordinal);
        return isLocked
            ? files.Count == found.Count && files.Zip(found).All(pair => taken.Contains(pair.First) ? !gone.Contains(pair.Second.Sha256) && pair.First.Sha256 != pair.Second.Sha256 : pair.First.Sha256 == pair.Second.Sha256)
            : files.Where(file => !taken.Contains(file)).Select(file => file.Sha256).SequenceEqual(found.Select(file => file.Sha256));
    }
}
