using SharpCompress.Archives.Rar;
using SharpCompress.Readers;

namespace Platform.Engine.Attachments.Archives;

/// <summary>RAR 4 and 5, unpacked by SharpCompress once their headers say that it can be afforded.</summary>
internal sealed class RarFile(Unpacking unpacking)
{
    private const int Cost = 5;
    private const int OldTrial = 250;
    private const long LargestDictionary = 64 * 1024 * 1024;

    public void Read()
    {
        if (!RarHeaders.IsRar5(unpacking.Content.Span))
        {
            ReadOld();
            return;
        }

        var headers = RarHeaders.Read(unpacking.Content.Span);
        if (headers.Dictionary > LargestDictionary)
        {
            unpacking.Unread("rar", "a dictionary larger than is set aside");
            NamesAlone(headers.Names, headers.IsEncrypted);
            return;
        }

        var password = headers.IsEncrypted ? Find(headers.Check) : "";
        if (password is not null)
        {
            if (!unpacking.Try(() => ReadAll(password)))
                NamesAlone(headers.Names, headers.IsEncrypted);
        }
        else if (headers.HeadersEncrypted)
            unpacking.MarkEncrypted();
        else
            NamesAlone(headers.Names, encrypted: true);
    }

    private string? Find(RarCheck? check)
    {
        if (check is null || check.Value.Length == 0)
            return null;
        foreach (var password in unpacking.Passwords)
        {
            if (!unpacking.Budget.TakeTrial(check.Cost))
                return null;
            if (!check.Opens(password))
                continue;
            unpacking.OpenedBy(password);
            return password;
        }

        return null;
    }

    // RAR 4 proves a password only by unpacking a file with it.
    private void ReadOld()
    {
        string? password = "";
        try
        {
            if (IsOpenedBy("") == false)
            {
                password = unpacking.Passwords.TakeWhile(_ => unpacking.Budget.TakeTrial(OldTrial)).FirstOrDefault(word => IsOpenedBy(word) == true);
                if (password is not null)
                    unpacking.OpenedBy(password);
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            unpacking.Note("damaged-archive", exception.GetType().Name);
        }

        if (password is not null)
            unpacking.Try(() => ReadAll(password));
        else if (!unpacking.Try(() => NamesAlone([.. Names()], encrypted: true)))
            unpacking.MarkEncrypted();
    }

    /// <summary>Null when nothing in it is encrypted, or cannot be told.</summary>
    private bool? IsOpenedBy(string password)
    {
        try
        {
            using var archive = Open(password);
            var encrypted = archive.Entries.Take(Unpacking.MostNames).Where(entry => entry.IsEncrypted && !entry.IsDirectory).MinBy(entry => entry.Size);
            if (encrypted is null)
                return password.Length > 0 ? true : null;
            if (password.Length == 0)
                return false;
            using var stream = encrypted.OpenEntryStream();
            var buffer = unpacking.Buffer(encrypted.CompressedSize, Cost);
            var whole = buffer.Drain(stream);
            buffer.Discard();
            return whole;
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or SharpCompress.Common.CryptographicException)
        {
            return false;
        }
        catch (Exception exception) when (password.Length > 0 && exception is not (OperationCanceledException or OutOfMemoryException))
        {
            return false;
        }
    }

    private IEnumerable<string> Names()
    {
        using var archive = Open("");
        foreach (var entry in archive.Entries.Take(Unpacking.MostNames))
            if (!entry.IsDirectory)
                yield return entry.Key ?? "";
    }

    private void NamesAlone(IReadOnlyList<string> names, bool encrypted)
    {
        foreach (var name in names)
        {
            _ = unpacking.TakeEntry();
            if (!unpacking.Member(name, ReadOnlyMemory<byte>.Empty, encrypted))
                return;
        }
    }

    private void ReadAll(string password)
    {
        // In their order: in a solid archive every single entry would unpack all before it.
        using var reader = SharpCompress.Readers.Rar.RarReader.OpenReader(Unpacking.AsStream(unpacking.Content), Options(password));
        var any = false;
        while (reader.MoveToNextEntry())
        {
            any = true;
            var entry = reader.Entry;
            if (entry.IsDirectory)
                continue;
            if (!unpacking.TakeEntry())
            {
                NamesAlone([.. Names()], encrypted: false);
                return;
            }

            var buffer = unpacking.Buffer(entry.CompressedSize > 0 ? entry.CompressedSize : unpacking.Content.Length, Cost);
            var whole = false;
            unpacking.Try(() =>
            {
                using var stream = reader.OpenEntryStream();
                whole = buffer.Drain(stream);
                if (!whole)
                    // Else the library unpacks the rest of a bomb only to pass over it.
                    reader.Cancel();
            });
            if (!unpacking.Member(entry.Key ?? "", buffer.Take(), encrypted: entry.IsEncrypted && buffer.Length == 0) || !whole)
                return;
        }

        if (!any)
            unpacking.Note("damaged-archive", "no member could be read");
    }

    private IRarArchive Open(string password) =>
        RarArchive.OpenArchive(Unpacking.AsStream(unpacking.Content), Options(password));

    private static ReaderOptions Options(string password) => new() { Password = password.Length > 0 ? password : null };
}
