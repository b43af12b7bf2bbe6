using System.Text;
using Platform.Api.Tests.Hosting;
using Platform.Storage.Accounts;
using Platform.Storage.Scopes;

namespace Platform.Api.Tests.Edge;

/// <summary>The table of roles in docs/access.md. Write it anew with UPDATE_DOCS=1.</summary>
public sealed class AccessPageTests
{
    private const string Begin = "<!-- roles -->\n";
    private const string End = "<!-- /roles -->";

    private static readonly string File = RepositoryFile.Path("docs/access.md");

    [Fact]
    public async Task The_table_of_roles_is_that_of_the_code()
    {
        var page = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, page.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
            await System.IO.File.WriteAllTextAsync(File, page[..from] + Table() + page[to..], TestContext.Current.CancellationToken);
        else
            Assert.Equal(Table(), page[from..to]);
    }

    [Fact]
    public void Ids_and_names_of_roles_are_each_one_role()
    {
        Assert.Equal(BuiltInRoles.All.Count, BuiltInRoles.All.Select(role => role.Id).Distinct().Count());
        Assert.All(BuiltInRoles.All, role => Assert.Same(role, BuiltInRoles.Find(role.Name)));
        Assert.All(BuiltInRoles.All.Where(role => role.Of != AccountOwnerKind.Platform), role => Assert.Subset(Permissions.All.ToHashSet(), role.Permissions.ToHashSet()));
        Assert.Empty(Permissions.All.Intersect(Permissions.OfPlatform));
    }

    private static string Table()
    {
        var text = new StringBuilder("| permission | ").AppendJoin(" | ", BuiltInRoles.All.Select(role => role.Name)).Append(" |\n|---|");
        foreach (var _ in BuiltInRoles.All)
            text.Append("---|");
        text.Append('\n');
        foreach (var permission in Permissions.All.Concat(Permissions.OfPlatform).Order(StringComparer.Ordinal))
            text.Append("| `").Append(permission).Append("` | ").AppendJoin(" | ", BuiltInRoles.All.Select(role => role.Permissions.Contains(permission) ? "yes" : "")).Append(" |\n");
        return text.ToString();
    }
}
