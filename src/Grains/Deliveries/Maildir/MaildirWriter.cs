using System.Globalization;
using Platform.Storage.Bodies;
using Platform.Storage.Messages;

namespace Platform.Grains.Deliveries.Maildir;

/// <summary>
/// Final delivery into a Maildir: a folder with <c>tmp</c>, <c>new</c> and <c>cur</c>. A message is written to <c>tmp</c>, flushed,
/// renamed into <c>new</c> and the folder flushed, so that a reader never sees half of one and a crash never loses one that was
/// reported. Mail readers move it on to <c>cur</c>, adding <c>:2,</c> and flags. A name must be unique in the world: the time, a
/// unique part, the host. Here the unique part is the delivery's id, so that a repeat after a crash finds its own file, in <c>new</c>
/// or <c>cur</c>, and does not double it. See https://cr.yp.to/proto/maildir.html.
/// </summary>
internal sealed class MaildirWriter(FlowSettings settings)
{
    private readonly string _host = string.Concat(settings.Hostname.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));

    /// <summary>The root of a route, if it may be written to.</summary>
    /// <returns>Null when it lies outside of <c>delivered</c> in the data folder and of the folders that the settings allow.</returns>
    public string? RootOf(string routePath)
    {
        var data = Path.GetFullPath(settings.DataDirectory);
        var root = Path.GetFullPath(routePath, data);
        return settings.Relay.MaildirRoots.Select(Path.GetFullPath).Append(Path.Combine(data, "delivered")).Any(allowed => IsWithin(root, allowed)) ? root : null;
    }

    /// <summary>Returns when the message is durable in its folder.</summary>
    /// <param name="repeated">An earlier attempt may have written it already.</param>
    /// <exception cref="IOException">No room, or the folder cannot be written to.</exception>
    public async Task WriteAsync(
        string root, RelayLease lease, OutgoingContent content, bool repeated, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, MaildirFolder.NameFor(lease.Recipient));
        var name = string.Create(CultureInfo.InvariantCulture, $"{lease.ReceivedAt.ToUnixTimeSeconds()}.D{lease.DeliveryId:N}.{_host}");
        var (fresh, seen, work) = (Path.Combine(folder, "new"), Path.Combine(folder, "cur"), Path.Combine(folder, "tmp"));
        CreateDurably(root, folder, fresh, seen, work);

        if (repeated && (File.Exists(Path.Combine(fresh, name)) || Directory.EnumerateFiles(seen, name + "*").Any()))
        {
            // Written before a crash, perhaps without the last flush.
            FolderFlush.Flush(fresh);
            return;
        }

        var part = Path.Combine(work, $"{name}.{lease.Token:N}");
        try
        {
            await WriteFileAsync(part, content, cancellationToken);
            File.Move(part, Path.Combine(fresh, name), overwrite: true);
            FolderFlush.Flush(fresh);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task WriteFileAsync(string path, OutgoingContent content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        await file.WriteAsync(content.Head, cancellationToken);
        await content.Body.CopyToAsync(file, cancellationToken);
        await file.FlushAsync(cancellationToken);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    private static void CreateDurably(string root, string folder, params ReadOnlySpan<string> folders)
    {
        var isNew = false;
        foreach (var path in folders)
        {
            if (Directory.Exists(path))
                continue;
            Directory.CreateDirectory(path);
            isNew = true;
        }
        if (!isNew)
            return;
        FolderFlush.Flush(folder);
        FolderFlush.Flush(root);
        if (Path.GetDirectoryName(root) is { } parent)
            FolderFlush.Flush(parent);
    }

    private static bool IsWithin(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }
}
