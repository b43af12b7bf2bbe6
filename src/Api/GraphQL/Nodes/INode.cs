using System.ComponentModel;
using Platform.Api.GraphQL.Schema;

namespace Platform.Api.GraphQL.Nodes;

/// <summary>The Relay node interface.</summary>
[Named("Node")]
[AnyClient]
[Description("A thing with an id that is unique over the platform.")]
internal interface INode
{
    [Id]
    [Description("Opaque id.")]
    string Id { get; }
}
