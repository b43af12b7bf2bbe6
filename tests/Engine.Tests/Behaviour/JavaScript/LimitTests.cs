namespace Platform.Engine.Tests.Behaviour.JavaScript;

/// <summary>Memory is that of the whole process: nothing else may run meanwhile.</summary>
[Collection(nameof(LimitTests))]
[CollectionDefinition(nameof(LimitTests), DisableParallelization = true)]
public sealed class LimitTests
{
    private const long MostOctets = 400L * 1024 * 1024;

    public static TheoryData<string> Endless => new()
    {
        "for(;;){}", "while(true)setTimeout(function(){},0)", "function f(){f();f()}f()", "var f=n=>n?f(n-1)+f(n-1):0;f(99)", "setInterval('for(;;){}',1)", "'x'.repeat(5e8)", "'x'.padEnd(5e8)", "new Array(3e8).fill(1)", "var s='x';while(true)s+=s",
        "var s='xxxxxxxxxx';for(;;)s=s.replace(/x/g,'xx')", "var a=[1];for(;;)a=a.concat(a)", "new Uint8Array(2e9)", "new ArrayBuffer(1e9)", "var a=3n;for(;;)a=a*a", "eval('var a=3'+'n;for(;;)a=a*a')", "/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')",
        "new Array(5000).join(new Array(50000).join('x'))", "var s='x'.repeat(1e6);for(;;)s.indexOf('yy')", "'a'.repeat(1e6).replace(/a/g,'b'.repeat(1e4))", "[3,1,2].sort(function(){for(;;);})", "Array.from({length:1e9})", "var s='eval(s)';eval(s)", "var a=[];for(;;)a.unshift(1)",
        "for(;;)document.createElement('div')", "for(;;)document.write('<p>x')", "var d=document.body;for(;;){d.innerHTML+='<b>x</b>'}", "for(;;)new Blob(['x'.repeat(1e6)])", "for(;;)fetch('https://a.example/'+Math.random())", "function*g(){for(;;)yield 1}[...g()]", "for(;;)try{null.x}catch(e){}",
        "var o={toString:function(){return o+''}};o+''", "var p=new Proxy({},{get:function(t,k,r){return r[k]}});p.x", "async function f(){for(;;)await 0}f()", "JSON.parse('['.repeat(100000))", "encodeURIComponent('\\u3042'.repeat(4e6))", "new RegExp('('.repeat(100000))", "for(;;)atob('QUFB'.repeat(1e5))",
    };

    [Theory]
    [MemberData(nameof(Endless))]
    public void A_script_without_end_is_ended(string code)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = TimeProvider.System.GetTimestamp();
        Emulated.PageScript(code);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, long.MinValue, MostOctets);
        // Generous: machines of tests are slow and shared. What this guards against goes on for minutes.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData('(', ')')]
    [InlineData('[', ']')]
    [InlineData('!', ' ')]
    [InlineData('{', '}')]
    public void Source_nested_without_measure_is_not_run(char open, char close) =>
        Assert.Empty(Emulated.Script(new string(open, 200_000) + new string(close, 200_000)).Behaviours);

    [Fact]
    public void A_sum_of_thousands_of_pieces_is_run()
    {
        var sum = string.Join("+", "cmd /c calc".Select(letter => $"'{letter}'").Concat(Enumerable.Repeat("e", 3_000)));
        var log = Emulated.Script($"var e='';new ActiveXObject('WScript.Shell').Run({sum})");
        Assert.Contains("cmd /c calc", Assert.Single(log.Behaviours).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_script_gives_the_same_log()
    {
        const string Code = "new ActiveXObject('WScript.Shell').Run('a'+Math.random()+new Date().getTime()+new ActiveXObject('Scripting.FileSystemObject').GetTempName())";
        Assert.Equal(Emulated.Script(Code).Told(), Emulated.Script(Code).Told());
    }
}
