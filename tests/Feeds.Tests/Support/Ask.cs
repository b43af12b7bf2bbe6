using Platform.Engine.Feeds;

namespace Platform.Feeds.Tests.Support;

/// <summary>Questions of a message, with nothing in them but what the test names.</summary>
internal static class Ask
{
    public static FeedQuestions Nothing { get; } = new([], [], [], [], null);

    public static FeedQuestions Url(string url) => Nothing with { Urls = [UrlKey.Of(url)!] };

    public static FeedQuestions Host(string host) => Nothing with { Hosts = [host] };

    public static FeedQuestions Sender(string address) => Nothing with { Senders = [address] };

    public static FeedQuestions Origin(string address) => Nothing with { Origin = address };

    public static FeedQuestions File(string sha256) => Nothing with { Files = [new FileFingerprint("a.bin", new string('0', 32), new string('0', 40), sha256)] };
}
