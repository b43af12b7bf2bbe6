using System.Linq.Expressions;

namespace Platform.Api.Scim.Filters;

/// <summary>Makes of a filter what the database is asked.</summary>
internal static class FilterQuery
{
    /// <param name="compare">Of one comparison; null: the attribute cannot be asked for so.</param>
    /// <param name="unknown">The comparison that could not be made; null when all could.</param>
    public static Expression<Func<T, bool>>? Make<T>(
        ScimFilter filter, Func<ScimFilter.Compare, Expression<Func<T, bool>>?> compare, out ScimFilter.Compare? unknown)
    {
        var row = Expression.Parameter(typeof(T), "row");
        var refused = (ScimFilter.Compare?)null;
        var body = Body(filter, null);
        unknown = refused;
        return body is null ? null : Expression.Lambda<Func<T, bool>>(body, row);

        Expression? Body(ScimFilter part, ScimAttribute? within) => part switch
        {
            ScimFilter.And and => Both(and.Left, and.Right, Expression.AndAlso, within),
            ScimFilter.Or or => Both(or.Left, or.Right, Expression.OrElse, within),
            ScimFilter.Not not => Body(not.Inner, within) is { } inner ? Expression.Not(inner) : null,
            ScimFilter.Some some => Body(some.Inner, some.Attribute),
            ScimFilter.Compare one => One(within is null ? one : one with { Attribute = new ScimAttribute(within.Schema, within.Name, one.Attribute.Name) }),
            _ => null,
        };

        Expression? Both(ScimFilter left, ScimFilter right, Func<Expression, Expression, Expression> join, ScimAttribute? within) =>
            Body(left, within) is { } first && Body(right, within) is { } second ? join(first, second) : null;

        Expression? One(ScimFilter.Compare one)
        {
            if (compare(one) is { } made)
                return new Rebind(made.Parameters[0], row).Visit(made.Body);
            refused ??= one;
            return null;
        }
    }

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
