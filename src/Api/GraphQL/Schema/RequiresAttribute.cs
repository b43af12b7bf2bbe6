using GraphQL;
using GraphQL.Types;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Schema;

/// <summary>The permission that a field asks for, or that every field of a type asks for. Without one a field is refused.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class RequiresAttribute(string permission) : GraphQLAttribute
{
    public override void Modify(IGraphType graphType) => graphType.Metadata[AccessMetadata.Key] = new RequiredAccess(permission);

    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.Metadata[AccessMetadata.Key] = new RequiredAccess(permission);
}

/// <summary>For fields that show nothing of a tenant beyond what the field above them asked for.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Method | AttributeTargets.Property)]
internal sealed class AnyClientAttribute : GraphQLAttribute
{
    public override void Modify(IGraphType graphType) => graphType.Metadata[AccessMetadata.Key] = RequiredAccess.AnyClient;

    public override void Modify(FieldType fieldType, bool isInputType) => fieldType.Metadata[AccessMetadata.Key] = RequiredAccess.AnyClient;
}

internal static class AccessMetadata
{
    public const string Key = "platform.access";

    /// <summary>What a field asks for: its own word, else that of its type.</summary>
    public static RequiredAccess? Of(IGraphType? parent, FieldType field) =>
        field.GetMetadata<RequiredAccess?>(Key) ?? parent?.GetMetadata<RequiredAccess?>(Key);
}
