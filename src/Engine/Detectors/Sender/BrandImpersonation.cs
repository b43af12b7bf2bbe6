using Platform.Engine.Links;

namespace Platform.Engine.Detectors.Sender;

/// <summary>A display name that borrows a well-known brand while the address belongs to somebody else.</summary>
internal sealed class BrandImpersonation : IDetector
{
    private const int LongestName = 60;
    private const int ShortestInText = 5;

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
        sender is { Address: not null, IsOwn: false } && (sender.IsFreeMail || !Brands.Embedded.IsOfBrand(sender.OrganisationalDomain)) && Claimed(sender.Name, sender) is not null;

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        var sender = input.Sender;
        if (sender.Address is null || sender.IsOwn || Brands.Embedded.IsOfBrand(sender.OrganisationalDomain) && !sender.IsFreeMail)
            yield break;
        // "Name via List": the list rewrote the author and says so.
        if (input.Message.Header("List-Post") is not null && input.Message.ReplyTo.Count == 0 || sender.Name.Contains(" via ", StringComparison.Ordinal))
            yield break;
        if (Claimed(sender.Name, sender) is { } brand)
            yield return new Sign("brand-display-name", Seen.Header(input, "From"), ("brand", brand.Names[0]), ("address", sender.Address.Address));
        else if (input.Message.InReplyTo.Count == 0 && (input.Text.Has("account-threat") || input.Text.Has("parcel-ask") || input.Text.Has("credential-ask")) && Claimed(input.Text.Subject, sender) is { } named)
            yield return new Sign("brand-in-subject", Seen.Header(input, "Subject"), ("brand", named.Names[0]), ("address", sender.Address.Address));
        else if (InText(input) is { } spoken)
            yield return new Sign("brand-in-text", Seen.Of(Verdicts.EvidenceKind.Text, "text", spoken.Names[0]), ("brand", spoken.Names[0]), ("address", sender.Address.Address));
    }

    // A demand made in a brand's name, at the head of the text or under it; honest mail of others links to the brand that it names.
    private static Brand? InText(DetectionInput input)
    {
        const int Head = 400;
        const int Foot = 250;
        if (input.Message.InReplyTo.Count > 0 || !Demands(input))
            return null;
        var body = input.Text.Body;
        var spoken = body.Length <= Head + Foot ? body : $"{body[..Head]} {body[^Foot..]}";
        return !Brands.Embedded.MayName(spoken) ? null : Brands.Embedded.All.FirstOrDefault(brand =>
            !brand.OnlyWhole
            && !brand.Owns(input.Sender.OrganisationalDomain)
            && brand.Names.Any(name => name.Length >= ShortestInText && Claims(spoken, name, onlyWhole: false))
            && !input.Survey.Actions.Any(link => brand.Owns(input.Domains.Of(link.Host))));
    }

    private static bool Demands(DetectionInput input) =>
        input.Text.Has("account-threat") && input.Text.Has("credential-ask")
        || input.Text.Has("call-back-pretext") && input.Text.Has("call-back-ask")
        || input.Text.Has("wallet") && input.Text.Has("wallet-ask")
        || input.Text.Has("parcel") && input.Text.Has("parcel-ask");

    private static Brand? Claimed(string text, SenderView sender)
    {
        if (text.Length == 0)
            return null;
        var beginnings = text.Length <= LongestName ? Beginnings(text) : [];
        if (!Brands.Embedded.MayName(text) && !beginnings.Any(Brands.Embedded.IsSkeleton))
            return null;
        return Brands.Embedded.All.FirstOrDefault(brand =>
            !brand.Owns(sender.OrganisationalDomain)
            && (brand.Names.Any(name => Claims(text, name, brand.OnlyWhole)) || !brand.OnlyWhole && brand.Skeletons.Any(beginnings.Contains)));
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
        return rest.All(word => Companions.Contains(word));
    }
}
