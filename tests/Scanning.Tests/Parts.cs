namespace Platform.Scanning.Tests;

/// <summary>Parts that a machine may lack: a test that needs one is skipped by name, or fails where <c>REQUIRE_PARTS=1</c>.</summary>
internal static class Parts
{
    public static void Missing(string what)
    {
        if (Environment.GetEnvironmentVariable("REQUIRE_PARTS") == "1")
            Assert.Fail($"REQUIRE_PARTS=1 but {what} is not there.");
        Assert.Skip($"{what} is not there.");
    }
}
