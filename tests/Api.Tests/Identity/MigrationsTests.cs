using Microsoft.EntityFrameworkCore;
using Platform.Api.Identity;

namespace Platform.Api.Tests.Identity;

public sealed class MigrationsTests
{
    [Fact]
    public void The_migrations_for_sqlite_make_the_model() => Assert.False(new SqliteIdentityDbDesign().CreateDbContext([]).Database.HasPendingModelChanges());

    [Fact]
    public void The_migrations_for_postgresql_make_the_model() => Assert.False(new PostgresIdentityDbDesign().CreateDbContext([]).Database.HasPendingModelChanges());
}
