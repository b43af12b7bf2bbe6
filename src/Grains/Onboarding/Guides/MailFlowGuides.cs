using System.Globalization;

namespace Platform.Grains.Onboarding.Guides;

/// <summary>The mail systems there are guides for.</summary>
public enum MailSystem
{
    Microsoft365,
    GoogleWorkspace,
    Postfix,
    Exchange,
}

/// <summary>How a mail system is put behind the inspection, filled with a tenant's values.</summary>
/// <param name="Records">DNS records to publish.</param>
/// <param name="Steps">In their order.</param>
public sealed record MailFlowGuide(string Title, IReadOnlyList<GuideRecord> Records, IReadOnlyList<string> Steps);

/// <param name="Purpose">In words.</param>
public sealed record GuideRecord(string Type, string Name, string Value, string Purpose);

public sealed class MailFlowGuides(FlowSettings settings)
{
    private const int MaxSteps = 20;
    private const int MxPreference = 10;

    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    public MailFlowGuide Make(MailSystem system, string domain, string language)
    {
        ArgumentNullException.ThrowIfNull(domain);
        var wording = OnboardingWording.Of(language);
        var name = Name(system);
        var values = new Dictionary<string, string>
        {
            ["domain"] = domain,
            ["host"] = Host,
            // Microsoft names the host of a domain after it, with hyphens for dots.
            ["dashed"] = domain.Replace('.', '-'),
        };
        var steps = Enumerable.Range(1, MaxSteps)
            .Select(step => wording.Find(string.Create(CultureInfo.InvariantCulture, $"guide.{name}.{step}")))
            .TakeWhile(text => text is not null)
            .Select(text => OnboardingWording.Fill(text!, values));
        return new MailFlowGuide(wording[$"guide.{name}.title"], Records(domain, wording), [.. steps]);
    }

    private string Host => settings.Onboarding.MailHosts is [var first, ..] ? first : settings.Hostname;

    private List<GuideRecord> Records(string domain, OnboardingWording wording)
    {
        List<GuideRecord> records = [];
        if (settings.Onboarding.SpfInclude is { } include)
            records.Add(new GuideRecord("TXT", domain, $"v=spf1 include:{include} -all", wording["guide.purpose.spf"]));
        records.Add(new GuideRecord("MX", domain, string.Create(CultureInfo.InvariantCulture, $"{MxPreference} {Host}."), wording["guide.purpose.mx"]));
        return records;
    }

    private static string Name(MailSystem system) => system switch
    {
        MailSystem.Microsoft365 => "microsoft_365",
        MailSystem.GoogleWorkspace => "google_workspace",
        MailSystem.Postfix => "postfix",
        MailSystem.Exchange => "exchange",
        _ => throw new ArgumentOutOfRangeException(nameof(system)),
    };
}
