namespace Platform.Engine.Attachments.Archives.Streams;

/// <summary>The check sum of ZIP, 7z and gzip (ISO 3309, polynomial EDB88320).</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Entry((uint)value))];

    public static uint Of(ReadOnlySpan<byte> octets)
    {
        var sum = uint.MaxValue;
        foreach (var octet in octets)
            sum = Step(sum, octet);
        return ~sum;
    }

    public static uint Step(uint sum, byte octet) => Table[(byte)(sum ^ octet)] ^ (sum >> 8);

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    }
}
