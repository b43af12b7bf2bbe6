using System.Text;
using Platform.Engine.Learning;

namespace Platform.Api.Cli.Training;

/// <summary>One text of <c>made-mails.txt</c> with its alternatives.</summary>
internal sealed record MadeText(string Language, MailLabel Label, string Kind, string[] Subjects, IReadOnlyList<(bool Optional, string[] Choices)> Paragraphs, string[] LinkWords)
{
    public string Name => $"{Language} {Label} {Kind}".ToLowerInvariant();

    public static IReadOnlyList<MadeText> All()
    {
        using var resource = typeof(MadeText).Assembly.GetManifestResourceStream("Training/made-mails.txt")
            ?? throw new InvalidOperationException("The texts of the training are missing from this build.");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        List<MadeText> texts = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length < 2 || line[0] == '#')
                continue;
            if (line[0] == '@')
            {
                var head = line[1..].Split(' ');
                texts.Add(new MadeText(head[0], Enum.Parse<MailLabel>(head[1], ignoreCase: true), head[2], [], [], []));
                continue;
            }

            var choices = line[2..].Split(" | ", StringSplitOptions.TrimEntries);
            texts[^1] = line[0] switch
            {
                'S' => texts[^1] with { Subjects = choices },
                'A' => texts[^1] with { LinkWords = choices },
                'P' or 'Q' => texts[^1] with { Paragraphs = [.. texts[^1].Paragraphs, (line[0] == 'Q', choices)] },
                _ => throw new FormatException($"'{line}' is no line of made mails."),
            };
        }

        return texts;
    }
}
