using Platform.Engine.Detectors;
using Platform.Engine.Intelligence;
using Platform.Engine.Learning;
using Platform.Engine.Mail;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Learning;

/// <summary>What the model would see of a test mail.</summary>
internal static class Features
{
    public static FeatureVector Of(TestMail mail) => Of(mail.ToBytes());

    public static FeatureVector Of(byte[] mail)
    {
        var message = new MailReader().Read(mail, ScanLimits.Default, TestContext.Current.CancellationToken);
        var input = new DetectionInput(message, Envelope.None, ScanContext.Offline(TestMail.Now), new OriginFinder(null).Find(message, Envelope.None, []));
        return MailFeatures.Of(input, []);
    }

    public static IReadOnlyList<string> Names(TestMail mail, FeatureView view)
    {
        var vector = Of(mail);
        return [.. vector.All.Where(feature => feature.View == view).Select(vector.NameOf)];
    }

    public static IReadOnlyList<int> Indices(TestMail mail) => [.. Of(mail).All.Select(feature => feature.Index).Order()];
}
