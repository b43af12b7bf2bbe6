using System.Text;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Platform.Engine.Attachments;
using Platform.Engine.Links;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>A file that a page built: <c>new Blob([...])</c>, or what stands in a <c>data:</c> address.</summary>
internal sealed class BlobObject(World world, ReadOnlyMemory<byte> content, string type, string name) : HostObject(world), IBytes
{
    public ReadOnlyMemory<byte> Content => content;

    public string MediaType => type;

    public string Name => name;

    protected override JsValue? Read(string member) => member switch
    {
        "size" => JsNumber.Create(content.Length),
        "type" => Text(type),
        "name" when name.Length > 0 => Text(name),
        "lastModified" => JsNumber.Create(1_780_000_000_000),
        "text" => Method("text", _ => World.Resolved(Text(Encoding.UTF8.GetString(content.Span)))),
        "arrayBuffer" => Method("arrayBuffer", _ => World.Resolved(((ObjectInstance)World.Bytes(content.Span)).Get("buffer"))),
        "bytes" => Method("bytes", _ => World.Resolved(World.Bytes(content.Span))),
        "slice" => Method("slice", Slice),
        "stream" => Method("stream", _ => World.Plain()),
        _ => null,
    };

    private BlobObject Slice(JsValue[] arguments)
    {
        var start = Index(arguments.At(0), 0);
        var end = Math.Max(start, Index(arguments.At(1), content.Length));
        return new BlobObject(World, content[start..end], arguments.TextAt(2), "");
    }

    private int Index(JsValue value, int missing)
    {
        if (value.Type == Types.Undefined)
            return missing;
        var index = TypeConverter.ToNumber(value);
        return (int)Math.Clamp(double.IsNaN(index) ? 0 : index < 0 ? content.Length + index : index, 0, content.Length);
    }
}

/// <summary>The files that a page built, and what became of them.</summary>
internal sealed class Blobs(World world)
{
    private const int MostOctets = 16 * 1024 * 1024;
    private const int MostBlobs = 200;

    private readonly Dictionary<string, BlobObject> _addresses = new(StringComparer.Ordinal);
    private readonly HashSet<BlobObject> _handedOver = [];

    public BlobObject Make(JsValue[] arguments, bool isFile)
    {
        using var content = new MemoryStream();
        if (arguments.At(0) is JsArray parts)
        {
            for (uint index = 0; index < parts.Length && content.Length < MostOctets; index++)
                content.Write(world.BytesOf(parts.Get(JsNumber.Create(index))));
        }

        var options = arguments.At(isFile ? 2 : 1) as ObjectInstance;
        return new BlobObject(world, content.ToArray(), options?.Get("type").AsText() ?? "", isFile ? arguments.TextAt(1) : "");
    }

    public string AddressOf(JsValue value)
    {
        var address = $"blob:null/{_addresses.Count:x8}-5c1e-4c1b-9a77-2f6e0d0b91aa";
        if (_addresses.Count < MostBlobs)
            _addresses[address] = value as BlobObject ?? new BlobObject(world, world.BytesOf(value), "", "");
        return address;
    }

    /// <summary>Null when the address is none of a file made here.</summary>
    public BlobObject? Read(string address)
    {
        if (_addresses.TryGetValue(address, out var blob))
            return blob;
        return DataAddress.Read(address) is { } data ? new BlobObject(world, data.Content, data.MediaType, "") : null;
    }

    /// <summary>Given to the reader as a download.</summary>
    public void Saved(BlobObject blob, string name)
    {
        if (blob.Content.IsEmpty || !_handedOver.Add(blob))
            return;
        var called = name.Length > 0 ? name : blob.Name.Length > 0 ? blob.Name : "download";
        world.Wrote(called, blob.Content);
        var kind = FileTypes.Detect(blob.Content.Span, called);
        if (SavedFile.IsSmuggled(called, kind, blob.MediaType, world.ByItself))
            world.Did(BehaviourKind.Smuggle, "T1027.006", $"{called} ({kind.Id}, {blob.Content.Length} bytes)");
    }

    /// <summary>Shown in place of this page, in a frame or in another window.</summary>
    public void Opened(BlobObject blob)
    {
        if (blob.Content.IsEmpty)
            return;
        var kind = FileTypes.Detect(blob.Content.Span, blob.Name);
        if (blob.MediaType.Contains("html", StringComparison.OrdinalIgnoreCase) || kind.Id is "html" or "svg")
        {
            if (!_handedOver.Add(blob))
                return;
            world.Wrote("page.html", blob.Content);
            if (world.ByItself)
                world.Did(BehaviourKind.WritePage, "T1027", Encoding.UTF8.GetString(blob.Content.Span[..Math.Min(blob.Content.Length, 500)]));
        }
        else if (!blob.MediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && kind.Id is not ("pdf" or "png" or "jpeg" or "gif" or "webp"))
        {
            Saved(blob, blob.Name);
        }
    }

    /// <summary>A file that was made ready for handing over and waits for something that was not met here.</summary>
    public void Conclude()
    {
        world.ByItself = false;
        foreach (var blob in _addresses.Values)
            if (!_handedOver.Contains(blob) && !blob.MediaType.Contains("script", StringComparison.OrdinalIgnoreCase) && !blob.MediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
                Saved(blob, blob.Name);
    }
}
