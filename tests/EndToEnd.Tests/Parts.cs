using Platform.Benchmarks.Runner;

namespace Platform.EndToEnd.Tests;

/// <summary>Tests that need a program which may be absent skip by its name; where parts are required (.ci/run) the absence fails.</summary>
internal static class Parts
{
    public static T Require<T>(Func<T> part)
    {
        try
        {
            return part();
        }
        catch (MissingPartException e) when (Environment.GetEnvironmentVariable("REQUIRE_PARTS") != "1")
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    public static async Task<T> RequireAsync<T>(Func<Task<T>> part)
    {
        try
        {
            return await part();
        }
        catch (MissingPartException e) when (Environment.GetEnvironmentVariable("REQUIRE_PARTS") != "1")
        {
            Assert.Skip(e.Message);
            throw;
        }
    }
}
