using System.Reflection;
using GraphQL;
using GraphQL.Types;

namespace Platform.Api.GraphQL.Schema;

/// <summary>Names a generic type after its node: <c>MessageConnection</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NamedAfterNodeAttribute(string suffix) : GraphQLAttribute
{
    public override void Modify(IGraphType graphType, Type sourceType)
    {
        var node = sourceType.GetGenericArguments()[0];
        graphType.Name = (node.GetCustomAttribute<NamedAttribute>()?.Name ?? node.Name) + suffix;
    }
}

/// <summary>The name of a type in the schema, where it differs from that of its class.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
internal sealed class NamedAttribute(string name) : GraphQLAttribute
{
    public string Name { get; } = name;

    public override void Modify(IGraphType graphType) => graphType.Name = Name;
}
