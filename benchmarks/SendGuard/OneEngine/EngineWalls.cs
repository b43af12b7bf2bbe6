namespace Platform.Benchmarks.SendGuard.OneEngine;

/// <summary>
/// Mail in both directions is read and judged by one engine: nothing beside it takes a mail, a page, an archive, a picture or a script apart, and it
/// is made only where a scanner process begins, where files on disk are judged, and where its reading is measured against public suites.
/// </summary>
internal static class EngineWalls
{
    private const string Engine = "Platform.Engine";

    /// <summary>What in libraries and the framework reads what strangers wrote; writing is free.</summary>
    private static readonly string[] s_readers =
    [
        "MimeKit.MimeParser.", "MimeKit.ExperimentalMimeParser.", "MimeKit.MimeReader.", "MimeKit.MimeMessage.Load", "MimeKit.MimeEntity.Load", "MimeKit.HeaderList.Load",
        "MimeKit.Text.HtmlTokenizer.", "MimeKit.Tnef.", "MimeKit.Cryptography.", "AngleSharp.", "Jint.", "SharpCompress.", "ZXing.BarcodeReader",
        "SkiaSharp.SKCodec.", "SkiaSharp.SKBitmap.Decode", "SkiaSharp.SKImage.FromEncodedData",
        "System.IO.Compression.ZipFile.Open", "System.IO.Compression.ZipFile.Extract", "System.IO.Compression.ZipArchive.GetEntry", "System.IO.Compression.ZipArchive.get_Entries",
        "ICSharpCode.SharpZipLib.Zip.ZipFile.", "ICSharpCode.SharpZipLib.Zip.ZipInputStream.", "ICSharpCode.SharpZipLib.Tar.", "ICSharpCode.SharpZipLib.GZip.",
    ];

    /// <summary>Makes the engine, or a reader of it.</summary>
    private static readonly string[] s_makers =
    [
        "Platform.Engine.Scanner.Create", "Platform.Engine.Mail.MailReader..ctor", "Platform.Engine.Rewriting.MailRewriter..ctor", "Platform.Yara.YaraScanner.Create",
    ];

    /// <summary>Assemblies, and types of the others, that may make it.</summary>
    private static readonly string[] s_places = ["Platform.ScannerHost", "Platform.Conformance", "Platform.Api.Cli.ScanVerb"];

    /// <returns>One line for each use of a reader beside the engine, and for each engine made elsewhere.</returns>
    /// <param name="assemblies">Paths; the engine's own is passed over.</param>
    public static IReadOnlyList<string> Breaches(IEnumerable<string> assemblies) =>
    [
        .. from path in assemblies
           let assembly = Path.GetFileNameWithoutExtension(path)
           where assembly != Engine
           from call in AssemblyCalls.Of(path)
           where IsReader(call) || (IsMaker(call) && !s_places.Contains(assembly) && !s_places.Contains(call.Caller))
           orderby call.Caller, call.Callee
           select $"{assembly}: {call.Caller} calls {call.Callee}",
    ];

    /// <summary>Calls by which the engine itself reads: none would mean that the names above are out of date.</summary>
    public static int ReadingsOfTheEngine(string engine) => AssemblyCalls.Of(engine).Count(IsReader);

    /// <summary>Whether anybody makes the engine: nobody would mean that the names above are out of date.</summary>
    public static IReadOnlyList<string> Makers(IEnumerable<string> assemblies) => [.. assemblies.SelectMany(AssemblyCalls.Of).Where(IsMaker).Select(call => call.Callee).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The product's assemblies in a folder; tests and measurements are none of it.</summary>
    public static IReadOnlyList<string> Product(string folder) =>
        [.. Directory.EnumerateFiles(folder, "Platform.*.dll").Where(path => !Path.GetFileName(path).Contains("Tests", StringComparison.Ordinal) && !path.EndsWith("Platform.Benchmarks.dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static bool IsReader(AssemblyCall call) => s_readers.Any(name => call.Callee.StartsWith(name, StringComparison.Ordinal));

    private static bool IsMaker(AssemblyCall call) => s_makers.Contains(call.Callee);
}
