using System.Buffers.Binary;
using System.Text;
using Platform.Engine.Attachments.Office;

namespace Platform.Engine.Attachments.Ole;

// An embedded object is a storage ([MS-OLEDS]): its class id tells the program that serves it, `\1Ole` whether it is a link and to
// what (a moniker: class id and data, 2.3.3), `\1CompObj` the name of the class, the other streams belong to the server. The
// Packager keeps any file in `\1Ole10Native`; newer documents keep an embedded OOXML file in the stream `Package`, others in
// `CONTENTS`.

/// <summary>
/// Objects in a compound file: packaged files and documents become members; facts ole-package, ole-equation-exploit, ole-risky-class,
/// and office-external-object or office-moniker for links.
/// </summary>
internal static class OleObjects
{
    private const int MaxMember = 32 * 1024 * 1024;
    private const int MaxLink = 64 * 1024;

    private static readonly byte[] UrlMoniker = new Guid("79EAC9E0-BAF9-11CE-8C82-00AA004BA90B").ToByteArray();
    private static readonly byte[] FileMoniker = new Guid("00000303-0000-0000-C000-000000000046").ToByteArray();
    private static readonly byte[] ScriptMoniker = new Guid("06290BD3-48AA-11D2-8432-006008C3FBFC").ToByteArray();
    private static readonly byte[] SoapMoniker = new Guid("ECABB0C7-7F19-11D2-978E-0000F8757E2A").ToByteArray();

    /// <param name="className">Name of the class by which the document around refers to the object; empty when unknown.</param>
    public static void Tell(CompoundFile file, string className, FileContents contents)
    {
        OleClasses.Tell(className, className, contents);
        foreach (var entry in file.Entries)
        {
            var where = entry.Path.Length > 0 ? entry.Path : className;
            if (entry.Kind != CompoundEntryKind.Stream)
            {
                OleClasses.Tell(entry.ClassId, where, contents);
                if (entry.ClassId == OleClasses.Equation || entry.Kind == CompoundEntryKind.Root && OleClasses.IsEquation(className))
                    TellEquation(file, entry.Path.Length > 0 ? entry.Path + "/" : "", where, contents);
            }
            else if (entry.Name.Equals("\u0001Ole10Native", StringComparison.OrdinalIgnoreCase))
            {
                TellPackage(file.Read(entry, MaxMember), where, contents);
            }
            else if (entry.Name.Equals("\u0001Ole", StringComparison.OrdinalIgnoreCase))
            {
                TellLink(file.Read(entry, MaxLink).Span, where, contents);
            }
            else if (entry.Name is "Package" or "CONTENTS" && contents.Budget.TakeEntry(where))
            {
                contents.Member(entry.Path, Granted(file.Read(entry, MaxMember), where, contents));
            }
        }
    }

    /// <summary>A packaged file, or data of a server which is kept as a member too: it may be a document or program of its own.</summary>
    public static void TellPackage(ReadOnlyMemory<byte> stream, string where, FileContents contents)
    {
        if (Ole10Native.Read(stream) is { } package)
        {
            contents.Fact("ole-package", where, package.Label == package.Name ? package.Name : $"{package.Label} ({package.Name})");
            if (contents.Budget.TakeEntry(where))
                contents.Member(package.Name.Length > 0 ? package.Name : "package", Granted(package.Content, where, contents));
        }
        else if (stream.Length > 4 && contents.Budget.TakeEntry(where))
        {
            contents.Member("native", Granted(stream[4..], where, contents));
        }
    }

    public static void TellEquation(ReadOnlySpan<byte> native, string where, FileContents contents)
    {
        if (EquationNative.Exploit(native) is { } wrong)
            contents.Fact("ole-equation-exploit", where, wrong);
    }

    /// <summary>A link of either version: monikers stand in it in clear, whatever stands around.</summary>
    public static void TellLink(ReadOnlySpan<byte> link, string where, FileContents contents)
    {
        if (link.IndexOf(ScriptMoniker) >= 0 || link.IndexOf(SoapMoniker) >= 0)
            contents.Fact("ole-risky-class", where, "moniker that runs what it gets");
        for (var at = 0; link[at..].IndexOf(UrlMoniker) is var hit and >= 0;)
        {
            at += hit + UrlMoniker.Length;
            if (at + 4 > link.Length)
                return;
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(link[at..]), (uint)(link.Length - at - 4));
            var address = Encoding.Unicode.GetString(link.Slice(at + 4, length & ~1));
            var end = address.IndexOf('\0');
            RemoteTarget.Tell(contents, "office-external-object", where, end < 0 ? address : address[..end]);
        }

        for (var at = 0; link[at..].IndexOf(FileMoniker) is var hit and >= 0;)
        {
            at += hit + FileMoniker.Length;
            if (at + 6 > link.Length)
                return;
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(link[(at + 2)..]), (uint)(link.Length - at - 6));
            RemoteTarget.Tell(contents, "office-external-object", where, Encoding.Latin1.GetString(link.Slice(at + 6, length)).TrimEnd('\0'));
        }
    }

    // The equation editor has no use for the stream of the Packager.
    private static void TellEquation(CompoundFile file, string storage, string where, FileContents contents)
    {
        var native = file.Read(storage + "Equation Native", MaxLink);
        if (native.Length > 0)
            TellEquation(native.Span, where, contents);
        else if (file.Find(storage + "\u0001Ole10Native") is { } other && file.Read(other, MaxLink) is { Length: > 0 } data)
            contents.Fact("ole-equation-exploit", where, EquationNative.Exploit(data.Span[Math.Min(4, data.Length)..]) ?? "data of another kind");
    }

    private static ReadOnlyMemory<byte> Granted(ReadOnlyMemory<byte> content, string where, FileContents contents) =>
        content[..contents.Budget.TakeUnpacked(content.Length, where)];
}
