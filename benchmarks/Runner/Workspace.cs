namespace Platform.Benchmarks.Runner;

/// <summary>Where things lie: the repository, what was built of it, and the shared suites beside it.</summary>
/// <param name="Root">Folder of Platform.sln.</param>
/// <param name="Configuration"><c>Debug</c> or <c>Release</c>, that of the running program: the product is built with it.</param>
internal sealed record Workspace(string Root, string Configuration)
{
    public string ApiAssembly => Path.Combine(Root, "src", "Api", "bin", Configuration, "net10.0", "Platform.Api.dll");

    public string Peers => Path.Combine(Root, "tests", "peers");

    /// <summary>The folder of suites and corpora, beside the repository.</summary>
    public string Shared => Path.Combine(Root, "..", "shared");

    /// <exception cref="MissingPartException">The path below the shared folder is absent.</exception>
    public string SharedPath(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Shared, relative));
        return Path.Exists(path) ? path : throw new MissingPartException($"../shared/{relative}");
    }

    /// <exception cref="InvalidOperationException">The program does not run from inside the repository.</exception>
    public static Workspace Find()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        for (var folder = output; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return new Workspace(folder.FullName, output.Parent?.Name ?? "Debug");
        }

        throw new InvalidOperationException($"{output.FullName} lies in no checkout of the repository.");
    }
}
