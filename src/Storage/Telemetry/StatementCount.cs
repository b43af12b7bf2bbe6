using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Platform.Storage.Telemetry;

/// <summary>
/// Counts the SQL statements sent to the platform's database and search index: the counter <c>db.client.statements</c> of the meter
/// <c>Platform.Storage</c>, by <c>caller</c>: <c>request</c> for what an HTTP request waits for, <c>background</c> for the rest (workers,
/// projections, and the one writer of SQLite, which commits for several callers at once).
/// </summary>
internal sealed class StatementCount : DbCommandInterceptor, IDisposable
{
    /// <summary>The activity that ASP.NET Core opens for a request.</summary>
    private const string RequestActivity = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly Meter _meter = new("Platform.Storage");
    private readonly Counter<long> _statements;

    public StatementCount() => _statements = _meter.CreateCounter<long>("db.client.statements", "{statement}", "SQL statements sent to the database.");

    public void Note() => _statements.Add(1, new KeyValuePair<string, object?>("caller", IsOfRequest() ? "request" : "background"));

    /// <summary>Entity Framework makes a command for each statement that it sends.</summary>
    public override DbCommand CommandCreated(CommandEndEventData eventData, DbCommand result)
    {
        Note();
        return result;
    }

    public void Dispose() => _meter.Dispose();

    private static bool IsOfRequest()
    {
        for (var activity = Activity.Current; activity is not null; activity = activity.Parent)
            if (activity.OperationName == RequestActivity)
                return true;
        return false;
    }
}
