using Platform.Engine;
using Platform.Engine.Attachments;
using Platform.Engine.Mail;

namespace Platform.Fuzz.Targets.Documents;

/// <summary>A reader of one format, under its usual name of a file, with tight bounds. Throws when it breaks a promise.</summary>
internal sealed class FileReaderTarget(IFileReader reader, string fileName, string typeId)
{
    private const int MostUnpacked = 8 * 1024 * 1024;

    public void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var file = new MailAttachment(fileName, fileName, "", FileTypes.Get(typeId), bytes, 0, Encrypted: false);
        var budget = new ReadBudget(ScanLimits.Default with { MaxArchiveEntries = 50, MaxDecodedBytes = MostUnpacked }, TimeProvider.System, bytes.Length, CancellationToken.None);
        var contents = new FileContents(file, budget, ["secret", "1234"]);
        reader.Read(file, contents);
        Hold(contents.Members.Sum(member => (long)member.Content.Length) <= MostUnpacked + (50L * bytes.Length), "members are bounded");
        Hold(contents.Facts.All(fact => fact.Value.Length <= 512 && fact.Where.Length <= 200), "facts are cut");
        Hold(contents.ReadableText.Length <= 64 * 1024 + 1, "text is bounded");
        Hold(contents.Members.All(member => member.Name.Length is > 0 and <= 4_096), "members have names");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
