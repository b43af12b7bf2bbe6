using System.Globalization;
using System.Text;

namespace Platform.Engine.Attachments.Office;

/// <summary>
/// Fields of Word (ECMA-376 part 1, 17.16): a word that says what the field does, and its arguments. The formats of Word keep them
/// differently, each hands them over as begin, instruction text and end; fields stand inside of fields.
/// </summary>
internal sealed class FieldCodes(FileContents contents)
{
    private const int MaxDepth = 30;
    private const int MaxInstruction = 8_192;

    private readonly Stack<StringBuilder> _open = [];
    private int _deeper;

    public bool IsInstruction => _open.Count > 0;

    public void Begin()
    {
        if (_open.Count < MaxDepth)
            _open.Push(new StringBuilder());
        else
            _deeper++;
    }

    public void Append(string text)
    {
        if (_open.TryPeek(out var instruction) && instruction.Length < MaxInstruction)
            instruction.Append(text);
    }

    /// <summary>The instruction is whole; what it makes takes its place in the field around it.</summary>
    public void End(string where)
    {
        if (_deeper > 0)
        {
            _deeper--;
            return;
        }

        if (!_open.TryPop(out var instruction))
            return;
        var words = Words(instruction.ToString());
        if (words.Count == 0)
            return;
        Tell(words, instruction.ToString().Trim(), where);
        if (_open.TryPeek(out var around) && around.Length < MaxInstruction)
            around.Append(Made(words));
    }

    /// <summary>A whole instruction that stands alone.</summary>
    public void Tell(string instruction, string where)
    {
        if (Words(instruction) is { Count: > 0 } words)
            Tell(words, instruction.Trim(), where);
    }

    private void Tell(List<string> words, string instruction, string where)
    {
        var first = words.Count > 1 ? words[1] : "";
        switch (words[0].ToUpperInvariant())
        {
            // A service that another field makes has no honest use.
            case "DDE" or "DDEAUTO" when DdeTarget.StartsProgram(first, string.Join(' ', words.Skip(2))) || !IsOffice(first):
                contents.Fact("office-dde", where, instruction);
                break;
            case "INCLUDETEXT" or "IMPORT" or "INCLUDE" or "RD" or "AUTOTEXT":
                RemoteTarget.Tell(contents, "office-external-object", where, first);
                break;
            case "INCLUDEPICTURE" when RemoteTarget.KindOf(first) != RemoteKind.Web:
                RemoteTarget.Tell(contents, "office-external-object", where, first);
                break;
            case "LINK" or "EMBED" when words.Count > 2:
                RemoteTarget.Tell(contents, "office-external-object", where, words[2]);
                break;
            case "HYPERLINK" when RemoteTarget.KindOf(first) == RemoteKind.Web || first.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase):
                contents.Link(first);
                break;
            case "HYPERLINK" when RemoteTarget.KindOf(first) == RemoteKind.Moniker:
                contents.Fact("office-moniker", where, first);
                break;
        }
    }

    private static bool IsOffice(string service) =>
        service.StartsWith("excel", StringComparison.OrdinalIgnoreCase) || service.StartsWith("word", StringComparison.OrdinalIgnoreCase) || service.StartsWith("winword", StringComparison.OrdinalIgnoreCase)
        || service.StartsWith("msaccess", StringComparison.OrdinalIgnoreCase) || service.StartsWith("soffice", StringComparison.OrdinalIgnoreCase) || service.StartsWith("paint.picture", StringComparison.OrdinalIgnoreCase);

    // QUOTE with numbers is how a text is kept from being read.
    private static string Made(List<string> words)
    {
        if (!words[0].Equals("QUOTE", StringComparison.OrdinalIgnoreCase))
            return words.Count > 2 && words[0].Equals("SET", StringComparison.OrdinalIgnoreCase) ? "" : string.Join(' ', words);
        var text = new StringBuilder();
        foreach (var word in words.Skip(1))
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is > 0 and < 0xD800)
                text.Append((char)code);
            else
                text.Append(word);
        return text.ToString();
    }

    private static List<string> Words(string instruction)
    {
        List<string> words = [];
        for (var at = 0; at < instruction.Length && words.Count < 2_000;)
        {
            var c = instruction[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            var quoted = c is '"' or '\u201C';
            var end = quoted ? instruction.AsSpan(at + 1).IndexOfAny('"', '\u201D') : instruction.AsSpan(at).IndexOfAny(" \t\r\n\"");
            var start = quoted ? at + 1 : at;
            end = end < 0 ? instruction.Length : start + end;
            words.Add(instruction[start..end].Replace(@"\\", @"\", StringComparison.Ordinal));
            at = Math.Max(quoted ? end + 1 : end, at + 1);
        }

        return words;
    }
}
