using System.Globalization;
using Platform.Api.Edge;
using Platform.Api.GraphQL.Schema;
using Platform.Engine.Language;
using Platform.Engine.Verdicts;

namespace Platform.Api.GraphQL.Messages;

/// <summary>The sentence of a reason in one of the <see cref="Languages"/>.</summary>
internal static class ReasonSentences
{
    public static string Render(Reason reason, string language) => ReasonText.Render(reason, CultureInfo.GetCultureInfo(language));

    /// <summary>The language that is asked for, or that of the caller.</summary>
    public static CultureInfo CultureOf(Language? language, CallerContext caller) => CultureInfo.GetCultureInfo(language switch
    {
        Language.Ja => Languages.Japanese,
        Language.En => Languages.English,
        _ => caller.Current.Language,
    });
}
