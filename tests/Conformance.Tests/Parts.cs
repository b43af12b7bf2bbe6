namespace Platform.Conformance.Tests;

/// <summary>Finds data that lives beside the repository; a test skips by name without it, or fails where it is required.</summary>
internal static class Parts
{
    public static string SharedFolder(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", relative);
            if (Directory.Exists(candidate))
                return candidate;
        }

        if (Environment.GetEnvironmentVariable("REQUIRE_PARTS") == "1")
            Assert.Fail($"../shared/{relative} is required and not there");
        Assert.Skip($"../shared/{relative} is not there");
        return "";
    }
}
