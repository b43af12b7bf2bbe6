using System.Text;
using Platform.Engine.Attachments.Calendar;
using Platform.Engine.Attachments.Messages;
using Platform.Engine.Attachments.OneNote;
using Platform.Engine.Attachments.Pages;
using Platform.Engine.Attachments.Pdf;
using Platform.Engine.Attachments.Programs;
using Platform.Engine.Attachments.Scripts;
using Platform.Engine.Attachments.Shortcuts;
using Platform.Engine.Behaviour;
using Platform.Fuzz.Targets.Arc;
using Platform.Fuzz.Targets.Author;
using Platform.Fuzz.Targets.Behaviour;
using Platform.Fuzz.Targets.Conditions;
using Platform.Fuzz.Targets.Containers;
using Platform.Fuzz.Targets.Dkim;
using Platform.Fuzz.Targets.Dmarc;
using Platform.Fuzz.Targets.Learning;
using Platform.Fuzz.Targets.Documents;
using Platform.Fuzz.Targets.JavaScript;
using Platform.Fuzz.Targets.Links;
using Platform.Fuzz.Targets.Feeds;
using Platform.Fuzz.Targets.Mail;
using Platform.Fuzz.Targets.Office;
using Platform.Fuzz.Targets.PersonalData;
using Platform.Fuzz.Targets.Results;
using Platform.Fuzz.Targets.Rewriting;
using Platform.Fuzz.Targets.Scim;
using Platform.Fuzz.Targets.Smtp;
using Platform.Fuzz.Targets.Spf;
using Platform.Fuzz.Targets.Tracking;
using Platform.Fuzz.Targets.Transport;

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
            "sasl", SaslTarget.Run, SaslTarget.Tokens,
            "\0taro@acme.test\0pencil",
            "taro@acme.test\npencil",
            "n,,n=taro,r=abc\nc=biws,r=abc,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "n,a=taro,\u0001auth=Bearer abc\u0001\u0001\n\u0001"),
        Of(
            "spf-record", SpfTarget.Run, " |v=spf1|include:|redirect=|exp=|a:|mx|ptr|exists:|ip4:|ip6:|/24//64|-all|?|~|%{|%{ir}.%{v}|%{d2r.-+,/_=}|%%|%_|%-|:|.|=",
            "ip4:192.0.2.0/24 ip6:2001:db8::/32 a mx:mail.example.test/24//64 include:%{d2}.spf.example.test ~all",
            "exists:%{ir}.%{v}._spf.%{d2r.-} redirect=_spf.example.test exp=explain.%{d}",
            "ptr:example.test ?include:a.test unknown=%{S} -all"),
        Of("dkim", DkimTarget.Run, DkimInputs.Tokens, DkimInputs.Seeds),
        Of("arc-set", ArcTarget.Run, ArcInputs.Tokens, ArcInputs.Seeds),
        Of("dmarc-record", DmarcRecordTarget.Run, DmarcRecordInputs.Tokens, DmarcRecordInputs.Seeds),
        Of("mta-sts", MtaStsTarget.Run, MtaStsTarget.Tokens, MtaStsTarget.Seeds),
        Of("open-request", OpenRequestTarget.Run, OpenRequestTarget.Tokens, OpenRequestTarget.Seeds),
        Of("author", AuthorTarget.Run, AuthorInputs.Tokens, AuthorInputs.Seeds),
        Of("authentication-results", ResultsTarget.Run, ResultsInputs.Tokens, ResultsInputs.Seeds),
        Of("batch", EmulatorTarget.For(ScriptLanguage.Batch, ScriptHost.Shell), ScriptInputs.BatchTokens, ScriptInputs.BatchSeeds),
        Of("basic", EmulatorTarget.For(ScriptLanguage.Vba, ScriptHost.Office), ScriptInputs.BasicTokens, ScriptInputs.BasicSeeds),
        Of("vbscript", EmulatorTarget.For(ScriptLanguage.VbScript, ScriptHost.WindowsScript), ScriptInputs.BasicTokens, ScriptInputs.BasicSeeds),
        Of("excel-macro", EmulatorTarget.For(ScriptLanguage.ExcelMacro, ScriptHost.Office), ScriptInputs.ExcelMacroTokens, ScriptInputs.ExcelMacroSeeds),
        Of("powershell", EmulatorTarget.For(ScriptLanguage.PowerShell, ScriptHost.Shell), ScriptInputs.PowerShellTokens, ScriptInputs.PowerShellSeeds),
        Of("condition", ConditionTarget.Run, " |and|or|not|(|)|[|]|,|==|!=|<=|>=|contains|startsWith|endsWith|like|matches|in|\"|\\|subject|text|from.domain|attachment.name|link.host|score|size|attack|KB|MB|*|?", [.. ConditionTarget.Seeds]),
        Of("personal-data", PersonalDataTarget.Run, "0|1|2|3|4|5|6|7|8|9|-| |\t|\n|,|口座|個人番号|card|〒|東京都|区|丁目|로|구|T|+81|+|(|)|@|.|<|DE|０|ー|P", [.. PersonalDataTarget.Seeds]),
        new FuzzTarget("ole", OfficeTargets.Compound, OfficeInputs.Compound, OfficeInputs.Octets),
        new FuzzTarget("vba-project", OfficeTargets.Project, OfficeInputs.Project, OfficeInputs.Octets),
        new FuzzTarget("biff", OfficeTargets.Workbook, OfficeInputs.Workbook, OfficeInputs.Octets),
        Of("rtf", OfficeTargets.RichText, OfficeInputs.RichTextTokens, OfficeInputs.RichText),
        Of("ooxml", OfficeTargets.Package, OfficeInputs.PackageTokens, OfficeInputs.Package),
        Of("model", ModelTarget.Run, ["PLM1"], ModelTarget.Seeds),
        Of("pdf", new FileReaderTarget(new PdfReader(), "a.pdf", "pdf").Run, DocumentInputs.PdfTokens.Split('|'), DocumentInputs.Pdf),
        new FuzzTarget("onenote", new FileReaderTarget(new OneNoteReader(), "a.one", "onenote").Run, DocumentInputs.OneNote, DocumentInputs.OneNoteTokens),
        new FuzzTarget("shell-link", new FileReaderTarget(new ShellLinkReader(), "a.lnk", "lnk").Run, DocumentInputs.ShellLink, DocumentInputs.ShellLinkTokens),
        Of("program-headers", new FileReaderTarget(new ProgramReader(), "a.exe", "exe").Run, DocumentInputs.ProgramTokens.Split('|'), DocumentInputs.Program),
        Of("text-shortcuts", ShortcutsTarget.Run, DocumentInputs.ShortcutTokens, DocumentInputs.Shortcuts),
        Of("calendar", new FileReaderTarget(new CalendarReader(), "a.ics", "ics").Run, DocumentInputs.CalendarTokens, DocumentInputs.Calendar),
        Of("mail-file", new FileReaderTarget(new MailFileReader(), "a.eml", "eml").Run, MailInputs.Tokens, MailInputs.Seeds),
        Of("script-holder", new FileReaderTarget(new ScriptFileReader(), "a.wsf", "wsf").Run, DocumentInputs.PageTokens, DocumentInputs.Page),
        Of("page", new FileReaderTarget(new PageReader(), "a.html", "html").Run, DocumentInputs.PageTokens, DocumentInputs.Page),
        Of("javascript", JavaScriptTarget.Run, JavaScriptTarget.Tokens, [.. JavaScriptTarget.Seeds]),
        new("zip", input => ContainerTarget.Archive("zip", input), ContainerInputs.Seeds("Deflate.zip", "Deflate64.zip", "LZMA.zip", "zipcrypto.zip", "aes256.zip"), ContainerInputs.Tokens),
        new("7z", input => ContainerTarget.Archive("7z", input), ContainerInputs.Seeds("LZMA2.7z", "Copy.7z", "bcj2.7z", "encrypted-names.7z"), ContainerInputs.Tokens),
        new("rar", input => ContainerTarget.Archive("rar", input), [ContainerInputs.Rar], ContainerInputs.Tokens),
        new("tar", input => ContainerTarget.Archive("tar", input), ContainerInputs.Seeds("gnu.tar", "pax.tar"), ContainerInputs.Tokens),
        new("xz", input => ContainerTarget.Archive("xz", input), ContainerInputs.Seeds("x86.tar.xz", "blocks.tar.xz"), ContainerInputs.Tokens),
        new("cabinet", input => ContainerTarget.Archive("cab", input), [.. ContainerInputs.Seeds("mszip.cab", "stored.cab"), ContainerInputs.Lzx], ContainerInputs.Tokens),
        new("lha", input => ContainerTarget.Archive("lha", input), [ContainerInputs.Lha], ContainerInputs.Tokens),
        new("iso", input => ContainerTarget.Image("iso", input), ContainerInputs.Disks("joliet.iso", "plain.iso", "udf.iso"), ContainerInputs.Tokens),
        new("disk", input => ContainerTarget.Image("disk", input), ContainerInputs.Disks("fat12.img", "ntfs.img"), ContainerInputs.Tokens),
        new("vhd", input => ContainerTarget.Image("vhd", input), ContainerInputs.Disks("fixed.vhd", "dynamic.vhd"), ContainerInputs.Tokens),
        new("file-walk", ContainerTarget.Walk, ContainerInputs.Seeds("Deflate.zip", "LZMA2.7z", "gnu.tgz", "gnu.tar.bz2", "mszip.cab"), ContainerInputs.Tokens),
        Of(
            "link-unwrap", UnwrapTarget.Run, "https://|http:|hxxp://|%3A%2F%2F|?url=|&u=|#|@|:|/|\\\\|[.]|www.|google.com/url?q=|safelinks.protection.outlook.com/?url=|urldefense.com/v3/__|__;|!!|**A|*|.translate.goog|.cdn.ampproject.org|awstrack.me/L0/|xn--|。|．|aHR0cHM6Ly9hLnRlc3Qv|=|%25|&#37;|0x7f000001|[::1]|l.php?u=",
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fa.test%2F&data=1",
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.test_b-3Fc-3D1&d=x",
            "https://urldefense.com/v3/__https://a.test/b*c**Ad__;JSY!!abc$",
            "https://e.customeriomail.com/e/c/eyJocmVmIjoiaHR0cHM6Ly9hLnRlc3QvIn0/sig",
            "see hxxps://a[.]test/b and trap.co.jp/a, www.a。test",
            "https://a-test-com.translate.goog/b?_x=1"),
        Of(
            "lexicon", LexiconTarget.Run, "your account|~|is suspended|verify|パスワード|の有効期限|계정| |\u00ad|\u200b|Ａ|é|\ud83d\ude00|\n|0|I|l|account|C0NTA|無料|邮箱|mailbox is full",
            "Your account has been suspended. Please verify your account within 24 hours.",
            "お客様のアカウントは停止されました。ログインして情報を更新してください。",
            "KindIy rev\u00adiew y\u200bour C0NTA Ýóúr fúñds havé béén sént"),
        Of("scim-filter", ScimFilterTarget.Run, ScimFilterTarget.Tokens, ScimFilterTarget.Seeds),
        Of("qr", QrTarget.Run, QrInputs.Tokens, QrInputs.Seeds),
        Of("feed-list", FeedTargets.List, FeedInputs.ListTokens, FeedInputs.Lists),
        Of("misp", FeedTargets.Misp, FeedInputs.JsonTokens, FeedInputs.Misp),
        Of("stix", FeedTargets.Stix, FeedInputs.JsonTokens, FeedInputs.Stix),
        Of("stix-pattern", FeedTargets.Pattern, FeedInputs.PatternTokens, FeedInputs.Patterns),
        Of("clamd-reply", FeedTargets.Clamd, FeedInputs.ClamdTokens, FeedInputs.Clamd),
        Of("rewrite", MailRewriterTarget.Run, MailInputs.Tokens, MailInputs.Seeds),
        Of("structure", MailReaderTarget.Run, MailInputs.Tokens, MailInputs.Seeds),
    ];

    private static FuzzTarget Of(string name, FuzzAction run, IReadOnlyList<string> tokens, IReadOnlyList<byte[]> seeds) =>
        new(name, run, seeds, [.. tokens.Select(Encoding.UTF8.GetBytes)]);


    private static FuzzTarget Of(string name, FuzzAction run, string tokens, params string[] seeds) =>
        new(name, run, [.. seeds.Select(Encoding.UTF8.GetBytes)], [.. tokens.Split('|').Select(Encoding.UTF8.GetBytes)]);
}
