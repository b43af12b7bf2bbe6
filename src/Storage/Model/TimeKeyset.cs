using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Platform.Storage.Model;

/// <summary>Pages of rows by a column of time, the newest first, and by <c>Id</c> within the same moment.</summary>
public static class TimeKeyset
{
    private const string Key = "Id";

    /// <summary>The rows behind <paramref name="place"/> in that order; all of them when it is null.</summary>
    public static IQueryable<T> NewestFirst<T>(this IQueryable<T> rows, Expression<Func<T, DateTimeOffset>> time, (DateTimeOffset At, Guid Id)? place)
    {
        ArgumentNullException.ThrowIfNull(time);
        var key = Expression.Lambda<Func<T, Guid>>(Expression.Property(time.Parameters[0], Key), time.Parameters);
        if (place is var (at, id))
        {
            Expression<Func<DateTimeOffset, Guid, bool>> isBehind = (t, k) => t < at || (t == at && k < id);
            var body = ReplacingExpressionVisitor.Replace(isBehind.Parameters[0], time.Body, ReplacingExpressionVisitor.Replace(isBehind.Parameters[1], key.Body, isBehind.Body));
            rows = rows.Where(Expression.Lambda<Func<T, bool>>(body, time.Parameters));
        }

        return rows.OrderByDescending(time).ThenByDescending(key);
    }
}
