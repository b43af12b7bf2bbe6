using System.Text;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour;

/// <summary>Scripts that are made to fill memory, to go on for ever, or to break the emulator.</summary>
public sealed class HostileScriptTests
{
    private const long MostOctets = 1024L * 1024 * 1024;
    private const int Deep = 100_000;

    public static TheoryData<ScriptLanguage, string> Growing { get; } = new()
    {
        { ScriptLanguage.PowerShell, "$s='ab';while(1){$s=$s+$s;$s=$s -replace 'a',$s}" },
        { ScriptLanguage.PowerShell, "$s='a'*4000000;while(1){$t=$s -replace 'a',$s}" },
        { ScriptLanguage.PowerShell, "$s='a'*1000000;while(1){$t=$s -replace '(a)','$1$1$1$1$1$1$1$1'}" },
        { ScriptLanguage.PowerShell, "$s='a'*1000000;while(1){$t=$s -replace '(a)','$`'}" },
        { ScriptLanguage.PowerShell, "$s='a'*4000000;while(1){$t=$s.Replace('a',$s)}" },
        { ScriptLanguage.PowerShell, "IEX ('x'*2000000000);1..2000000000|%{$_}" },
        { ScriptLanguage.PowerShell, "while(1){$a=1..1000000;$b=\"$a\"}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$b=$a -join 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$b=[string]::Join('xxxxx',$a)}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){[void](x $a $a $a)}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$a|out-null}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$b=($a)}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;function f($x){$x};while(1){f $a}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$b=$a[$a]}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$b=$a.Name}" },
        { ScriptLanguage.PowerShell, "$a=1..1000000;while(1){$b=$a -contains 'x'}" },
        { ScriptLanguage.PowerShell, "$a=@(1)*1000000;while(1){$a+=$a;$b=$a+$a}" },
        { ScriptLanguage.PowerShell, "$l=New-Object Collections.ArrayList;$l.Add(1);while(1){$l.AddRange($l);$m=$l.ToArray()}" },
        { ScriptLanguage.PowerShell, "$s='{0}'*1000000;while(1){$t=$s -f $s}" },
        { ScriptLanguage.PowerShell, "$s='{'*4000000;while(1){$t=$s -f 1}" },
        { ScriptLanguage.PowerShell, "$s='a b '*1000000;while(1){$l+=,($s -split ' ')}" },
        { ScriptLanguage.PowerShell, "$s='a b '*1000000;while(1){$l+=,($s.Split(' '))}" },
        { ScriptLanguage.PowerShell, "$s='ab'*1000000;while(1){$l+=,($s -split '')}" },
        { ScriptLanguage.PowerShell, "$s='ab'*200000;while(1){$l+=,($s -split '(.)')}" },
        { ScriptLanguage.PowerShell, "$s='ab'*2000000;while(1){$l+=,$s.Substring(1);$l+=,$s.ToUpper()}" },
        { ScriptLanguage.PowerShell, "$s='ab'*2000000;while(1){$l+=,$s.ToCharArray();$l+=,[byte[]][char[]]$s}" },
        { ScriptLanguage.PowerShell, "$s='ab'*500000;while(1){$t=$s -like '*a*a*a*a*a*a*a*a*c'}" },
        { ScriptLanguage.PowerShell, "$s='ab'*500000;while(1){$t=$s -match '((((a{9}b?){9}){9}){9}){9}c'}" },
        { ScriptLanguage.PowerShell, "$s='ab'*500000;while(1){$t=$s -match '(a|b|ab|ba|aba)*c'}" },
        { ScriptLanguage.PowerShell, "$b=[byte[]]::new(8000000);while(1){$c=$b -contains 1}" },
        { ScriptLanguage.PowerShell, "$m=New-Object IO.MemoryStream(,[byte[]]::new(8000000));$b=[byte[]]::new(10);while(1){$m.Read($b,0,10)}" },
        { ScriptLanguage.PowerShell, "$b=New-Object Text.StringBuilder('ab'*1000000);while(1){$b.Insert(0,'x');$b.Append('y')}" },
        { ScriptLanguage.PowerShell, "$s='QUFB'*1000000;while(1){$l+=,[Convert]::FromBase64String($s)}" },
        { ScriptLanguage.PowerShell, "$i=-9223372036854775808;while(1){$l=0..$i;$l=$i..9223372036854775807}" },
        { ScriptLanguage.Batch, "@echo off\r\nset a=xy\r\n:l\r\nset a=%a%%a%\r\nset b=%a:x=" + new string('y', 60_000) + "%\r\ngoto l\r\n" },
        { ScriptLanguage.Batch, "set a=xy\r\nfor /l %%i in (1,1,5000) do for /l %%j in (1,1,5000) do set b%%i%%j=" + new string('y', 30_000) + "\r\n" },
        { ScriptLanguage.Batch, "setlocal enabledelayedexpansion\r\nset a=xy\r\nfor /l %%i in (1,1,5000) do (set a=!a!!a!\r\nset b%%i=!a!\r\nset b)\r\n" },
        { ScriptLanguage.Batch, "for /l %%i in (1,1,5000) do echo " + new string('y', 8_000) + ">>a.txt\r\nfor /l %%i in (1,1,5000) do for /f %%j in (a.txt) do type a.txt\r\n" },
        { ScriptLanguage.Batch, "for /l %%i in (1,1,5000) do for /f \"delims=" + new string('y', 8_000) + "\" %%j in (\"" + new string('x', 8_000) + "\") do goto nowhere\r\n" + new string(' ', 500_000) },
        { ScriptLanguage.Batch, "(\r\n" + new string('\n', 250_000) },
        { ScriptLanguage.Batch, "for %%i in (" + new string('\'', 250_000) },
        { ScriptLanguage.VbScript, "s = String(900000000, \"x\") & Space(900000000)\r\ns = String(4000000, \"x\")\r\nDo\r\nt = Replace(s, \"x\", s)\r\nLoop\r\n" },
        { ScriptLanguage.VbScript, "s = \"ab\"\r\nDo\r\ns = s & s\r\nt = StrReverse(s) & UCase(s) & Mid(s, 2)\r\nLoop\r\n" },
        { ScriptLanguage.VbScript, "s = String(1000000, \"x\")\r\nDo\r\ni = InStr(1, s, \"zz\")\r\ni = InStr(s, \"zz\")\r\nLoop\r\n" },
        { ScriptLanguage.VbScript, "ReDim a(999999)\r\nDo\r\ns = Join(a, \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\")\r\nt = a & a\r\nLoop\r\n" },
        { ScriptLanguage.VbScript, "ReDim a(999999)\r\nDo\r\nFor Each x In a\r\nExit For\r\nNext\r\nReDim Preserve a(999999)\r\nLoop\r\n" },
        { ScriptLanguage.VbScript, "s = String(1000000, \",\")\r\nDo\r\na = Split(s, \",\")\r\nLoop\r\n" },
        { ScriptLanguage.VbScript, "Dim x As a" + string.Concat(Enumerable.Repeat(".a", 250_000)) },
        { ScriptLanguage.ExcelMacro, "name auto_open: =m!A1\r\nm!A1: =SET.VALUE(B1,REPT(\"ab\",500000))\r\nm!A2: =SET.VALUE(B2,SUBSTITUTE(B1,\"a\",B1))\r\nm!A3: =SET.VALUE(B3,CONCATENATE(B1,B1,B1,B1)&MID(B1,2,999999))\r\nm!A4: =GOTO(A2)\r\n" },
    };

