using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>
/// Files that install a program from an address: ClickOnce (<c>.application</c>, <c>.appref-ms</c>),
/// Java Web Start (<c>.jnlp</c>), App Installer (<c>.appinstaller</c>).
/// </summary>
internal sealed class DeploymentReader : IFileReader
{
    private static readonly string[] Attributes = ["codebase=\"", "href=\"", "Uri=\"", "codebase='", "href='", "Uri='"];

    public bool Reads(MailAttachment file) => FileTypes.Extension(file.FileName) is "application" or "appref-ms" or "jnlp" or "appinstaller" or "vsto";

    public void Read(MailAttachment file, FileContents contents)
    {
        var text = SmallText.Of(file);
        if (FileTypes.Extension(file.FileName) == "appref-ms")
        {
            Tell(text.Split('#', 2)[0].Trim(), contents);
            return;
        }

        foreach (var attribute in Attributes)
            for (var at = text.IndexOf(attribute, StringComparison.Ordinal); at >= 0; at = text.IndexOf(attribute, at + attribute.Length, StringComparison.Ordinal))
                if (text.IndexOf(attribute[^1], at + attribute.Length) is var end and > 0)
                    Tell(text[(at + attribute.Length)..end], contents);
    }

    private static void Tell(string address, FileContents contents)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || contents.Links.Count > 50)
            return;
        contents.Link(address);
        if (!NetworkPlace.IsInside(uri.Host) && !uri.Host.EndsWith("schemas.microsoft.com", StringComparison.OrdinalIgnoreCase) && !uri.Host.EndsWith("w3.org", StringComparison.OrdinalIgnoreCase))
            contents.Fact("shortcut-installs", "address", address);
    }
}
