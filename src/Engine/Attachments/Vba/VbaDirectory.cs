using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Office;

namespace Platform.Engine.Attachments.Vba;

/// <param name="Offset">Where in its stream the compressed source begins.</param>
internal sealed record VbaModuleRecord(string Name, string StreamName, int Offset);

/// <summary>The records of the decompressed <c>dir</c> stream ([MS-OVBA] 2.3.4.2): id, length, data.</summary>
internal sealed class VbaDirectory
{
    private const int MaxModules = 500;
    private const int MaxReferences = 200;
    private const int ProjectVersion = 0x09;

    private readonly List<VbaModuleRecord> _modules = [];
    private readonly List<string> _references = [];
    private string? _name;
    private string? _stream;
    private int _offset;

    private VbaDirectory()
    {
    }

    public Encoding Encoding { get; private set; } = CodePages.Western;

    public IReadOnlyList<VbaModuleRecord> Modules => _modules;

    public IReadOnlyList<string> References => _references;

    public static VbaDirectory Read(ReadOnlySpan<byte> records)
    {
        var directory = new VbaDirectory();
        for (var position = 0; position + 6 <= records.Length;)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(records[position..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(records[(position + 2)..]);
            // Of this one record the length field says 4 and six octets follow.
            if (id == ProjectVersion)
                length = 6;
            position += 6;
            if (length > records.Length - position)
                break;
            directory.Take(id, records.Slice(position, (int)length));
            position += (int)length;
        }

        directory.EndModule();
        return directory;
    }

    private void Take(int id, ReadOnlySpan<byte> data)
    {
        switch (id)
        {
            case 0x03 when data.Length >= 2:
                Encoding = CodePages.Get(BinaryPrimitives.ReadUInt16LittleEndian(data));
                break;
            case 0x0D or 0x0E or 0x33 when _references.Count < MaxReferences && data.Length > 4:
                _references.Add(Encoding.GetString(data[4..Math.Min(data.Length, 400)]).TrimEnd('\0'));
                break;
            case 0x19:
                EndModule();
                _name = Encoding.GetString(data);
                break;
            case 0x47 when data.Length >= 2:
                _name = Encoding.Unicode.GetString(data);
                break;
            case 0x1A:
                _stream = Encoding.GetString(data);
                break;
            case 0x32 when data.Length >= 2:
                _stream = Encoding.Unicode.GetString(data);
                break;
            case 0x31 when data.Length >= 4:
                _offset = BinaryPrimitives.ReadInt32LittleEndian(data);
                break;
            case 0x2B:
                EndModule();
                break;
        }
    }

    private void EndModule()
    {
        if (_modules.Count < MaxModules && (_stream ?? _name) is { Length: > 0 } stream)
            _modules.Add(new VbaModuleRecord(_name ?? stream, stream, _offset));
        (_name, _stream, _offset) = (null, null, 0);
    }
}
