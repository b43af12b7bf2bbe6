using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Tests.Attachments.Shortcuts;

/// <summary>A shell link of strings and an environment block, for tests.</summary>
internal static class LinkBytes
{
    public static byte[] Of(string target, string arguments = "", string icon = "", ReadOnlyMemory<byte> appended = default)
    {
        var header = new byte[76];
        ((ReadOnlySpan<byte>)[0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]).CopyTo(header);
        var flags = 0x80 | 0x200 | (arguments.Length > 0 ? 0x20 : 0) | (icon.Length > 0 ? 0x40 : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), flags);
        var environment = new byte[788];
        BinaryPrimitives.WriteInt32LittleEndian(environment, environment.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(environment.AsSpan(4), 0xA0000001);
        Encoding.Unicode.GetBytes(target).CopyTo(environment, 268);
        return [.. header, .. Counted(arguments), .. Counted(icon), .. environment, 0, 0, 0, 0, .. appended.ToArray()];
    }

    private static byte[] Counted(string text) => text.Length == 0 ? [] : [(byte)text.Length, (byte)(text.Length >> 8), .. Encoding.Unicode.GetBytes(text)];
}
