using Platform.Api.Hosting;
using Platform.Storage.Purging;
using Platform.Storage.Search;

namespace Platform.Api.Cli;

/// <summary>Rewrites the files of database and index, so that nothing deleted is left in their free space, whatever their size.</summary>
internal static class CompactVerb
{
    public static Task<int> RunAsync(string[] settings, TextWriter output, TextWriter error, CancellationToken cancellationToken) => PlatformHost.RunPreparedAsync(
        settings,
        async (services, token) =>
        {
            await services.GetRequiredService<IStorageScrub>().CompactAsync(token);
            await services.GetRequiredService<IMessageSearch>().ScrubAsync(token);
            await services.GetRequiredService<ISenderMemory>().ScrubAsync(token);
            await output.WriteLineAsync("Database and index are rewritten; nothing deleted is left in them.");
            return 0;
        },
        error,
        cancellationToken);
}
