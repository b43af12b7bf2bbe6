using Platform.Engine.Attachments;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Tests.Attachments;

/// <summary>What one reader takes from one file.</summary>
internal static class ReadFile
{
    public static FileContents By(IFileReader reader, string name, byte[] content, params IReadOnlyList<string> passwords)
    {
        var budget = new ReadBudget(ScanLimits.Default, TimeProvider.System, content.Length, CancellationToken.None);
        var file = new MailAttachment(name, name, "", FileTypes.Detect(content, name), content, 0, Encrypted: false);
        var contents = new FileContents(file, budget, passwords);
        Assert.True(reader.Reads(file), $"{file.Type.Id} is not read");
        reader.Read(file, contents);
        return contents;
    }

    public static IReadOnlyList<string> Ids(this FileContents contents) => [.. contents.Facts.Select(fact => fact.Id).Distinct()];

    public static string Value(this FileContents contents, string id) => contents.Facts.First(fact => fact.Id == id).Value;

    public static ScriptSource Script(this FileContents contents, ScriptLanguage language) => contents.Scripts.Single(script => script.Language == language);
}
