using Platform.Engine.Tracking;

namespace Platform.Engine.Tests.Tracking;

/// <summary>Requests as real programs make them.</summary>
internal static class Asked
{
    public const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
    public const string Outlook = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; Trident/7.0; .NET4.0C; .NET4.0E; Microsoft Outlook 16.0.17328; ms-office; MSOffice 16)";
    public const string AppleMail = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    public const string Gmail = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

    /// <summary>A picture in a web mail.</summary>
    public static OpenRequest ByBrowser() => new()
    {
        Agent = Chrome,
        Accept = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
        Languages = "ja,en-US;q=0.9",
        Destination = "image",
        Mode = "no-cors",
        Site = "cross-site",
        Brands = "\"Google Chrome\";v=\"131\"",
    };

    public static OpenRequest By(string agent) => new() { Agent = agent, Accept = "image/webp,image/*;q=0.8,*/*;q=0.5", Languages = "en" };
}
