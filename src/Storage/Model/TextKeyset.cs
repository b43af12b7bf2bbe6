using System.Linq.Expressions;
using System.Reflection;

namespace Platform.Storage.Model;

/// <summary>Pages in the order of a column of text.</summary>
public static class TextKeyset
{
    private static readonly MethodInfo Compare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    /// <summary>The rows behind <paramref name="key"/> as the database orders text, which is how it sorts the page; all of them when it is null.</summary>
    public static IQueryable<T> Behind<T>(this IQueryable<T> rows, Expression<Func<T, string>> column, string? key)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (key is null)
            return rows;
        // A member of an object, not a constant: so it becomes a parameter, and the statement is prepared once.
        Expression<Func<string>> place = () => key;
        var isBehind = Expression.GreaterThan(Expression.Call(Compare, column.Body, place.Body), Expression.Constant(0));
        return rows.Where(Expression.Lambda<Func<T, bool>>(isBehind, column.Parameters));
    }
}
