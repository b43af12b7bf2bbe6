namespace Platform.Api.Tests.GraphQL;

public sealed class SchemaChangesTests
{
    private const string Before = "type Query { a(x: Int!): Int b: Int! } enum E { ONE TWO } input I { f: String g: Int! }";

    [Theory]
    [InlineData("type Query { b: Int! } enum E { ONE TWO } input I { f: String g: Int! }", "field Query.a is gone")]
    [InlineData("type Query { a(x: Int!): String b: Int! } enum E { ONE TWO } input I { f: String g: Int! }", "field Query.a was Int and is String")]
    [InlineData("type Query { a(x: Int!): Int b: Int } enum E { ONE TWO } input I { f: String g: Int! }", "field Query.b was Int! and is Int")]
    [InlineData("type Query { a(x: Int!, y: Int!): Int b: Int! } enum E { ONE TWO } input I { f: String g: Int! }", "input Query.a.y is new and required")]
    [InlineData("type Query { a: Int b: Int! } enum E { ONE TWO } input I { f: String g: Int! }", "input Query.a.x is gone")]
    [InlineData("type Query { a(x: Int!): Int b: Int! } enum E { ONE } input I { f: String g: Int! }", "value E.TWO is gone")]
    [InlineData("type Query { a(x: Int!): Int b: Int! } enum E { ONE TWO } input I { f: String! g: Int! }", "input I.f was String and is String!")]
    [InlineData("type Query { a(x: Int!): Int b: Int! } input I { f: String g: Int! }", "type E is gone")]
    public void What_clients_relied_on_is_missed(string after, string finding) => Assert.Equal([finding], SchemaChanges.Breaking(Before, after));

    [Theory]
    [InlineData("type Query { a(x: Int, y: Int): Int! b: Int! c: Int } enum E { ONE TWO THREE } input I { f: String g: Int h: Int } type T { a: Int }")]
    [InlineData(Before)]
    public void What_only_adds_or_eases_is_no_break(string after) => Assert.Equal([], SchemaChanges.Breaking(Before, after));
}
