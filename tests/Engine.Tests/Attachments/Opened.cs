using Platform.Engine.Mail;
using Platform.Engine.Tests.Detectors;

namespace Platform.Engine.Tests.Attachments;

/// <summary>What the product's reader makes of one attached file.</summary>
internal static class Opened
{
    public static MailMessage File(string name, byte[] content) => new TestMail { Files = [(name, content)] }.ToInput().Message;

    public static IReadOnlyList<string> FactsOf(string name, byte[] content) => [.. File(name, content).FileFacts.Select(fact => fact.Id)];
}