    [Theory]
    [MemberData(nameof(Growing))]
    public void What_a_script_builds_is_counted_before_it_is_built(ScriptLanguage language, string source)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Emulated.Run(language, source);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostOctets);
    }

    [Theory]
    [InlineData(ScriptLanguage.PowerShell, "$a=@(1,2);$a[0]=$a;$a[1]=$a;$b=$a[$a];$b=\"$a\";$b=$a -join '';$b=$a -eq 1;$b=$a.x;if($a){};$b=[int]$a")]
    [InlineData(ScriptLanguage.PowerShell, "$a=,1;$a[0]=$a;if($a){};$b=[int]$a;$b=$a+0;$b=[char[]]$a;$b=[byte[]]$a")]
    [InlineData(ScriptLanguage.PowerShell, "$u=[uri]'x';$u.value=$u;\"$u\";$b=$u+1;$b=$u -replace 'a','b'")]
    [InlineData(ScriptLanguage.PowerShell, "$a=@(1,2,3);foreach($i in $a){$a+=$i};$a.ForEach({$a.Add(1)});switch($a){1{$a.Add(2)}}")]
    [InlineData(ScriptLanguage.PowerShell, "$m='x'.Trim;for($i=0;$i -lt 100000;$i++){$m=$m.Invoke};$m.Invoke()")]
    [InlineData(ScriptLanguage.PowerShell, "$m=New-Object IO.MemoryStream;for($i=0;$i -lt 100000;$i++){$m=$m.x};[Convert]::ToBase64String($m)")]
    [InlineData(ScriptLanguage.VbScript, "Set d = CreateObject(\"Scripting.Dictionary\")\r\nReDim a(1)\r\nSet a(0) = d\r\nd.value = a\r\nx = d & \"\"\r\nx = a & \"\"\r\nSet d.data = d\r\n")]
    [InlineData(ScriptLanguage.VbScript, "ReDim a(3)\r\nFor Each x In a\r\na(0) = 1\r\nNext\r\n")]
    [InlineData(ScriptLanguage.VbScript, "x = Sgn(\"NaN\") + Abs(\"NaN\") + Int(\"NaN\") + Round(\"Infinity\")\r\n")]
    [InlineData(ScriptLanguage.ExcelMacro, "name auto_open: =m!A1\r\nm!A1: =WHILE(m!B1())\r\nm!A2: =NEXT()\r\nm!B1: =NEXT()\r\nm!B2: =RETURN(0)\r\n")]
    [InlineData(ScriptLanguage.ExcelMacro, "name auto_open: =m!A1\r\nm!A1: =SET.NAME(\"\",B1)\r\nm!A2: =INDEX()\r\n")]
    [InlineData(ScriptLanguage.VbScript, "Dim s(.)\r\nDim t(!\r\nx = f(.)\r\n")]
    [InlineData(ScriptLanguage.Batch, "powershell \"\" -e AAAA\r\npowershell \"\"\r\npowershell -e \"\" x\r\n")]
    [InlineData(ScriptLanguage.Batch, "set /a a=1, =5\r\nset /a =\r\nset /a +==\r\n")]
    [InlineData(ScriptLanguage.Batch, "for %%i in (a^")]
    [InlineData(ScriptLanguage.Batch, "for %%i in (^")]
    [InlineData(ScriptLanguage.Batch, "if not exist a for /l %%i in (1,1,3^")]
    public void What_holds_itself_or_ends_early_breaks_nothing(ScriptLanguage language, string source) =>
        Assert.DoesNotContain(Direct(language, source).Behaviours, seen => seen.Kind == BehaviourKind.Execute);

    [Theory]
    [InlineData(ScriptLanguage.VbScript, "Dim a(.b.c(1), 3)\r\nSub f(x)\r\nSelect Case x\r\nCase 1 To 2: .Run (\"a\") & x, 1\r\nEnd Select\r\nEnd Sub\r\nClass c\r\nPublic v\r\nEnd Class\r\nOpen a For Output As #1\r\nFor Each x In a\r\nIf x Then y Else z\r\nNext\r\n")]
    [InlineData(ScriptLanguage.PowerShell, "function f($x=1,[int]$y){switch -regex ($x){'a'{1}default{2}}};$t=@{a=1;b=$(f 1)};try{f @t|%{\"$($_.x[1])\"}}catch [a],[b]{}finally{};a && b || c -d:1 >e 2>&1")]
    [InlineData(ScriptLanguage.Batch, "for /f \"tokens=1,2* delims=,\" %%i in ('echo a,b') do (if not exist %%i (set /a x=(1+2)*3, y=x) else call :l %%j)>>c.txt & goto l\r\n:l\r\nset x=%x:~1,2%%x:a=b%\r\n")]
    [InlineData(ScriptLanguage.ExcelMacro, "name auto_open: =m!A1\r\nm!A1: =FOR(\"i\",1,3)\r\nm!A2: =IF(A1>1,FORMULA(CHAR(61)&\"EXEC(\"\"x\"\")\",B1),-5%)\r\nm!A3: =NEXT()\r\nm!A4: =WHILE(B2)\r\n")]
    public void Wherever_the_budget_ends_the_script_does(ScriptLanguage language, string source)
    {
        for (var steps = 0; steps < 600; steps++)
        {
            var log = new BehaviourLog(new EmulationBudget(steps));
            foreach (var emulator in Emulators.All.Where(emulator => emulator.Runs(language)))
                emulator.Run(new ScriptSource(language, ScriptHost.Shell, source, "script"), log);

            Assert.True(steps > 100 || log.Budget.Exhausted, $"{steps} steps are enough");
        }
    }

    public static TheoryData<ScriptLanguage, string, string, string> Nested { get; } = new()
    {
        { ScriptLanguage.PowerShell, "", "(", ")" },
        { ScriptLanguage.PowerShell, "$a=", "@(", ")" },
        { ScriptLanguage.PowerShell, "$a=", "{", "}" },
        { ScriptLanguage.PowerShell, "$a=", "@{a=", "}" },
        { ScriptLanguage.PowerShell, "$a=", "\"$(", ")\"" },
        { ScriptLanguage.PowerShell, "$a=", "-", "1" },
        { ScriptLanguage.PowerShell, "$a=", "!", "1" },
        { ScriptLanguage.PowerShell, "$a=", ",", "1" },
        { ScriptLanguage.PowerShell, "$a=", "[int]", "1" },
        { ScriptLanguage.PowerShell, "$a=", "-join ", "1" },
        { ScriptLanguage.PowerShell, "$a=", "$a[", "]" },
        { ScriptLanguage.PowerShell, "$a", ".x(1)", "" },
        { ScriptLanguage.PowerShell, "", "a&&", "b" },
        { ScriptLanguage.PowerShell, "", "a||", "b" },
        { ScriptLanguage.PowerShell, "", "a|", "b" },
        { ScriptLanguage.PowerShell, "", "$a=", "1" },
        { ScriptLanguage.PowerShell, "", "if(1){", "}" },
        { ScriptLanguage.PowerShell, "", "for(", ")" },
        { ScriptLanguage.PowerShell, "", "if(1){}else", "{}" },
        { ScriptLanguage.PowerShell, "", "try{", "}" },
        { ScriptLanguage.PowerShell, "", "& ", "a" },
        { ScriptLanguage.PowerShell, "", "return ", "1" },
        { ScriptLanguage.PowerShell, "", ":a ", "1" },
        { ScriptLanguage.PowerShell, "", "function f{", "}" },
        { ScriptLanguage.PowerShell, "$a", ".(", ")" },
        { ScriptLanguage.PowerShell, "$a", ".$a", "" },
        { ScriptLanguage.PowerShell, "iex ", "'iex ", "'" },
        { ScriptLanguage.Batch, "", "(", ")" },
        { ScriptLanguage.Batch, "", "if a==a ", "x" },
        { ScriptLanguage.Batch, "", "if a==b x else ", "x" },
        { ScriptLanguage.Batch, "", "for %%i in (1) do ", "x" },
        { ScriptLanguage.Batch, "", "cmd /c ", "x" },
        { ScriptLanguage.Batch, "", "call ", "x" },
        { ScriptLanguage.Batch, "", "start ", "x" },
        { ScriptLanguage.Batch, "", "a|", "x" },
        { ScriptLanguage.Batch, "", "a&", "x" },
        { ScriptLanguage.Batch, "set /a x=", "(", ")" },
        { ScriptLanguage.Batch, "set /a x=", "-", "1" },
        { ScriptLanguage.VbScript, "x = ", "(", ")" },
        { ScriptLanguage.VbScript, "x = ", "f(", ")" },
        { ScriptLanguage.VbScript, "x = ", "-", "1" },
        { ScriptLanguage.VbScript, "x = 2^", "-", "1" },
        { ScriptLanguage.VbScript, "x = ", "#", "1" },
        { ScriptLanguage.VbScript, "x = ", "not ", "1" },
        { ScriptLanguage.VbScript, "x = ", "not - ", "1" },
        { ScriptLanguage.VbScript, "x = 1 ^ ", "not ", "1" },
        { ScriptLanguage.VbScript, "x = ", "new ", "a" },
        { ScriptLanguage.VbScript, "x", ".a(1)", "" },
        { ScriptLanguage.VbScript, "", "If 1 Then ", "x" },
        { ScriptLanguage.VbScript, "", "If 1 Then\r\n", "End If\r\n" },
        { ScriptLanguage.VbScript, "", "If 1 Then\r\nElse ", "x" },
        { ScriptLanguage.VbScript, "", "Do\r\n", "Loop\r\n" },
        { ScriptLanguage.VbScript, "", "With a\r\n", "End With\r\n" },
        { ScriptLanguage.VbScript, "", "Select Case 1\r\nCase 1\r\n", "End Select\r\n" },
        { ScriptLanguage.VbScript, "", "For i = 1 To 2\r\n", "Next\r\n" },
        { ScriptLanguage.VbScript, "", "set ", "x" },
        { ScriptLanguage.VbScript, "", "call ", "x" },
        { ScriptLanguage.VbScript, "", "a: ", "" },
        { ScriptLanguage.ExcelMacro, "m!A1: =", "(", ")" },
        { ScriptLanguage.ExcelMacro, "m!A1: =", "-", "1" },
        { ScriptLanguage.ExcelMacro, "m!A1: =1", "%", "" },
        { ScriptLanguage.ExcelMacro, "m!A1: =", "IF(", ")" },
        { ScriptLanguage.ExcelMacro, "m!A1: =", "1^", "1" },
        { ScriptLanguage.ExcelMacro, "m!A1: =", "{", "}" },
    };

    [Theory]
    [MemberData(nameof(Nested))]
    public void Nesting_without_measure_is_read_to_a_bound(ScriptLanguage language, string before, string open, string close)
    {
        var source = new StringBuilder(before).Insert(before.Length, open, Deep);
        source.Insert(source.Length, close, Deep);
        // On a stack as small as that of any thread of a pool.
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Direct(language, source.ToString())), 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.Null(failure);
    }

    // Without the runner, which would not let a fault through.
    private static BehaviourLog Direct(ScriptLanguage language, string source)
    {
        var log = new BehaviourLog(new EmulationBudget());
        foreach (var emulator in Emulators.All.Where(emulator => emulator.Runs(language)))
            emulator.Run(new ScriptSource(language, ScriptHost.Shell, source, "script"), log);
        return log;
    }
}
