namespace Platform.Api.Tests.Hosting;

/// <summary>Files of the repository, found from the folder the tests run in.</summary>
internal static class RepositoryFile
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Platform.sln")))
            folder = folder.Parent;
        return System.IO.Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."), relative);
    }
}
