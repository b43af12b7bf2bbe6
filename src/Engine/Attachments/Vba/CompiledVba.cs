using System.Buffers.Binary;
using System.Text;

namespace Platform.Engine.Attachments.Vba;

/// <summary>
/// What can be read of the compiled form without knowing its version: strings are the opcode 0x00B9, their length in 16 bits, their
/// octets; names stand in clear in <c>_VBA_PROJECT</c>. Enough to tell whether the source beside it is that of the same program.
/// </summary>
internal static class CompiledVba
{
    private const int MaxStrings = 2_000;
    private const int MaxNames = 5_000;
    private const int ShortestTold = 4;

    // Modules without any code still compile to some hundred octets.
    private const int MoreThanEmpty = 4_000;

    public static IReadOnlyList<string> Strings(ReadOnlySpan<byte> compiled)
    {
        List<string> strings = [];
        for (var position = 0; position + 4 < compiled.Length && strings.Count < MaxStrings;)
        {
            var hit = compiled[position..].IndexOf((ReadOnlySpan<byte>)[0xB9, 0x00]);
            if (hit < 0 || position + hit + 4 >= compiled.Length)
                break;
            position += hit + 2;
            var length = BinaryPrimitives.ReadUInt16LittleEndian(compiled[position..]);
            if (length < ShortestTold || position + 2 + length > compiled.Length)
                continue;
            var octets = compiled.Slice(position + 2, length);
            if (octets.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
                continue;
            strings.Add(Encoding.ASCII.GetString(octets));
            position += 2 + length;
        }

        return strings;
    }

    public static IReadOnlyList<string> Names(ReadOnlySpan<byte> names)
    {
        List<string> found = [];
        for (var position = 0; position < names.Length && found.Count < MaxNames; position++)
        {
            var start = position;
            while (position < names.Length && (char.IsAsciiLetterOrDigit((char)names[position]) || names[position] == '_'))
                position++;
            if (position - start is >= 3 and <= 80)
                found.Add(Encoding.ASCII.GetString(names[start..position]));
        }

        return found;
    }

    /// <summary>The source is gone or is not that from which the module was compiled.</summary>
    public static bool IsStomped(VbaModule module, IReadOnlyList<string> strings)
    {
        var source = module.Source.Replace("\"\"", "\"", StringComparison.Ordinal);
        if (!HasCode(source))
            return strings.Count > 0 || module.Compiled.Length > MoreThanEmpty;
        var missing = strings.Count(text => !source.Contains(text, StringComparison.Ordinal));
        return missing >= 2 && missing * 2 > strings.Count;
    }

    private static bool HasCode(string source)
    {
        foreach (var line in source.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            if (text.Length > 0 && text[0] != '\'' && !text.StartsWith("Attribute ", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("Option ", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
