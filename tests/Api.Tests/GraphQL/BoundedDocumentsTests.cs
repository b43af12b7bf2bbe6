using GraphQLParser.AST;
using Platform.Api.GraphQL.Transport;

namespace Platform.Api.Tests.GraphQL;

public sealed class BoundedDocumentsTests
{
    [Fact]
    public void Fragments_that_double_at_each_step_are_refused()
    {
        Assert.Throws<DocumentTooLargeError>(() => Build(Doubling(30)));
    }

    [Fact]
    public void A_few_steps_of_doubling_are_taken()
    {
        Assert.Equal(7, Build(Doubling(5)).Definitions.Count);
    }

    [Fact]
    public void Fragments_in_a_circle_are_left_to_validation()
    {
        Assert.Equal(3, Build("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }").Definitions.Count);
    }

    [Theory]
    [InlineData("{ ", "__typename ", " }")]
    [InlineData("{ viewer", " @skip(if: false)", " { id } }")]
    [InlineData("{ message(", "id: 1 ", ") { id } }")]
    [InlineData("", "query { viewer { id } } ", "")]
    public void What_is_written_is_counted(string start, string repeated, string end)
    {
        Assert.Throws<DocumentTooLargeError>(() => Build(start + string.Concat(Enumerable.Repeat(repeated, BoundedDocuments.MaxWritten + 1)) + end));
    }

    [Theory]
    [InlineData("{ messages(filter: ", "[", "]", ") { totalCount } }")]
    [InlineData("", "{ a ", "}", "")]
    public void Deep_nesting_is_refused_in_its_own_words(string start, string open, string close, string end)
    {
        var document = start + string.Concat(Enumerable.Repeat(open, 5_000)) + string.Concat(Enumerable.Repeat(close, 5_000)) + end;

        Assert.Throws<DocumentTooLargeError>(() => Build(document));
    }

    [Fact]
    public void A_long_text_is_refused_before_it_is_parsed()
    {
        Assert.Throws<DocumentTooLargeError>(() => Build("{ viewer { id } }" + new string(' ', BoundedDocuments.MaxCharacters)));
    }

    private static GraphQLDocument Build(string document) => new BoundedDocuments().Build(document);

    private static string Doubling(int steps) =>
        "{ ...F0 } " + string.Concat(Enumerable.Range(0, steps).Select(i => $"fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }} "))
        + $"fragment F{steps} on Query {{ viewer {{ id }} }}";
}
