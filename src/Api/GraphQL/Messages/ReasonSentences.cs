using System.Globalization;
using Platform.Api.Edge;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Api.GraphQL.Messages;

/// <summary>The sentence of a reason in one of the <see cref="Languages"/>.</summary>
internal static class ReasonSentences
{
    public static string Render(Reason reason, string language) => ReasonText.Render(reason, CultureInfo.GetCultureInfo(language));
}
