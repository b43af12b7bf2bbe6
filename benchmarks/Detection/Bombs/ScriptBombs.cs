using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>Scripts that never end or grow, for emulators.</summary>
internal static class ScriptBombs
{
    public static IReadOnlyList<Bomb> All { get; } =
    [
        Js("loop without end", random => $"var {random.Word()} = 0; for (;;) {{ }}"),
        Js("string repeated half a billion times", random => $"var {random.Word()} = 'x'.repeat(5e8); document.write({random.Word()});"),
        Js("string doubled", random => "var s = 'ab'; for (var i = 0; i < 60; i++) s += s; document.write(s);"),
        Js("string padded", random => "var s = ''.padEnd(9e8, 'xy') + 'a'.padStart(9e8); eval(s);"),
        Js("array of a billion", random => "var a = new Array(1e9).fill('x').join('y'); document.write(a);"),
        Js("array that grows", random => "var a = []; while (true) a.push(a.concat(a));"),
        Js("array of arrays sorted", random => "var a = Array.from({ length: 3e7 }, function (v, k) { return k * 7 % 13; }); a.sort(); a.reverse(); a.map(String);"),
        Js("function that calls itself", random => "function f(n) { return f(n + 1) + f(n + 2); } f(0);"),
        Js("getter that calls itself", random => "var o = { get a() { return this.a; }, toString: function () { return '' + this; } }; try { '' + o; } catch (e) { o.a; }"),
        Js("pattern that goes back and forth", random => $"/^(a+)+$/.test('{new string('a', 40)}!'); /(x+x+)+y/.exec('{new string('x', 3_000)}'); 'a'.repeat(100000).match(/(a*)*b/);"),
        Js("text replaced in itself", random => "var s = 'aaaaaaaaaa'; for (var i = 0; i < 50; i++) s = s.replace(/a/g, s); eval(s);"),
        Js("text split and joined", random => "var s = 'ab'; for (var i = 0; i < 40; i++) s = s.split('').join(s);"),
        Js("layers of eval", random => "var s = 'eval(s)'; eval(s); (function g(c) { eval('g(' + c + '+1)'); })(0);"),
        Js("JSON deep in itself", random => "var s = '['.repeat(1e6); try { JSON.parse(s); } catch (e) { } var o = {}; for (var p = o, i = 0; i < 1e6; i++) p = p.a = {}; JSON.stringify(o);"),
        Js("numbers that are large", random => "var b = 3n; for (var i = 0; i < 100; i++) b = b * b; document.write(String(b)); BigInt('9'.repeat(1e7));"),
        Js("timers that set timers", random => "function t() { setTimeout(t, 0); setInterval(t, 1); } t();"),
        Js("blobs without end", random => "var p = []; for (var i = 0; i < 1e6; i++) { var b = new Blob([new Uint8Array(1e7)]); p.push(URL.createObjectURL(b)); }"),
        Js("document that writes itself", random => "for (;;) document.write('<script>for(;;)document.write(document.documentElement.innerHTML)<\\/script>');"),
        new("script of five megabytes", random => BombMail.With(random, "a.js", BombMail.Join(150_000, index => $"var v{index} = '{random.Word()}' + {index};\n"))),
        new("script nested in brackets", random => BombMail.With(random, "a.js", $"var x = {BombMail.Repeat("(", 100_000)}1{BombMail.Repeat(")", 100_000)}; var y = {BombMail.Repeat("[", 100_000)}; {BombMail.Repeat("!", 200_000)}1;")),
        new("script of joined letters", random => BombMail.With(random, "a.js", $"var s = {BombMail.Join(100_000, _ => $"'{random.Word(1, 2)}'+")}''; eval(s);")),
        new("Visual Basic that loops", random => BombMail.With(random, "a.vbs", "Dim s\r\ns = \"ab\"\r\nDo\r\ns = s & s\r\nLoop\r\n")),
        new("Visual Basic that fills", random => BombMail.With(random, "a.vbs", "s = String(900000000, \"x\") & Space(900000000)\r\nReDim a(900000000)\r\nFor i = 0 To 2000000000\r\nExecute \"x = x & Replace(s, \"\"x\"\", s)\"\r\nNext\r\n")),
        new("Visual Basic that executes itself", random => BombMail.With(random, "a.vbs", "Sub f\r\nExecute \"f\"\r\nExecute \"f\"\r\nEnd Sub\r\nf\r\n")),
        new("PowerShell that doubles", random => BombMail.With(random, "a.ps1", "$s = 'ab'\r\nwhile ($true) { $s = $s + $s; $s = $s -replace 'a', $s }\r\nIEX ('x' * 2000000000)\r\n1..2000000000 | % { $_ }\r\n")),
        new("PowerShell in layers", random => BombMail.With(random, "a.ps1", Enumerable.Range(0, 12).Aggregate("while(1){}", (inner, _) => $"powershell -enc {Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes(inner.Length > 40_000 ? "while(1){}" : inner))}"))),
        new("batch that jumps", random => BombMail.With(random, "a.bat", "@echo off\r\nset a=xy\r\n:l\r\nset a=%a%%a%\r\nfor /l %%i in (1,1,2000000000) do set b=%%i\r\ngoto l\r\n")),
        new("batch of carets and percents", random => BombMail.With(random, "a.cmd", BombMail.Repeat("^", 300_000) + "\r\n" + BombMail.Repeat("%a:~0,1%", 200_000))),
    ];

    private static Bomb Js(string name, Func<Random, string> script) =>
        new($"script: {name}", random => BombMail.With(random, random.Chance(0.5) ? "a.html" : "a.htm", $"<html><body><script>{script(random)}</script></body></html>"));
}
