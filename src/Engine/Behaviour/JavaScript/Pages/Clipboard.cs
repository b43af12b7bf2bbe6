using AngleSharp.Dom;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

// A page can put a text on the clipboard (W3C Clipboard API and events): by navigator.clipboard, by execCommand of what it
// selected, or by answering the reader's own copying. Where that text is a command, the page next asks to paste it into the Run
// dialog, a terminal or the address bar of the Explorer (T1204.004): the reader starts what no browser would.

/// <summary>What a page puts on the clipboard.</summary>
internal sealed class Clipboard(Page page)
{
    private const int Longest = 64 * 1024;
    private const int MostTexts = 100;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private Func<string>? _selected;

    public string Selected => _selected?.Invoke() ?? "";

    public void Select(ElementObject field) => _selected = () => field.Value;

    public void Select(INode node) => _selected = () => node.TextContent;

    /// <summary>As <c>execCommand('copy')</c>: what is selected, unless a listener puts another text in its place.</summary>
    public void Copy()
    {
        page.Fire(page.DocumentObject, "copy", page.MakeEvent("copy", page.DocumentObject));
        Put(Selected);
    }

    public void Put(string text)
    {
        if (text.Length is 0 or > Longest || _seen.Count >= MostTexts || !_seen.Add(text))
            return;
        var (command, kind) = PastedCommand.Of(text);
        if (kind >= PastedKind.Installs)
            page.World.Did(BehaviourKind.PasteCommand, "T1204.004", command);
        if (kind >= PastedKind.Starts)
            page.World.Log.Layer(new ScriptSource(ScriptLanguage.Batch, ScriptHost.Shell, command, PastedCommand.Clipboard));
    }

    /// <summary><c>DataTransfer</c> of an event of copying.</summary>
    public JsObject Transfer()
    {
        var world = page.World;
        return world.Plain(
            ("setData", world.Method("setData", arguments => Put(arguments.TextAt(1)))),
            ("getData", world.Method("getData", _ => World.Text(Selected))),
            ("clearData", world.Method("clearData", _ => { })),
            ("types", world.List([World.Text("text/plain")])));
    }

    /// <summary><c>clipboard.write</c>: a list of items, each of which holds blobs, texts or promises of them by their type.</summary>
    public void Write(JsValue items)
    {
        if (items is not JsArray list)
            return;
        for (uint index = 0; index < list.Length && index < 10; index++)
            if (list.Get(JsNumber.Create(index)) is ObjectInstance item)
                foreach (var type in item.GetOwnPropertyKeys(Jint.Runtime.Types.String).Take(10))
                    Take(item.Get(type));
    }

    private void Take(JsValue held)
    {
        if (held is BlobObject blob)
            Put(System.Text.Encoding.UTF8.GetString(blob.Content.Span[..Math.Min(Longest, blob.Content.Length)]));
        else if (held.IsString())
            Put(held.ToString());
        else if (held.IsPromise() && held.Get("then") is var then && then.IsCallable())
            page.World.Call(then, held, page.World.Method("taken", arguments => Take(arguments.At(0))));
    }
}
