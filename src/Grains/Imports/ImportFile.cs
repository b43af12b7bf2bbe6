using System.Runtime.CompilerServices;

namespace Platform.Grains.Imports;

/// <summary>
/// The mails in an uploaded file, always in the same order. Content decides before the name: a ZIP archive by its mark, an mbox by
/// its first line, all else is one mail. Of an archive, <c>.eml</c> and <c>.mbox</c> members and files of a Maildir
/// (<c>…/new/…</c>, <c>…/cur/…</c>) count; others are passed over.
/// </summary>
internal static class ImportFile
{
    private static readonly string[] MaildirFolders = ["new", "cur"];

    /// <exception cref="ImportFormatException">The file is broken.</exception>
    public static async IAsyncEnumerable<ImportedMail> ReadAsync(
        Stream file, string fileName, ImportSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = new byte[5];
        file.Position = 0;
        var length = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;

        var mails = start.AsSpan(0, length).StartsWith("PK"u8) ? ArchiveAsync(file, settings, cancellationToken)
            : start.AsSpan(0, length).SequenceEqual("From "u8) || IsMbox(fileName) ? MboxReader.ReadAsync(file, settings.MaxMessageBytes, cancellationToken)
            : OneAsync(file, settings, cancellationToken);
        await foreach (var mail in mails)
            yield return mail;
    }

    private static async IAsyncEnumerable<ImportedMail> OneAsync(Stream stream, ImportSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var content = await BoundedRead.ToEndAsync(stream, settings.MaxMessageBytes, cancellationToken);
        yield return content is { } bytes ? ImportedMail.Of(bytes) : ImportedMail.TooLarge;
    }

    private static async IAsyncEnumerable<ImportedMail> ArchiveAsync(Stream file, ImportSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = settings.MaxUnpackedBytes;
        await foreach (var member in ZipReader.ReadAsync(file, cancellationToken))
        {
            if (!IsMbox(member.Name) && !IsMail(member.Name))
                continue;
            await foreach (var mail in MemberAsync(member, settings, cancellationToken))
            {
                left -= mail.Content?.Length ?? settings.MaxMessageBytes;
                if (left < 0)
                    throw new ImportFormatException("The archive holds more than the limit allows.");
                yield return mail;
            }
        }
    }

    private static async IAsyncEnumerable<ImportedMail> MemberAsync(ZipMember member, ImportSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var content = await member.OpenAsync(cancellationToken);
        if (content is null)
        {
            yield return ImportedMail.Unreadable;
            yield break;
        }

        var mails = IsMbox(member.Name) ? MboxReader.ReadAsync(content, settings.MaxMessageBytes, cancellationToken) : OneAsync(content, settings, cancellationToken);
        await using var each = mails.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ImportedMail? mail = null;
            var isBroken = false;
            try
            {
                if (await each.MoveNextAsync())
                    mail = each.Current;
            }
            catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
            {
                isBroken = true;
            }
            if (isBroken)
                yield return ImportedMail.Unreadable;
            if (mail is null)
                yield break;
            yield return mail;
        }
    }

    private static bool IsMbox(string name) => name.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase);

    private static bool IsMail(string name)
    {
        var path = name.Split(['/', '\\']);
        if (path.Contains("__MACOSX") || path[^1].Length == 0 || path[^1].StartsWith('.'))
            return false;
        return path[^1].EndsWith(".eml", StringComparison.OrdinalIgnoreCase) || (path.Length > 1 && MaildirFolders.Contains(path[^2]));
    }
}
