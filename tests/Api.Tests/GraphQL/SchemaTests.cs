using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.GraphQL.Schema;
using Platform.Api.Tests.Hosting;

namespace Platform.Api.Tests.GraphQL;

public sealed class SchemaTests(TestPlatform platform)
{
    private IEnumerable<IGraphType> Types
    {
        get
        {
            var schema = platform.Provider.GetRequiredService<PlatformSchema>();
            schema.Initialize();
            return schema.AllTypes.Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_field_declares_what_it_asks_of_its_caller()
    {
        var undeclared = Types.Where(type => type is IObjectGraphType or IInterfaceGraphType).Cast<IComplexGraphType>()
            .SelectMany(type => type.Fields.Where(field => AccessMetadata.Of(type, field) is null).Select(field => $"{type.Name}.{field.Name}"));

        Assert.Equal([], undeclared);
    }

    [Fact]
    public void Every_type_field_argument_and_enum_value_is_described()
    {
        var silent = Types.Where(type => type is not ScalarGraphType and not ListGraphType and not NonNullGraphType || type is EnumerationGraphType)
            .Where(type => string.IsNullOrEmpty(type.Description)).Select(type => type.Name)
            .Concat(Types.OfType<IComplexGraphType>().SelectMany(type => type.Fields.Where(field => string.IsNullOrEmpty(field.Description)).Select(field => $"{type.Name}.{field.Name}")))
            .Concat(Types.OfType<IComplexGraphType>().SelectMany(type => type.Fields.SelectMany(field =>
                (field.Arguments ?? []).Where(argument => string.IsNullOrEmpty(argument.Description)).Select(argument => $"{type.Name}.{field.Name}({argument.Name})"))))
            .Concat(Types.OfType<EnumerationGraphType>().SelectMany(type => type.Values.Where(value => string.IsNullOrEmpty(value.Description)).Select(value => $"{type.Name}.{value.Name}")));

        Assert.Equal([], silent);
    }

    [Fact]
    public void Every_enum_names_every_value_of_its_kind()
    {
        var expected = new (Type Kind, string Name)[]
        {
            (typeof(Engine.Verdicts.VerdictKind), "Verdict"), (typeof(Engine.Verdicts.AttackType), "AttackType"), (typeof(Engine.MailDirection), "Direction"),
            (typeof(Storage.Messages.DeliveryState), "DeliveryState"), (typeof(Storage.Messages.IntakeMode), "IntakeMode"),
            (typeof(Engine.Feeds.ListAction), "ListAction"), (typeof(Engine.Feeds.ListEntryKind), "ListEntryKind"), (typeof(Storage.Lists.ListOrigin), "ListOrigin"),
            (typeof(Storage.Directory.PolicyAction), "PolicyAction"), (typeof(Engine.Verdicts.EvidenceKind), "EvidenceKind"),
            (typeof(Storage.Accounts.AccountState), "AccountState"), (typeof(Storage.Support.SupportLevel), "SupportLevel"), (typeof(Storage.Support.SupportState), "SupportState"),
            (typeof(Engine.Behaviour.BehaviourKind), "BehaviourKind"), (typeof(Engine.Feeds.SourceKind), "InspectionSourceKind"), (typeof(Engine.Feeds.SourceOutcome), "InspectionSourceStatus"),
        };
        var enums = Types.OfType<EnumerationGraphType>().ToDictionary(type => type.Name);

        foreach (var (kind, name) in expected)
            Assert.Equal(Enum.GetNames(kind).Select(value => value.ToConstantCase()).Order(StringComparer.Ordinal), enums[name].Values.Select(value => value.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_mutation_takes_one_input_with_a_key_and_answers_with_errors()
    {
        var mutation = (IObjectGraphType)Types.Single(type => type.Name == "Mutation");

        foreach (var field in mutation.Fields)
        {
            var input = (IInputObjectGraphType)Assert.Single(field.Arguments!).ResolvedType!.GetNamedType();
            var payload = (IObjectGraphType)field.ResolvedType!.GetNamedType();
            Assert.Subset(input.Fields.Select(f => f.Name).ToHashSet(), new HashSet<string> { "clientMutationId", "idempotencyKey" });
            Assert.Subset(payload.Fields.Select(f => f.Name).ToHashSet(), new HashSet<string> { "clientMutationId", "errors" });
        }
    }
}
