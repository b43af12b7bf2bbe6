using Platform.Engine.Detectors.Headers;
using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A display name that borrows a well-known brand while the address belongs to somebody else.</summary>
internal sealed class BrandImpersonation : IDetector
{
    private const int LongestName = 60;
    private const int ShortestInText = 5;

    // Through a list any name may come; the list's marks are anybody's to write.
    private const int ThroughList = 50;

    // What may stand beside the brand in a display name that is still nothing but the brand.
    private static readonly string[] Companions =
    [
        "account", "accounts", "alert", "alerts", "billing", "business", "care", "center", "centre", "co", "corp", "customer", "express", "help", "inc", "info", "id", "ltd", "mail", "member",
        "notice", "notification", "notifications", "no-reply", "noreply", "official", "online", "prime", "security", "service", "services", "support", "team", "update", "verification",
        "株式会社", "公式", "お客様センター", "お客さまセンター", "カスタマーサービス", "カスタマーセンター", "サポート", "サポートセンター", "事務局", "お知らせ", "重要", "通知", "고객센터", "알림", "고객지원", "客服",
    ];

    public IReadOnlyList<SignDescription> Signs { get; } =
    [
        new("brand-display-name", "The display name claims a well-known brand; the address does not belong to it.", "ATT&CK T1656; X.1236 7.2.1", "brand", "address"),
        new("brand-in-text", "The text demands something in a well-known brand's name; neither sender nor any link belongs to it.", "ATT&CK T1656; X.1236 7.2.1", "brand", "address"),
        new("brand-in-subject", "The subject speaks for a well-known brand about an account or a demand; the address does not belong to it.", "ATT&CK T1656; X.1236 7.2.1", "brand", "address"),
    ];

    /// <summary>Whether the author's name borrows a brand; then the author's own domain vouches for nothing.</summary>
    public static bool IsBorrowed(SenderView sender) =>
        sender is { Address: not null, IsOwn: false } && (sender.IsFreeMail || !Brands.Embedded.IsOfBrand(sender.OrganisationalDomain)) && ClaimedName(sender.Name, sender) is not null;

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var shown in input.Senders)
            if (shown.Address is not null && !IsTrusted(shown) && ClaimedName(shown.Name, shown) is not null)
            {
                yield return new Sign("brand-display-name", Seen.Header(input, "From"), ("brand", Seen.Cut(shown.Address.Name, LongestName)), ("address", shown.Address.Address)) { Percent = input.Senders.Count > 1 ? ThroughList : 100 };
                yield break;
            }

        var sender = input.Sender;
        if (sender.Address is null || IsTrusted(sender) || BulkMarks.IsDiscussionList(input.Message))
            yield break;
        if (input.Message.InReplyTo.Count == 0 && (input.Text.Has("account-threat") || input.Text.Has("parcel-ask") || input.Text.Has("credential-ask")) && ClaimedName(input.Text.Subject, sender) is { } named)
            yield return new Sign("brand-in-subject", Seen.Header(input, "Subject"), ("brand", Written(named, input.Message.Subject)), ("address", sender.Address.Address));
        else if (InText(input) is { } spoken)
            yield return new Sign("brand-in-text", Seen.Of(Verdicts.EvidenceKind.Text, "text", Written(spoken, input.Message.VisibleText)), ("brand", Written(spoken, input.Message.VisibleText)), ("address", sender.Address.Address));
    }

    // Names are compared folded; a person wants to see what stands there.
    private static string Written(string name, string text) => text.IndexOf(name, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? text.Substring(at, name.Length) : name;

    private static bool IsTrusted(SenderView sender) => sender.IsOwn || Brands.Embedded.IsOfBrand(sender.OrganisationalDomain) && !sender.IsFreeMail;

    // A demand made in a brand's name, at the head of the text or under it; honest mail of others links to the brand that it names.
    private static string? InText(DetectionInput input)
    {
        const int Head = 400;
        const int Foot = 250;
        if (input.Message.InReplyTo.Count > 0 || !Demands(input))
            return null;
        var body = input.Text.Body;
        var spoken = body.Length <= Head + Foot ? body : $"{body[..Head]} {body[^Foot..]}";
        return !Brands.Embedded.MayName(spoken) ? null : Brands.Embedded.All
            .Where(brand => !brand.OnlyWhole && !brand.Owns(input.Sender.OrganisationalDomain) && !input.Survey.Actions.Any(link => brand.Owns(input.Domains.Of(link.Host))))
            .Select(brand => brand.Names.FirstOrDefault(name => name.Length >= ShortestInText && Claims(spoken, name, onlyWhole: false)))
            .FirstOrDefault(name => name is not null);
    }

    private static bool Demands(DetectionInput input) =>
        input.Text.Has("account-threat") && input.Text.Has("credential-ask")
        || input.Text.Has("call-back-pretext") && input.Text.Has("call-back-ask")
        || input.Text.Find("notice-microsoft").Count > 1
        || input.Text.Has("wallet") && input.Text.Has("wallet-ask")
        || input.Text.Has("parcel") && input.Text.Has("parcel-ask");

    // 貿易管理部, 総務課: a department of the house that is named. Seminars and grants are run by others as 事務局.
    private static bool IsUnit(string word) => word[^1] is '部' or '課' or '室' or '係' or '局' && !word.EndsWith("事務局", StringComparison.Ordinal);

    // The name of the brand as the text has it.
    private static string? ClaimedName(string text, SenderView sender)
    {
        if (text.Length == 0)
            return null;
        var beginnings = text.Length <= LongestName ? Beginnings(text) : [];
        if (!Brands.Embedded.MayName(text) && !beginnings.Any(Brands.Embedded.IsSkeleton))
            return null;
        return Brands.Embedded.All
            .Where(brand => !brand.Owns(sender.OrganisationalDomain))
            .Select(brand => brand.Names.FirstOrDefault(name => Claims(text, name, brand.OnlyWhole)) ?? (!brand.OnlyWhole && brand.Skeletons.Any(beginnings.Contains) ? brand.Names[0] : null))
            .FirstOrDefault(name => name is not null);
    }

    // "PayPaI Service", "Pay Pal": the first words together, as the eye takes them.
    private static HashSet<string> Beginnings(string text)
    {
        const int MostWords = 4;
        HashSet<string> beginnings = new(StringComparer.Ordinal);
        var words = text.Split([' ', '-', '_', '.', ',', '(', ')', '[', ']', '|', ':', '@', '!', '"'], StringSplitOptions.RemoveEmptyEntries);
        for (var count = 1; count <= Math.Min(MostWords, words.Length); count++)
            beginnings.Add(Brands.Letters(string.Concat(words.Take(count))));
        return beginnings;
    }

    private static bool Claims(string displayName, string brand, bool onlyWhole)
    {
        var at = displayName.IndexOf(brand, StringComparison.Ordinal);
        if (at < 0)
            return false;
        var end = at + brand.Length;
        if (char.IsAsciiLetterOrDigit(brand[0]) && at > 0 && char.IsAsciiLetterOrDigit(displayName[at - 1]))
            return false;
        if (char.IsAsciiLetterOrDigit(brand[^1]) && end < displayName.Length && char.IsAsciiLetterOrDigit(displayName[end]))
            return false;
        if (!onlyWhole)
            return true;
        var rest = $"{displayName[..at]} {displayName[end..]}".Split([' ', '-', '_', '.', ',', '(', ')', '[', ']', '【', '】', '|', ':', '@', '!'], StringSplitOptions.RemoveEmptyEntries);
        return rest.All(word => Companions.Contains(word) || IsUnit(word));
    }
}
