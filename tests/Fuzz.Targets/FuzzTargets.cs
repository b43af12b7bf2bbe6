using System.Text;
using Platform.Engine.Behaviour;
using Platform.Fuzz.Targets.Arc;
using Platform.Fuzz.Targets.Author;
using Platform.Fuzz.Targets.Behaviour;
using Platform.Fuzz.Targets.Conditions;
using Platform.Fuzz.Targets.Dkim;
using Platform.Fuzz.Targets.Dmarc;
using Platform.Fuzz.Targets.Mail;
using Platform.Fuzz.Targets.Results;
using Platform.Fuzz.Targets.Smtp;
using Platform.Fuzz.Targets.Spf;

namespace Platform.Fuzz.Targets;

/// <summary>Every parser of hostile input, one target each.</summary>
public static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        Of(
            "smtp", SmtpParserTarget.Run, "\r\n|\0|.|<|>|@|\"|\\|=|+|;|:|[|]| |\u00ff|PROXY |SIZE=|BODY=8BITMIME|NOTIFY=|ORCPT=utf-8;",
            "EHLO client.test\r\n",
            "MAIL FROM:<a@b.test> SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=x+2By AUTH=<>\r\n",
            "MAIL FROM:<@x.test,@y.test:\"a \\\"b\"@[IPv6:2001:db8::1]>\r\n",
            "RCPT TO:<太郎@例え.テスト> NOTIFY=SUCCESS,DELAY ORCPT=utf-8;+E5+A4+AA@c.test\r\n",
            "BDAT 1000 LAST\r\n",
            "XCLIENT NAME=c.test ADDR=IPV6:2001:db8::1 PORT=25 PROTO=ESMTP HELO=h LOGIN=u+40v DESTADDR=192.0.2.1 DESTPORT=25\r\n",
            "Subject: x\r\n\r\n..dot\r\n.\r\nMAIL FROM:<evil@x.test>\r\n",
            "\r\n\r\n\0\r\nQUIT\n!\u0011\0\u0013\u00c0\0\u0002\u0019\u00c63\u0064\u0001\u001f\u0090\0\u0019"),
        Of(
            "spf-record", SpfTarget.Run, " |v=spf1|include:|redirect=|exp=|a:|mx|ptr|exists:|ip4:|ip6:|/24//64|-all|?|~|%{|%{ir}.%{v}|%{d2r.-+,/_=}|%%|%_|%-|:|.|=",
            "ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx:mail.example.test/24//64 include:%{d2}.spf.example.test ~all",
            "exists:%{ir}.%{v}._spf.%{d2r.-} redirect=_spf.example.test exp=explain.%{d}",
            "ptr:example.test ?include:a.test unknown=%{S} -all"),
        Of("dkim", DkimTarget.Run, DkimInputs.Tokens, DkimInputs.Seeds),
        Of("arc-set", ArcTarget.Run, ArcInputs.Tokens, ArcInputs.Seeds),
        Of("dmarc-record", DmarcRecordTarget.Run, DmarcRecordInputs.Tokens, DmarcRecordInputs.Seeds),
        Of("author", AuthorTarget.Run, AuthorInputs.Tokens, AuthorInputs.Seeds),
        Of("authentication-results", ResultsTarget.Run, ResultsInputs.Tokens, ResultsInputs.Seeds),
        Of("batch", EmulatorTarget.For(ScriptLanguage.Batch, ScriptHost.Shell), ScriptInputs.BatchTokens, ScriptInputs.BatchSeeds),
        Of("basic", EmulatorTarget.For(ScriptLanguage.Vba, ScriptHost.Office), ScriptInputs.BasicTokens, ScriptInputs.BasicSeeds),
        Of("vbscript", EmulatorTarget.For(ScriptLanguage.VbScript, ScriptHost.WindowsScript), ScriptInputs.BasicTokens, ScriptInputs.BasicSeeds),
        Of("excel-macro", EmulatorTarget.For(ScriptLanguage.ExcelMacro, ScriptHost.Office), ScriptInputs.ExcelMacroTokens, ScriptInputs.ExcelMacroSeeds),
        Of("powershell", EmulatorTarget.For(ScriptLanguage.PowerShell, ScriptHost.Shell), ScriptInputs.PowerShellTokens, ScriptInputs.PowerShellSeeds),
        Of("condition", ConditionTarget.Run, " |and|or|not|(|)|[|]|,|==|!=|<=|>=|contains|startsWith|endsWith|like|in|\"|\\|subject|text|from.domain|attachment.name|link.host|score|size|attack|KB|MB|*|?", [.. ConditionTarget.Seeds]),
        Of("structure", MailReaderTarget.Run, MailInputs.Tokens, MailInputs.Seeds),
    ];

    private static FuzzTarget Of(string name, FuzzAction run, IReadOnlyList<string> tokens, IReadOnlyList<byte[]> seeds) =>
        new(name, run, seeds, [.. tokens.Select(Encoding.UTF8.GetBytes)]);


    private static FuzzTarget Of(string name, FuzzAction run, string tokens, params string[] seeds) =>
        new(name, run, [.. seeds.Select(Encoding.UTF8.GetBytes)], [.. tokens.Split('|').Select(Encoding.UTF8.GetBytes)]);
}
