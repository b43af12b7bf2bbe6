namespace Platform.Benchmarks.Detection.Bombs;

/// <summary>A trap for the scanner: small to send, ruinous to read without bounds.</summary>
/// <param name="Name">What it is, for the report.</param>
/// <param name="Make">The raw message; sizes, names and filler follow the seed.</param>
internal sealed record Bomb(string Name, Func<Random, byte[]> Make)
{
    public static IReadOnlyList<Bomb> All { get; } = [.. ArchiveBombs.All, .. ImageBombs.All, .. MailBombs.All, .. HeaderBombs.All, .. MarkupBombs.All, .. TextBombs.All, .. ScriptBombs.All, .. DocumentBombs.All];
}
