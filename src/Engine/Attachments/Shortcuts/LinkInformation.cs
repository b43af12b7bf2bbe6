using System.Buffers.Binary;

namespace Platform.Engine.Attachments.Shortcuts;

/// <summary>Path in the link information of a shortcut ([MS-SHLLINK] 2.3): local, or of a share with a suffix.</summary>
internal static class LinkInformation
{
    private const int WithUnicode = 0x24;

    public static string PathOf(ReadOnlySpan<byte> block)
    {
        if (block.Length < 28)
            return "";
        var header = Offset(block, 4);
        var wide = header >= WithUnicode;
        var local = Best(block, 16, wide ? 28 : -1);
        var suffix = Best(block, 24, wide ? 32 : -1);
        if (local.Length > 0)
            return local + suffix;
        var share = NetworkName(ShellLinkParser.Slice(block, Offset(block, 20), int.MaxValue));
        return share.Length == 0 ? suffix : suffix.Length == 0 ? share : $"{share.TrimEnd('\\')}\\{suffix}";
    }

    private static string NetworkName(ReadOnlySpan<byte> share)
    {
        const int FirstName = 0x14;
        if (share.Length < FirstName)
            return "";
        var name = Offset(share, 8);
        return name > FirstName && share.Length >= 28 && ShellLinkParser.Unicode(ShellLinkParser.Slice(share, Offset(share, 20), int.MaxValue)) is { Length: > 0 } wide
            ? wide
            : ShellLinkParser.Ansi(ShellLinkParser.Slice(share, name, int.MaxValue));
    }

    private static string Best(ReadOnlySpan<byte> block, int ansiAt, int unicodeAt)
    {
        var wide = unicodeAt > 0 && Offset(block, unicodeAt) is var unicode and > 0 ? ShellLinkParser.Unicode(ShellLinkParser.Slice(block, unicode, int.MaxValue)) : "";
        return wide.Length > 0 ? wide : Offset(block, ansiAt) is var ansi and > 0 ? ShellLinkParser.Ansi(ShellLinkParser.Slice(block, ansi, int.MaxValue)) : "";
    }

    // 0 when there is none.
    private static int Offset(ReadOnlySpan<byte> block, int at) =>
        at + 4 <= block.Length && BinaryPrimitives.ReadUInt32LittleEndian(block[at..]) is var value && value < (uint)block.Length ? (int)value : 0;
}
