namespace Platform.Api.Cli;

/// <summary>One mail to scan, or the reason why there is none.</summary>
/// <param name="Path">As printed: the file's path; with <c>#n</c> for the n-th mail of an mbox file; <c>-</c> for standard input.</param>
internal sealed record MailSource(string Path, ReadOnlyMemory<byte> Message, string? Error = null);

/// <summary>Finds mails below the given paths, in a stable order, and reads one at a time.</summary>
internal sealed class MailSources(Stream standardInput)
{
    private const long LargestMail = 256L * 1024 * 1024;

    public async IAsyncEnumerable<MailSource> ReadAsync(IEnumerable<string> paths, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            if (path == "-")
            {
                yield return await ReadInputAsync(cancellationToken);
            }
            else if (Directory.Exists(path))
            {
                foreach (var found in Below(path))
                    await foreach (var mail in OpenAsync(found, cancellationToken))
                        yield return mail;
            }
            else
            {
                await foreach (var mail in OpenAsync(new Found(path, null), cancellationToken))
                    yield return mail;
            }
        }
    }

    private async Task<MailSource> ReadInputAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream();
            await standardInput.CopyToAsync(content, cancellationToken);
            return new MailSource("-", content.GetBuffer().AsMemory(0, (int)content.Length));
        }
        catch (IOException exception)
        {
            return new MailSource("-", default, exception.Message);
        }
    }

    private static async IAsyncEnumerable<MailSource> OpenAsync(Found found, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (found.Error is not null)
        {
            yield return new MailSource(found.Path, default, found.Error);
            yield break;
        }

        if (Path.GetExtension(found.Path).Equals(".mbox", StringComparison.OrdinalIgnoreCase))
        {
            await foreach (var mail in MboxFile.ReadAsync(found.Path, LargestMail, cancellationToken))
                yield return mail;
        }
        else
        {
            yield return await ReadFileAsync(found.Path, cancellationToken);
        }
    }

    private static async Task<MailSource> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            if (file.Length > LargestMail)
                return new MailSource(path, default, $"larger than {LargestMail} bytes");
            var content = new byte[file.Length];
            var length = await file.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
            return new MailSource(path, content.AsMemory(0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return new MailSource(path, default, exception.Message);
        }
    }

    // Ordinal order at each level, so that two runs print alike on any system. Links to folders are not followed: they may lead round.
    private static IEnumerable<Found> Below(string folder)
    {
        string[] entries;
        string? error = null;
        try
        {
            entries = Directory.GetFileSystemEntries(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            entries = [];
            error = exception.Message;
        }

        if (error is not null)
            yield return new Found(folder, error);
        Array.Sort(entries, StringComparer.Ordinal);
        var maildir = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) is "cur" or "new";
        foreach (var entry in entries)
        {
            if (Directory.Exists(entry))
            {
                if (new DirectoryInfo(entry).LinkTarget is not null)
                    continue;
                foreach (var found in Below(entry))
                    yield return found;
            }
            else if (maildir && !Path.GetFileName(entry).StartsWith('.') || Path.GetExtension(entry).ToLowerInvariant() is ".eml" or ".mbox")
            {
                yield return new Found(entry, null);
            }
        }
    }

    private sealed record Found(string Path, string? Error);
}
