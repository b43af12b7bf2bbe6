using Platform.Engine.Verdicts;
using Platform.Storage.Messages;

namespace Platform.Storage.Purging;

/// <summary>A kept verdict once the content is gone: ids and weights of its reasons stay, what they quoted does not.</summary>
internal static class VerdictRedaction
{
    public static string Of(string json)
    {
        var verdict = StoredJson.ReadVerdict(json);
        return StoredJson.Write(verdict with
        {
            Reasons = [.. verdict.Reasons.Select(reason => reason with
            {
                Evidence = new Evidence(reason.Evidence.Kind, "", ""),
                Arguments = new Dictionary<string, string>(),
            })],
            Behaviours = [],
            PersonalData = [.. verdict.PersonalData.Select(finding => finding with { Places = [] })],
            Facts = verdict.Facts with { Links = [] },
        });
    }
}
