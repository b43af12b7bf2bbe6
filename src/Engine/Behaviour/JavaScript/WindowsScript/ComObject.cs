using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Runtime.Descriptors;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary>
/// An automation object: names of members in any case, and callable itself where it has a default member. What it does not know it
/// takes: properties are kept, methods give an object that again takes everything.
/// </summary>
internal class ComObject : Function
{
    private const int MostMade = 20_000;

    private readonly Dictionary<string, JsValue> _kept = new(StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> OfFunctions = new(StringComparer.Ordinal) { "call", "apply", "bind", "constructor", "toString", "valueOf", "hasOwnProperty", "prototype", "then", "toJSON" };

    public ComObject(Machine machine, string name)
        : base(machine.World.Engine, null!, (JsString)JsString.Create(name))
    {
        Machine = machine;
        ProgId = name;
    }

    public string ProgId { get; }

    protected Machine Machine { get; }

    protected World World => Machine.World;

    /// <param name="name">In small letters.</param>
    /// <returns>Null when it is not known.</returns>
    protected virtual JsValue? Read(string name) => null;

    /// <param name="name">In small letters.</param>
    /// <returns>False when it is only to be kept.</returns>
    protected virtual bool Write(string name, JsValue value) => false;

    /// <summary>The default member, called as a function.</summary>
    protected virtual JsValue Invoke(JsValue[] arguments) => Unknown("()");

    /// <summary>The items that an <c>Enumerator</c> goes over.</summary>
    public virtual IEnumerable<JsValue> Items => [];

    /// <summary>A property that the script set; null when it did not.</summary>
    public JsValue? Kept(string name) => _kept.GetValueOrDefault(name);

    public override JsValue Get(JsValue property, JsValue receiver)
    {
        if (!property.IsString() && property is not JsNumber)
            return base.Get(property, receiver);
        var name = property.ToString();
        if (_kept.TryGetValue(name, out var kept))
            return kept;
        if (Read(name.ToLowerInvariant()) is { } value)
            return value;
        return OfFunctions.Contains(name) ? base.Get(property, receiver) : Unknown(name);
    }

    public override PropertyDescriptor GetOwnProperty(JsValue property) =>
        property.IsString() && (_kept.TryGetValue(property.ToString(), out var value) || (value = Read(property.ToString().ToLowerInvariant())) is not null)
            ? new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable)
            : base.GetOwnProperty(property);

    public override bool HasProperty(JsValue property) => true;

    public override bool Set(JsValue property, JsValue value, JsValue receiver)
    {
        var name = property.ToString();
        if (!Write(name.ToLowerInvariant(), value) && _kept.Count < 200)
            _kept[name] = value;
        return true;
    }

    public override string ToString() => ProgId;

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => Invoke(arguments);

    protected JsValue Method(string name, Func<JsValue[], JsValue> body) => World.Method(name, body);

    protected JsValue Method(string name, Action<JsValue[]> body) => World.Method(name, body);

    protected static JsValue Text(string text) => JsString.Create(text);

    // Objects without number are made only by a script that loops.
    private ComObject Unknown(string name)
    {
        World.Steps.Charge(4);
        var child = new ComObject(Machine, ProgId.Length > 200 ? ProgId : $"{ProgId}.{name}");
        if (_kept.Count < MostMade && name != "()")
            _kept[name] = child;
        return child;
    }
}

/// <summary>A list that a COM object gives.</summary>
internal sealed class CollectionObject(Machine machine, IReadOnlyList<JsValue> items) : ComObject(machine, "Collection")
{
    public override IEnumerable<JsValue> Items => items;

    protected override JsValue? Read(string name) => name switch
    {
        "count" or "length" => JsNumber.Create(items.Count),
        "item" or "itemindex" => Method(name, Invoke),
        _ => null,
    };

    protected override JsValue Invoke(JsValue[] arguments) =>
        arguments.NumberAt(0) is var index && index >= 0 && index < items.Count ? items[(int)index] : items.Count > 0 ? items[0] : JsValue.Undefined;
}

/// <summary>JScript's <c>Enumerator</c>.</summary>
internal sealed class EnumeratorObject(Machine machine, JsValue over) : ComObject(machine, "Enumerator")
{
    private readonly List<JsValue> _items = over switch
    {
        ComObject com => [.. com.Items.Take(200)],
        JsArray array => [.. Enumerable.Range(0, (int)Math.Min(array.Length, 1_000)).Select(index => array.Get(JsNumber.Create(index)))],
        _ => [],
    };

    private int _at;

    protected override JsValue? Read(string name) => name switch
    {
        "atend" => Method(name, _ => World.Truth(_at >= _items.Count)),
        "movenext" => Method(name, _ => { _at++; }),
        "movefirst" => Method(name, _ => { _at = 0; }),
        "item" => Method(name, _ => _at < _items.Count ? _items[_at] : JsValue.Undefined),
        _ => null,
    };
}

/// <summary>JScript's <c>VBArray</c>: octets and lists of COM as an array.</summary>
internal sealed class VbArrayObject(Machine machine, JsValue of) : ComObject(machine, "VBArray")
{
    protected override JsValue? Read(string name) => name switch
    {
        "toarray" => Method(name, _ => of is ComObject com ? World.List(com.Items.Take(100_000)) : of),
        "lbound" => Method(name, _ => JsNumber.Create(0)),
        "ubound" => Method(name, _ => JsNumber.Create((of as ComObject)?.Items.Count() - 1 ?? 0)),
        "getitem" => Method(name, arguments => (of as ComObject)?.Items.ElementAtOrDefault((int)Math.Clamp(arguments.NumberAt(0), 0, 1_000_000)) ?? JsValue.Undefined),
        _ => null,
    };
}

/// <summary>An array of octets as COM hands it on (VT_ARRAY | VT_UI1).</summary>
internal sealed class OctetsObject(Machine machine, ReadOnlyMemory<byte> content) : ComObject(machine, "Octets"), IBytes
{
    public ReadOnlyMemory<byte> Content => content;

    public override IEnumerable<JsValue> Items => content.ToArray().Select(octet => (JsValue)JsNumber.Create(octet));

    protected override JsValue? Read(string name) => name switch
    {
        "length" => JsNumber.Create(Math.Max(content.Length, 1)),
        _ when int.TryParse(name, out var index) && index >= 0 && index < content.Length => JsNumber.Create(content.Span[index]),
        _ => null,
    };
}
