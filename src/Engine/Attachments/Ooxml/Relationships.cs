using System.Xml;
using Platform.Engine.Attachments.Office;

namespace Platform.Engine.Attachments.Ooxml;

/// <param name="Source">The part that relates.</param>
/// <param name="Kind">Last word of the relationship type.</param>
/// <param name="Target">As written when external, else the name of a part.</param>
internal sealed record Relationship(string Source, string Id, string Kind, string Target, bool IsExternal);

/// <summary>Relationship parts (ECMA-376 part 2, 9.3): what each part holds or points to, inside of the package or out of it.</summary>
internal static class Relationships
{
    private const int MaxRelations = 20_000;

    public static List<Relationship> Read(OoxmlPackage package)
    {
        List<Relationship> relations = [];
        foreach (var part in package.Parts)
        {
            if (!part.Name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase))
                continue;
            var source = SourceOf(part.Name);
            XmlPart.Walk(package.Read(part), reader =>
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Relationship" || relations.Count >= MaxRelations)
                    return;
                var type = reader.Attribute("Type") ?? "";
                var target = reader.Attribute("Target") ?? "";
                var external = string.Equals(reader.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase);
                relations.Add(new Relationship(source, reader.Attribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], external ? target : Resolve(source, target), external));
            });
        }

        return relations;
    }

    /// <summary>What is fetched on opening becomes a fact, what waits for a click a link.</summary>
    public static void Tell(IEnumerable<Relationship> relations, FileContents contents)
    {
        foreach (var (source, _, kind, target, external) in relations)
        {
            if (!external)
                continue;
            switch (kind)
            {
                case "hyperlink":
                    if (RemoteTarget.KindOf(target) == RemoteKind.Moniker)
                        contents.Fact("office-moniker", source, target);
                    else
                        contents.Link(Uri.UnescapeDataString(target));
                    break;
                case "image" or "externalLinkPath" or "video" or "audio" or "media" when RemoteTarget.KindOf(target) == RemoteKind.Web:
                    contents.Link(target);
                    break;
                case not ("attachedTemplate" or "oleObject" or "frame" or "subDocument" or "aFChunk" or "package" or "control" or "transform" or "glossaryDocument" or "externalLinkPath" or "image") when RemoteTarget.KindOf(target) == RemoteKind.Web:
                    contents.Link(target);
                    break;
                default:
                    RemoteTarget.Tell(contents, kind == "attachedTemplate" ? "office-external-template" : "office-external-object", source, target);
                    break;
            }
        }
    }

    private static string SourceOf(string relations)
    {
        var name = relations[..^".rels".Length];
        var folder = name.LastIndexOf("_rels/", StringComparison.OrdinalIgnoreCase);
        return folder < 0 ? name : name[..folder] + name[(folder + "_rels/".Length)..];
    }

    private static string Resolve(string source, string target)
    {
        if (target.StartsWith('/'))
            return target[1..];
        var folders = new List<string>(source.Split('/')[..^1]);
        foreach (var step in target.Split('/'))
            if (step == "..")
                folders.RemoveRange(Math.Max(0, folders.Count - 1), Math.Min(1, folders.Count));
            else if (step is not ("." or ""))
                folders.Add(step);
        return string.Join('/', folders);
    }
}
