using GraphQL;
using GraphQL.Types;

namespace Platform.Api.GraphQL.Schema;

/// <summary>The whole schema; docs/graphql/schema.graphql is printed from it.</summary>
internal sealed class PlatformSchema : global::GraphQL.Types.Schema
{
    public PlatformSchema(IServiceProvider services)
        : base(services)
    {
        this.MapScalarsAndEnums();
        Query = new ObjectGraphType { Name = "Query", Description = "What can be asked. Every list is a connection with opaque cursors, newest first unless it says otherwise." }
            .With(SchemaAreas.Queries);
        Mutation = new ObjectGraphType { Name = "Mutation", Description = "What can be done. Each takes one input, echoes clientMutationId, acts once for one idempotencyKey, and tells what went wrong in errors." }
            .With(SchemaAreas.Mutations);
        Subscription = new ObjectGraphType { Name = "Subscription", Description = "What can be followed, over WebSocket (graphql-transport-ws) or server-sent events. Each ends with the token it was asked with." }
            .With(SchemaAreas.Subscriptions);
        // What introspection tells is in memory already, and IntrospectionRule keeps it from nesting without end: the queries of common tools must fit what a person may spend.
        this.WithIntrospectionComplexityImpact(0.02);
    }
}
