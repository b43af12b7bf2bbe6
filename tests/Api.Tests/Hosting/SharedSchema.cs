using Microsoft.Extensions.DependencyInjection;
using Platform.Api.GraphQL;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.Tests.Hosting;

/// <summary>The schema, built once in a run: it takes seconds, and holds nothing of the platform it serves, since resolvers take their services from the request.</summary>
internal static class SharedSchema
{
    private static readonly Lazy<PlatformSchema> Built = new(Build);

    public static PlatformSchema Get() => Built.Value;

    private static PlatformSchema Build()
    {
        // Lives as long as the run: the schema asks its provider for graph types when it is first used.
        var services = new ServiceCollection().AddLogging().AddPlatformGraphQL().BuildServiceProvider();
        var schema = services.GetRequiredService<PlatformSchema>();
        schema.Initialize();
        return schema;
    }
}
