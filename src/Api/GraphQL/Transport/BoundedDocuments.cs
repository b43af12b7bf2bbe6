using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Platform.Api.Edge;

namespace Platform.Api.GraphQL.Transport;

/// <summary>
/// Parses documents and refuses those that are costly before they run: the rules of validation compare fields in pairs and
/// walk every spread anew (GraphQL, section 5.3.2), so a short document of fragments that spread each other twice grows by
/// powers of two. What stands in the document is counted, and what it comes to with its fragments put in, in one pass.
/// </summary>
internal sealed class BoundedDocuments : IDocumentBuilder
{
    public const int MaxCharacters = 64 * 1024;

    /// <summary>Fields, fragments, spreads, arguments, values of lists and directives as written.</summary>
    public const int MaxWritten = 2_000;

    /// <summary>Fields with every fragment put in where it is spread.</summary>
    public const int MaxSpreadOut = 2_000;

    private readonly GraphQLDocumentBuilder _parser = new();

    public GraphQLDocument Build(string source)
    {
        if (source.Length > MaxCharacters)
            throw new DocumentTooLargeError($"A document has at most {MaxCharacters} characters; values go into variables.");
        var document = Parse(source);
        new Count(document).Check();
        return document;
    }

    private GraphQLDocument Parse(string source)
    {
        try
        {
            return _parser.Build(source);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            throw new DocumentTooLargeError("The document nests too deeply.");
        }
    }

    private sealed class Count(GraphQLDocument document)
    {
        private readonly Dictionary<ROM, GraphQLFragmentDefinition> _fragments = document.Definitions.OfType<GraphQLFragmentDefinition>()
            .DistinctBy(fragment => fragment.FragmentName.Name.Value)
            .ToDictionary(fragment => fragment.FragmentName.Name.Value);

        private readonly Dictionary<ROM, long> _sizes = [];
        private int _written;

        public void Check()
        {
            foreach (var definition in document.Definitions)
            {
                Written(1);
                CountWritten(definition);
            }

            foreach (var definition in document.Definitions.OfType<IHasSelectionSetNode>())
                if (SpreadOut(definition.SelectionSet) > MaxSpreadOut)
                    throw new DocumentTooLargeError($"With its fragments put in, the document holds more than {MaxSpreadOut} fields.");
        }

        private void CountWritten(ASTNode node)
        {
            if (node is IHasDirectivesNode { Directives.Items: { } directives })
                Written(directives.Count);
            if (node is IHasArgumentsNode { Arguments.Items: { } arguments })
            {
                Written(arguments.Count);
                foreach (var argument in arguments)
                    CountValues(argument.Value);
            }

            if (node is not IHasSelectionSetNode { SelectionSet.Selections: { } selections })
                return;
            Written(selections.Count);
            foreach (var selection in selections)
                CountWritten(selection);
        }

        private void CountValues(GraphQLValue value)
        {
            switch (value)
            {
                case GraphQLListValue { Values: { } values }:
                    Written(values.Count);
                    values.ForEach(CountValues);
                    break;
                case GraphQLObjectValue { Fields: { } fields }:
                    Written(fields.Count);
                    fields.ForEach(field => CountValues(field.Value));
                    break;
                default:
                    break;
            }
        }

        private void Written(int more)
        {
            if ((_written += more) > MaxWritten)
                throw new DocumentTooLargeError($"A document holds at most {MaxWritten} fields, fragments, arguments, values and directives.");
        }

        private long SpreadOut(GraphQLSelectionSet? set)
        {
            var size = 0L;
            foreach (var selection in set?.Selections ?? [])
            {
                size += selection switch
                {
                    GraphQLField field => 1 + SpreadOut(field.SelectionSet),
                    GraphQLInlineFragment inline => SpreadOut(inline.SelectionSet),
                    GraphQLFragmentSpread spread => SpreadOut(spread.FragmentName.Name.Value),
                    _ => 0,
                };
            }

            // Kept small enough that no sum of such sizes overflows.
            return Math.Min(size, MaxSpreadOut + 1);
        }

        private long SpreadOut(ROM fragment)
        {
            if (_sizes.TryGetValue(fragment, out var known))
                return known;
            // A fragment within itself counts as nothing here; validation names the circle.
            _sizes[fragment] = 0;
            return _sizes[fragment] = _fragments.TryGetValue(fragment, out var definition) ? SpreadOut(definition.SelectionSet) : 0;
        }
    }
}

internal sealed class DocumentTooLargeError : DocumentError
{
    public DocumentTooLargeError(string message)
        : base(message) => Code = ErrorCodes.DocumentTooLarge;
}
