using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Vba;

/// <summary>
/// Texts of the forms of a project: captions in <c>VBFrame</c>, control names and tags in the stream <c>f</c> (sites, [MS-OFORMS]
/// 2.2.10.12), what stands in the controls in the stream <c>o</c>, one piece a control in the order of the sites.
/// </summary>
internal static class VbaForms
{
    private const int MaxForms = 50;
    private const int MaxControls = 500;
    private const int MaxStream = 1024 * 1024;

    private static readonly string[] Fonts = ["Tahoma", "Arial", "Calibri", "MS UI Gothic", "MS Sans Serif", "Segoe UI", "Times New Roman", "Courier New", "Verdana", "Meiryo UI"];

    public static void Collect(CompoundFile file, VbaProject project, DocumentValues values)
    {
        var forms = 0;
        foreach (var entry in file.Streams)
        {
            if (!entry.Name.Equals("f", StringComparison.OrdinalIgnoreCase) || !entry.Parent.StartsWith(project.Storage, StringComparison.OrdinalIgnoreCase))
                continue;
            if (forms++ >= MaxForms)
                return;
            var form = entry.Parent[(entry.Parent.LastIndexOf('/') + 1)..];
            ReadFrame(file.Read(entry.Beside("\u0003VBFrame"), 64 * 1024).Span, form, values);
            ReadControls(file.Read(entry, MaxStream).Span, file.Read(entry.Beside("o"), MaxStream).Span, form, values);
        }
    }

    private static void ReadFrame(ReadOnlySpan<byte> frame, string form, DocumentValues values)
    {
        foreach (var line in Encoding.Latin1.GetString(frame).AsSpan().EnumerateLines())
        {
            var equals = line.IndexOf('=');
            if (equals < 0)
                continue;
            var name = line[..equals].Trim();
            var value = line[(equals + 1)..].Trim().Trim('"').ToString();
            if (name.SequenceEqual("Caption"))
                values.Add(form, value);
            else if (name.SequenceEqual("Tag"))
                values.Add($"{form}.Tag", value);
        }
    }

    private static void ReadControls(ReadOnlySpan<byte> sites, ReadOnlySpan<byte> objects, string form, DocumentValues values)
    {
        var controls = 0;
        for (var position = 0; position + 12 <= sites.Length && controls < MaxControls;)
        {
            if (Site.Read(sites[position..]) is not { } site)
            {
                position++;
                continue;
            }

            controls++;
            position += site.Length;
            var name = $"{form}.{site.Name}";
            var size = Math.Min(site.ObjectSize, objects.Length);
            values.Add(name, TextOf(objects[..size]));
            objects = objects[size..];
            values.Add($"{name}.Tag", site.Tag);
            values.Add($"{name}.ControlTipText", site.Tip);
        }
    }

    // The text is the longest run of letters in the piece that is not the name of a font.
    private static string TextOf(ReadOnlySpan<byte> piece)
    {
        var narrow = LongestRun(piece, step: 1);
        var wide = LongestRun(piece, step: 2);
        return wide.Length * 2 > narrow.Length && wide.Length > 3 ? wide : narrow;
    }

    private static string LongestRun(ReadOnlySpan<byte> piece, int step)
    {
        var best = "";
        for (var position = 0; position < piece.Length; position++)
        {
            var start = position;
            while (position < piece.Length && piece[position] is >= 0x20 and <= 0x7E or 9 or 10 or 13 && (step == 1 || position + 1 < piece.Length && piece[position + 1] == 0))
                position += step;
            if ((position - start) / step <= Math.Max(2, best.Length))
                continue;
            var run = step == 1 ? Encoding.ASCII.GetString(piece[start..position]) : Encoding.Unicode.GetString(piece[start..position]);
            if (!Fonts.Contains(run.Trim()))
                best = run;
        }

        return best;
    }

    private readonly record struct Site(int Length, string Name, string Tag, string Tip, int ObjectSize)
    {
        public static Site? Read(ReadOnlySpan<byte> bytes)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
            var mask = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            if (bytes[0] != 0 || bytes[1] != 0 || size < 12 || size + 4 > bytes.Length || (mask & 1) == 0 || mask > 0xFFFF)
                return null;
            var body = bytes[8..(size + 4)];
            var at = 0;
            uint name = 0, tag = 0, tip = 0, objectSize = 0;
            for (var bit = 0; bit < 15; bit++)
            {
                if ((mask >> bit & 1) == 0 || bit is 8 or 10)
                    continue;
                var width = bit is 6 or 7 or 9 ? 2 : 4;
                at = (at + width - 1) / width * width;
                if (at + width > body.Length)
                    return null;
                var value = width == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(body[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(body[at..]);
                at += width;
                switch (bit)
                {
                    case 0:
                        name = value;
                        break;
                    case 1:
                        tag = value;
                        break;
                    case 5:
                        objectSize = value;
                        break;
                    case 11:
                        tip = value;
                        break;
                }
            }

            at = (at + 3) & ~3;
            var named = Text(body, name, ref at);
            var tagged = Text(body, tag, ref at);
            if ((mask >> 8 & 1) != 0)
                at += 8;
            var tipped = Text(body, tip, ref at);
            return named is { Length: > 0 and <= 100 } && named.All(c => char.IsLetterOrDigit(c) || c == '_') && tagged is not null && tipped is not null
                ? new Site(size + 4, named, tagged, tipped, (int)Math.Min(objectSize, int.MaxValue))
                : null;
        }

        // Counts carry in the top bit whether each character is one octet.
        private static string? Text(ReadOnlySpan<byte> body, uint count, ref int at)
        {
            var length = (int)(count & 0x7FFFFFFF);
            if (length == 0)
                return "";
            if (length > body.Length - at || at > body.Length)
                return null;
            var octets = body.Slice(at, length);
            at = (at + length + 3) & ~3;
            return (count & 0x80000000) != 0 ? Encoding.Latin1.GetString(octets) : Encoding.Unicode.GetString(octets);
        }
    }
}
