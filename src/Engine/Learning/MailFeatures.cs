using Platform.Engine.Detectors;
using Platform.Engine.Language;

namespace Platform.Engine.Learning;

/// <summary>Makes of a message what the model sees.</summary>
internal static class MailFeatures
{
    /// <summary>Counts up with every change of what is seen: weights made for other features would mean nothing.</summary>
    public const int Version = 2;

    public static FeatureVector Of(DetectionInput input, IReadOnlyList<Sign> signs)
    {
        var subject = AuthoredText.Subject(input.Message, input.Text);
        var body = AuthoredText.Body(input.Message, input.Text);
        var vector = new FeatureVector($"{subject}{PlainText.SubjectEnd}{body}");
        var words = new WordFeatures(vector, WordFeatures.NamesOf(input.Message));
        words.Read(0, subject.Length, subject: true);
        words.Read(subject.Length + 1, vector.Text.Length, subject: false);
        new BuildFeatures(vector, input, body).Read(signs);
        return vector;
    }
}
