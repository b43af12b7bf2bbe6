using System.Linq.Expressions;
using System.Reflection;
using Platform.Api.Scim.Filters;

namespace Platform.Api.Scim;

/// <summary>Comparisons of texts as the database makes them.</summary>
internal static class ScimFilterOf
{
    private static readonly MethodInfo Lower = typeof(string).GetMethod(nameof(string.ToLower), [])!;

    /// <param name="exact">With regard to case (RFC 7643, 7, caseExact).</param>
    /// <returns>Null: texts cannot be compared so.</returns>
    public static Expression<Func<T, bool>>? Text<T>(Expression<Func<T, string?>> column, ScimFilter.Compare compare, bool exact)
    {
        if (compare is { Operator: ScimOperator.Present } or { Value: null, Operator: ScimOperator.NotEqual })
            return Expression.Lambda<Func<T, bool>>(Expression.NotEqual(column.Body, Expression.Constant(null, typeof(string))), column.Parameters);
        if (compare is { Value: null, Operator: ScimOperator.Equal })
            return Expression.Lambda<Func<T, bool>>(Expression.Equal(column.Body, Expression.Constant(null, typeof(string))), column.Parameters);
        if (compare.Value is not string text)
            return null;
        // A field of an object, so that it becomes a parameter and no part of the statement.
        Expression given = Expression.Property(Expression.Constant(new Given(exact ? text : text.ToLowerInvariant())), nameof(Given.Text));
        var value = exact ? column.Body : Expression.Call(column.Body, Lower);
        Expression? body = compare.Operator switch
        {
            ScimOperator.Equal => Expression.Equal(value, given),
            ScimOperator.NotEqual => Expression.NotEqual(value, given),
            ScimOperator.Contains => Expression.Call(value, nameof(string.Contains), null, given),
            ScimOperator.StartsWith => Expression.Call(value, nameof(string.StartsWith), null, given),
            ScimOperator.EndsWith => Expression.Call(value, nameof(string.EndsWith), null, given),
            _ => null,
        };
        return body is null ? null : Expression.Lambda<Func<T, bool>>(body, column.Parameters);
    }

    /// <summary>What is the same for every row.</summary>
    public static Expression<Func<T, bool>> Always<T>(bool holds) => holds ? _ => true : _ => false;

    private sealed record Given(string Text);
}
