namespace Platform.Engine.Learning;

/// <summary>Which traits of a message's make are shown, and by which id of the texts (<c>trait.ID</c>).</summary>
internal static class TraitNames
{
    /// <summary>Beginnings of names of <see cref="BuildFeatures"/>, the more particular first.</summary>
    private static readonly (string Feature, string Id)[] Shown =
    [
        ("links none to sender", "links-foreign"),
        ("links all to one other", "links-one-foreign"),
        ("link recipient-address", "link-recipient"),
        ("link fragment", "link-fragment"),
        ("link segment random", "link-random-path"),
        ("link domain random", "link-random-domain"),
        ("link domain name with number", "link-random-domain"),
        ("link sub-domain deep", "link-deep-host"),
        ("link sub-domain random", "link-deep-host"),
        ("link suffix", "link-new-suffix"),
        ("link free-hosting", "link-free-hosting"),
        ("link shortener", "link-shortener"),
        ("link file php", "link-script-page"),
        ("link port", "link-port"),
        ("reply-to free-mail", "reply-free-mail"),
        ("reply-to other", "reply-elsewhere"),
        ("from free-mail", "from-free-mail"),
        ("from suffix", "from-new-suffix"),
        ("from mailbox random", "from-random-mailbox"),
        ("from mailbox name with", "from-random-mailbox"),
        ("from mailbox general", "from-general-mailbox"),
        ("from domain random", "from-random-domain"),
        ("from domain name with", "from-random-domain"),
        ("from name-domain other", "from-name-not-domain"),
        ("from name shouts", "from-name-shouts"),
        ("from name holds an address", "from-name-address"),
        ("from no-organisation", "from-no-domain"),
        ("to oneself", "to-oneself"),
        ("to nobody", "to-nobody"),
        ("to name is address", "to-unnamed"),
        ("text recipient-address", "text-recipient"),
        ("text shouts", "text-shouts"),
        ("subject shouts", "subject-shouts"),
        ("subject exclaims", "subject-exclaims"),
        ("subject symbols", "subject-symbols"),
        ("header urgent", "marked-urgent"),
        ("hidden text", "hidden-text"),
        ("html alone", "html-alone"),
        ("html links on images", "links-on-images"),
        ("html image map", "image-map"),
        ("html images of others", "images-foreign"),
        ("html form", "form"),
        ("file html", "file-html"),
    ];

    public static IEnumerable<string> Ids => Shown.Select(trait => trait.Id).Distinct(StringComparer.Ordinal);

    public static string? Of(string feature)
    {
        foreach (var (start, id) in Shown)
            if (feature.StartsWith(start, StringComparison.Ordinal))
                return id;
        return null;
    }
}
