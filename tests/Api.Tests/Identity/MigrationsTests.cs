using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Api.Identity;

namespace Platform.Api.Tests.Identity;

public sealed class MigrationsTests
{
    [Fact]
    public void The_migrations_for_sqlite_make_the_model() => Assert.False(new SqliteIdentityDbDesign().CreateDbContext([]).Database.HasPendingModelChanges());

    [Fact]
    public void The_migrations_for_postgresql_make_the_model() => Assert.False(new PostgresIdentityDbDesign().CreateDbContext([]).Database.HasPendingModelChanges());

    [Fact]
    public async Task Freshness_takes_sessions_along_and_unlinks_accounts_that_were_linked_twice()
    {
        await using var db = new SqliteIdentityDbDesign().CreateDbContext([]);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("SignIn", TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO sessions (Id, AccountId, CreatedAt, LastSeenAt, ExpiresAt, Methods, Network, UserAgent)
            VALUES ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000A', 1000, 1000, 2000, 'pwd otp mfa', '', ''),
                   ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-00000000000A', 1000, 1000, 2000, 'fed', '', '');
            INSERT INTO credentials (Id, EmailConfirmed, PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
            VALUES ('00000000-0000-0000-0000-00000000000A', 0, 0, 0, 0, 0), ('00000000-0000-0000-0000-00000000000B', 0, 0, 0, 0, 0);
            INSERT INTO credential_logins (LoginProvider, ProviderKey, UserId)
            VALUES ('t', 'one', '00000000-0000-0000-0000-00000000000A'), ('t', 'two', '00000000-0000-0000-0000-00000000000A'), ('t', 'three', '00000000-0000-0000-0000-00000000000B');
            """,
            TestContext.Current.CancellationToken);
        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [("pwd otp mfa", DateTimeOffset.FromUnixTimeMilliseconds(1000)), ("fed", null)],
            await db.Sessions.OrderBy(row => row.Id).Select(row => new ValueTuple<string, DateTimeOffset?>(row.Methods, row.AuthenticatedAt)).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["three"], await db.UserLogins.Select(row => row.ProviderKey).ToListAsync(TestContext.Current.CancellationToken));
    }
}
