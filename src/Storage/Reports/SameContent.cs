using System.Security.Cryptography;
using System.Text;
using Platform.Engine.Verdicts;

namespace Platform.Storage.Reports;

/// <summary>What a mail holds, in one text to compare: its subject, files and links.</summary>
internal static class SameContent
{
    /// <summary>Files and whole links: what cannot be left out of a mail to make another look like it. Null where the facts do not tell all of them.</summary>
    public static string? Of(MessageFacts facts) =>
        facts is { Attachments.Count: < MessageFacts.MaxListed, Links.Count: < MessageFacts.MaxListed } ? Hash(facts, facts.Links) : null;

    /// <summary>Files and hosts of links, which mails of one campaign share. Null where there is too little in a mail to tell it from others of its author.</summary>
    public static string? OfCampaign(MessageFacts facts) =>
        facts.Attachments.Count > 0 || facts.Links.Count > 0 ? Hash(facts, facts.Links.Select(HostOf)) : null;

    private static string Hash(MessageFacts facts, IEnumerable<string> links)
    {
        var text = new StringBuilder(facts.Subject?.Trim().ToUpperInvariant());
        foreach (var part in facts.Attachments.Select(file => file.Sha256).Order(StringComparer.Ordinal).Concat(links.Distinct().Order(StringComparer.Ordinal)))
            text.Append('\n').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string HostOf(string link) => Uri.TryCreate(link, UriKind.Absolute, out var uri) ? uri.Host : "";
}
