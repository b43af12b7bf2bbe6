using Platform.Engine.Behaviour;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>Shell links (.lnk): what they start, with which arguments, and how they hide it.</summary>
internal sealed class ShellLinkReader : IFileReader
{
    // More blanks than the properties window has room for.
    private const int Padding = 60;
    private const int SmallestAppended = 64;

    public bool Reads(MailAttachment file) => file.Type.Id == "lnk" || FileTypes.Extension(file.FileName) == "lnk";

    public void Read(MailAttachment file, FileContents contents)
    {
        if (ShellLinkParser.Parse(file.Content) is not { } link)
            return;
        var command = link.CommandLine.Trim();
        if (link.Machine.Length > 0)
            contents.Fact("shortcut-machine", "tracker", link.Machine);
        var hostile = ReadCommand(link, command, contents);
        if (link.Appended.Length > SmallestAppended && contents.Budget.TakeEntry(file.Path))
        {
            contents.Fact("shortcut-appended", "after the link", $"{link.Appended.Length} bytes");
            contents.Member("appended", link.Appended[..contents.Budget.TakeDecoded(link.Appended.Length, file.Path)]);
            hostile = true;
        }

        if (!hostile && command.Length > 0)
            contents.Fact("shortcut-plain", "target", command);
    }

    private static bool ReadCommand(ShellLink link, string command, FileContents contents)
    {
        var hostile = false;
        var program = link.Target.Length > 0 ? link.Target : link.RelativePath;
        if (NetworkPlace.OutsideHostOf(link.Target) is not null)
        {
            hostile = true;
            contents.Fact("shortcut-remote", "target", link.Target);
        }
        else if (link.Target.Contains("://", StringComparison.Ordinal))
        {
            ShortcutTarget.Tell(link.Target, "target", contents);
            hostile = !link.Target.StartsWith("http", StringComparison.OrdinalIgnoreCase);
        }

        if (CommandLine.IsInterpreted(program) && link.Arguments.Trim().Length > 0 || LeadsOn(program, link.Arguments) || StartsNeighbour(link))
        {
            hostile = true;
            contents.Fact("shortcut-command", "command line", Squeezed(command));
            contents.Script(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, Squeezed(command), "command line"));
            if (link.IconLocation.Length > 0 && CommandLine.ProgramOf(link.IconLocation.Split(',')[0]) != CommandLine.ProgramOf(program))
                contents.Fact("shortcut-disguise", "icon", link.IconLocation);
        }

        if (LongestBlank(link.Arguments) >= Padding)
        {
            hostile = true;
            contents.Fact("shortcut-hidden-arguments", "arguments", Squeezed(link.Arguments));
        }

        return hostile;
    }

    // Explorer opens what it is given: an address or a program as well as a folder.
    private static bool LeadsOn(string program, string arguments) =>
        CommandLine.ProgramOf(program) == "explorer" && (arguments.Contains("://", StringComparison.Ordinal) || NetworkPlace.OutsideHostOf(arguments) is not null || CommandLine.IsStarted(arguments));

    // A program without a whole path lies beside the shortcut: in the archive or on the image that brought both.
    private static bool StartsNeighbour(ShellLink link)
    {
        var path = link.Target.Length > 0 ? link.Target : link.RelativePath;
        return CommandLine.IsStarted(path) && !path.Contains(':', StringComparison.Ordinal) && !path.StartsWith('%') && NetworkPlace.HostOf(path) is null && !path.StartsWith(@"..\..\..", StringComparison.Ordinal);
    }

    private static int LongestBlank(string text)
    {
        int longest = 0, run = 0;
        foreach (var character in text)
        {
            run = char.IsWhiteSpace(character) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static string Squeezed(string text)
    {
        var output = new System.Text.StringBuilder(Math.Min(text.Length, 4_096));
        foreach (var character in text)
            if (!char.IsWhiteSpace(character))
                output.Append(character);
            else if (output.Length > 0 && output[^1] != ' ')
                output.Append(' ');
        return output.ToString();
    }
}
