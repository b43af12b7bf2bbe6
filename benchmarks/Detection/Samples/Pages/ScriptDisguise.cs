using System.Globalization;
using System.Text;
using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Pages;

/// <summary>Hides texts and code the ways that kits do: each call picks another way, other names, other keys.</summary>
internal static class ScriptDisguise
{
    /// <summary>An expression whose value is the text.</summary>
    /// <param name="browser">False for a script host, which has no <c>atob</c>.</param>
    public static string Text(this Random random, string text, bool browser = true) => random.Next(browser ? 8 : 6) switch
    {
        0 => Pieces(random, text),
        1 => $"String.fromCharCode({string.Join(',', text.Select(letter => (int)letter))})",
        2 => $"'{Escaped(new string([.. text.Reverse()]))}'.split('').reverse().join('')",
        3 => $"unescape('{string.Concat(text.Select(letter => $"%{(int)letter:x2}"))}')",
        4 => Shuffled(random, text),
        5 => Shifted(random, text),
        6 => $"atob('{Convert.ToBase64String(Encoding.Latin1.GetBytes(text))}')",
        _ => $"decodeURIComponent('{string.Concat(text.Select(letter => $"%{(int)letter:X2}"))}')",
    };

    /// <summary>Code that runs the code.</summary>
    public static string Layered(this Random random, string code, bool browser = true)
    {
        for (var layers = random.Next(3); layers > 0; layers--)
            code = random.Next(browser ? 6 : 4) switch
            {
                0 => $"eval({random.Text(code, browser)})",
                1 => $"(new Function({random.Text(code, browser)}))()",
                2 => Rotated(random, code, browser),
                3 => $"[]['{random.Pick(["filter", "map", "sort", "join"])}'][{random.Text("constructor", browser)}]({random.Text(code, browser)})()",
                4 => $"setTimeout({random.Text(code, browser)},{random.Next(5, 900)})",
                _ => $"window[{random.Text("eval")}]({random.Text(code)})",
            };
        return random.Chance(0.5) ? $"{Noise(random)}{code}" : code;
    }

    public static string Name(this Random random) => random.Next(3) switch
    {
        0 => $"_0x{random.Next(0x1000, 0xFFFFF):x}",
        1 => random.Word(3, 9) + random.Next(10, 99).ToString(CultureInfo.InvariantCulture),
        _ => $"{(char)('a' + random.Next(26))}{random.Word(2, 4)}_{random.Next(1, 99)}",
    };

    /// <summary>Code without effect.</summary>
    public static string Noise(this Random random)
    {
        var noise = new StringBuilder();
        for (var lines = random.Next(2, 8); lines > 0; lines--)
            noise.Append(random.Next(3) switch
            {
                0 => $"var {Name(random)}={random.Next(1, 99_999)}*{random.Next(2, 99)};",
                1 => $"function {Name(random)}(a,b){{return a*{random.Next(2, 50)}+(b||{random.Next(9)})}};",
                _ => $"var {Name(random)}=['{random.Word()}','{random.Word()}','{random.Word()}'].length;",
            });
        return noise.ToString();
    }

    // 'a'+"bc"+'d'
    private static string Pieces(Random random, string text)
    {
        var pieces = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(text.Length - at, random.Next(1, 7));
            pieces.Append(at > 0 ? "+" : "").Append('\'').Append(Escaped(text.Substring(at, length))).Append('\'');
            at += length;
        }

        return text.Length == 0 ? "''" : $"({pieces})";
    }

    // Pieces in an array in another order, called by number.
    private static string Shuffled(Random random, string text)
    {
        var pieces = text.Chunk(random.Next(2, 9)).Select(chunk => new string(chunk)).ToArray();
        var order = Enumerable.Range(0, pieces.Length).ToArray();
        random.Shuffle(order);
        var list = string.Join(',', order.Select(index => $"'{Escaped(pieces[index])}'"));
        var calls = string.Join('+', Enumerable.Range(0, pieces.Length).Select(index => $"p[{Array.IndexOf(order, index)}]"));
        return $"(function(p){{return {(calls.Length > 0 ? calls : "''")}}})([{list}])";
    }

    // Every letter moved by a key.
    private static string Shifted(Random random, string text)
    {
        var key = random.Next(1, 30);
        return $"'{Escaped(new string([.. text.Select(letter => (char)(letter + key))]))}'.replace(/[\\s\\S]/g,function(c){{return String.fromCharCode(c.charCodeAt(0)-{key})}})";
    }

    // A list of texts, turned until it fits, and asked by a function.
    private static string Rotated(Random random, string code, bool browser)
    {
        var (list, ask) = (Name(random), Name(random));
        string[] texts = [random.Word(), code, random.Word(), random.Word(), "length"];
        var turns = random.Next(1, 5);
        var turned = texts.Select((_, index) => texts[(index + texts.Length - turns) % texts.Length]);
        var written = string.Join(',', turned.Select(text => text == code ? random.Text(text, browser) : $"'{text}'"));
        var offset = random.Next(0x10, 0x200);
        return $"var {list}=[{written}];(function(a,n){{while(n--)a.push(a.shift())}})({list},{turns});var {ask}=function(i){{return {list}[i-0x{offset:x}]}};eval({ask}(0x{offset + 1:x}))";
    }

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var letter in text)
            escaped.Append(letter switch
            {
                '\'' => "\\'",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '<' => "\\x3c",
                _ when letter is < ' ' or > '~' => $"\\u{(int)letter:x4}",
                _ => letter.ToString(),
            });
        return escaped.ToString();
    }
}
