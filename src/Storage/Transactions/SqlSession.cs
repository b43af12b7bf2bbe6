using System.Data.Common;
using Platform.Storage.Telemetry;

namespace Platform.Storage.Transactions;

/// <summary>Hand-written SQL over one open connection. Parameters by <c>@name</c>; both databases read the same statements.</summary>
/// <param name="prepared">Statements kept prepared for the life of the connection; null where the driver does that itself.</param>
internal sealed class SqlSession(DbConnection connection, StatementCount count, DbTransaction? transaction = null, Dictionary<string, DbCommand>? prepared = null) : IAsyncDisposable
{
    public async ValueTask<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        await Command(sql, parameters).ExecuteNonQueryAsync(cancellationToken);

    public async ValueTask<List<T>> QueryAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        var rows = new List<T>();
        await using var reader = await Command(sql, parameters).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    public async ValueTask<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await using var reader = await Command(sql, parameters).ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : default;
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private DbCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        count.Note();
        if (prepared is null)
            return Create(sql, parameters);
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = Create(sql, parameters);
            prepared.Add(sql, command);
            return command;
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    private DbCommand Create(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
