using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.Types;

namespace Platform.Api.GraphQL.Schema;

/// <summary>The fields of one area's class of queries or mutations; the class is a service of the request.</summary>
internal sealed class AreaType<TArea> : AutoRegisteringObjectGraphType<TArea>
    where TArea : notnull
{
    private static readonly Expression<Func<IResolveFieldContext, TArea>> FromServices =
        context => context.RequestServices!.GetRequiredService<TArea>();

    protected override LambdaExpression BuildMemberInstanceExpression(MemberInfo memberInfo) => FromServices;
}

/// <summary>Puts a root type together from the areas.</summary>
internal static class RootFields
{
    /// <summary>Each root field asks the database, whatever it selects: what else keeps thousands of aliases of a cheap one away.</summary>
    private const double RootImpact = 100;

    public static ObjectGraphType With(this ObjectGraphType root, IEnumerable<Type> areas)
    {
        foreach (var area in areas)
        {
            var type = (IObjectGraphType)Activator.CreateInstance(typeof(AreaType<>).MakeGenericType(area))!;
            foreach (var field in type.Fields)
                root.AddField(field.GetComplexityImpactDelegate() is null ? field.WithComplexityImpact(RootImpact) : field);
        }

        return root;
    }
}
