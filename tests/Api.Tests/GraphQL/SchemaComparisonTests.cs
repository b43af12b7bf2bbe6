using Platform.Api.Cli;
using Platform.Api.GraphQL.Schema.Changes;

namespace Platform.Api.Tests.GraphQL;

public sealed class SchemaComparisonTests
{
    private const string Before =
        """
        type Query { a(x: Int!, z: Int = 1): Int b: [Int!]! u: U }
        enum E { ONE TWO }
        input I { f: String g: Int! }
        interface N { id: ID! }
        type T implements N { id: ID! }
        type S { s: Int }
        union U = T | S
        """;

    [Theory]
    [InlineData("a(x: Int!, z: Int = 1): Int ", "", "field Query.a is gone")]
    [InlineData("z: Int = 1): Int", "z: Int = 1): String", "field Query.a was Int and is String")]
    [InlineData("b: [Int!]!", "b: [Int]!", "field Query.b was [Int!]! and is [Int]!")]
    [InlineData("b: [Int!]!", "b: Int!", "field Query.b was [Int!]! and is Int!")]
    [InlineData("x: Int!,", "x: Int!, y: Int!,", "input Query.a(y:) is new and required")]
    [InlineData("x: Int!, z", "z", "input Query.a(x:) is gone")]
    [InlineData("z: Int = 1", "z: Int! = 1", "input Query.a(z:) was Int and is Int!")]
    [InlineData("ONE TWO", "ONE", "value E.TWO is gone")]
    [InlineData("f: String", "f: String!", "input I.f was String and is String!")]
    [InlineData("input I { f", "input I { h: Int! f", "input I.h is new and required")]
    [InlineData("enum E { ONE TWO }", "", "type E is gone")]
    [InlineData("type S { s: Int }", "interface S { s: Int }", "type S is of another kind")]
    [InlineData("implements N ", "", "interface T.N is gone")]
    [InlineData("T | S", "T", "member U.S is gone")]
    public void What_clients_relied_on_breaks_them(string part, string changed, string finding) =>
        Assert.Contains(finding, Of(ChangeLevel.Breaking, Before.Replace(part, changed, StringComparison.Ordinal)));

    [Theory]
    [InlineData("ONE TWO", "ONE TWO THREE", "value E.THREE is new")]
    [InlineData("z: Int = 1", "z: Int = 2", "the default of input Query.a(z:) was 1 and is 2")]
    [InlineData("union U = T | S", "type V { v: Int } union U = T | S | V", "member U.V is new")]
    public void What_they_may_not_expect_is_dangerous(string part, string changed, string finding)
    {
        var after = Before.Replace(part, changed, StringComparison.Ordinal);

        Assert.Equal([finding], Of(ChangeLevel.Dangerous, after));
        Assert.Equal([], Of(ChangeLevel.Breaking, after));
    }

    [Theory]
    [InlineData("x: Int!", "x: Int")]
    [InlineData("z: Int = 1): Int", "z: Int = 1): Int!")]
    [InlineData("b: [Int!]!", "b: [Int!]! c: Int")]
    [InlineData("x: Int!,", "x: Int!, y: Int,")]
    [InlineData("g: Int!", "g: Int")]
    [InlineData("g: Int!", "g: Int! h: Int! = 3")]
    [InlineData("type S { s: Int }", "type S { s: Int @deprecated(reason: \"\") } type W { w: Int }")]
    [InlineData("type S", "\"Said anew.\" type S")]
    public void What_only_adds_or_eases_is_safe(string part, string changed)
    {
        var after = Before.Replace(part, changed, StringComparison.Ordinal);

        Assert.All(SchemaComparison.Compare(Before, after), change => Assert.Equal(ChangeLevel.Safe, change.Level));
    }

    [Theory]
    [InlineData("type Query { a: Int }", "type Query { a: Int b: Int }", 0)]
    [InlineData("type Query { a: Int b: Int }", "type Query { a: Int }", 1)]
    [InlineData("type Query {", "type Query { a: Int }", 2)]
    public async Task The_verb_says_by_its_exit_code_whether_clients_break(string before, string after, int exitCode)
    {
        var folder = Directory.CreateTempSubdirectory("schema-");
        try
        {
            var files = new[] { Path.Combine(folder.FullName, "before"), Path.Combine(folder.FullName, "after") };
            await File.WriteAllTextAsync(files[0], before, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(files[1], after, TestContext.Current.CancellationToken);

            Assert.Equal(exitCode, await Verbs.RunAsync(["schema", "diff", .. files], TestContext.Current.CancellationToken));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Of(ChangeLevel level, string after) =>
        [.. SchemaComparison.Compare(Before, after).Where(change => change.Level == level).Select(change => change.Sentence)];
}
