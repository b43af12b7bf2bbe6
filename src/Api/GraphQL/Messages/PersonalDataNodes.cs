using System.ComponentModel;
using GraphQL;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Language;
using Platform.Engine.PersonalData;
using Platform.Storage.Scopes;

namespace Platform.Api.GraphQL.Messages;

[Named("PersonalData")]
[Requires(Permissions.MessagesContent)]
[Description("One class of personal data in a message: how much and where, never what.")]
internal sealed class PersonalDataNode(PersonalDataFinding finding, bool isOpen)
{
    [Description("Which class.")]
    public PersonalDataClass Class => finding.Class;

    [Description("The class in words.")]
    public string Name([Description("By default the language of Accept-Language.")] Language? language, [FromServices] CallerContext caller) =>
        VerdictText.Name(finding.Class, ReasonSentences.CultureOf(language, caller));

    [Description("How many different values, over subject, body and all files; at most 20,000.")]
    public int Count => finding.Count;

    [Description("Where they stand, in the order of the message, at most 50; empty once the content is purged, and for an MSP that the tenant keeps from the content.")]
    public IReadOnlyList<PersonalDataPlaceNode> Places => !isOpen ? [] : [.. finding.Places.Select(place => new PersonalDataPlaceNode(place))];
}

[Named("PersonalDataPlace")]
[Requires(Permissions.MessagesContent)]
[Description("One text of a message that holds personal data.")]
internal sealed class PersonalDataPlaceNode(PersonalDataPlace place)
{
    [Description("Which part of the message.")]
    public PersonalDataPart Part => place.Part;

    [Description("Path of the file among the attachments; null for subject and body. Hostile text.")]
    public string? File => place.Path.Length > 0 ? place.Path : null;

    [Description("How many different values stand there.")]
    public int Count => place.Count;

    [Description("The first of them with its end hidden: '45**-****-****-****'.")]
    public string Sample => place.Sample;
}
