using Platform.Storage.Setup;

namespace Platform.Storage.Bodies;

/// <summary>
/// The folders of the body store, all made and flushed at set-up so that sealing a body never makes one: 256 folders for bodies,
/// <c>incoming</c> for files not sealed yet. A folder is filled for a while before the next is begun, so that bodies
/// sealed at the same time share one flush of their folder.
/// </summary>
internal sealed class BodyFolders(StorageSettings settings)
{
    private const int Count = 256;
    private const int SealsBeforeNext = 512;

    private int _seals = Random.Shared.Next(Count) * SealsBeforeNext;

    public string Root => settings.BodyDirectory;

    public string Incoming => Path.Combine(Root, "incoming");

    public static IEnumerable<string> All => Enumerable.Range(0, Count).Select(Name);

    public string Next() => Name((int)((uint)Interlocked.Increment(ref _seals) / SealsBeforeNext % Count));

    public string PathOf(string bodyName) => Path.Combine(Root, bodyName);

    /// <exception cref="StorageSetupException">A folder cannot be made.</exception>
    public void Prepare()
    {
        try
        {
            Make(Root);
            Make(Incoming);
            foreach (var name in All)
                Make(Path.Combine(Root, name));
            FolderFlush.Flush(Root);
            FolderFlush.Flush(Path.GetDirectoryName(Path.GetFullPath(Root))!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageSetupException($"The body folder '{Root}' cannot be written: {exception.Message}", exception);
        }
    }

    private static string Name(int number) => number.ToString("x2", System.Globalization.CultureInfo.InvariantCulture);

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(path);
        else
            System.IO.Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
