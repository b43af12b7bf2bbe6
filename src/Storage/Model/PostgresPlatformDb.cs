using Microsoft.EntityFrameworkCore;
using Platform.Storage.Scopes;

namespace Platform.Storage.Model;

/// <summary>The model on PostgreSQL.</summary>
internal sealed class PostgresPlatformDb(DbContextOptions<PostgresPlatformDb> options, Scope? scope) : PlatformDb(options, scope);
