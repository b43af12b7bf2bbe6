using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>
/// An object of a made-up world. Its members are made when asked for by name, so that a world costs nothing before it is used;
/// what a script puts over them is kept as on any object.
/// </summary>
internal abstract class HostObject : ObjectInstance
{
    protected HostObject(World world)
        : base(world.Engine)
    {
        World = world;
        Prototype = (ObjectInstance)world.Engine.Intrinsics.Object.Get("prototype");
    }

    protected World World { get; }

    /// <summary>Null when there is no such member.</summary>
    protected abstract JsValue? Read(string name);

    /// <summary>False when the member is nothing special; then it is kept as any property is.</summary>
    protected virtual bool Write(string name, JsValue value) => false;

    /// <summary>Names that <c>for in</c> finds.</summary>
    protected virtual IEnumerable<string> Names => [];

    public override JsValue Get(JsValue property, JsValue receiver)
    {
        if (property.IsString() && !base.HasOwnProperty(property) && Read(property.ToString()) is { } value)
            return value;
        return base.Get(property, receiver);
    }

    public override PropertyDescriptor GetOwnProperty(JsValue property)
    {
        var own = base.GetOwnProperty(property);
        if (own == PropertyDescriptor.Undefined && property.IsString() && Read(property.ToString()) is { } value)
            return new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable);
        return own;
    }

    public override bool HasProperty(JsValue property) =>
        base.HasProperty(property) || property.IsString() && Read(property.ToString()) is not null;

    public override bool Set(JsValue property, JsValue value, JsValue receiver)
    {
        if (property.IsString() && Write(property.ToString(), value))
            return true;
        FastSetProperty(property, new PropertyDescriptor(value, PropertyFlag.ConfigurableEnumerableWritable));
        return true;
    }

    public override List<JsValue> GetOwnPropertyKeys(Types types = Types.Empty | Types.String | Types.Symbol)
    {
        var keys = base.GetOwnPropertyKeys(types);
        keys.AddRange(Names.Select(World.Text));
        return keys;
    }

    protected ClrFunction Method(string name, Func<JsValue[], JsValue> body) => World.Method(name, body);

    protected ClrFunction Method(string name, Action<JsValue[]> body) => World.Method(name, body);

    protected static JsValue Text(string text) => JsString.Create(text);
}

/// <summary>The arguments of a call, read as hosts read them.</summary>
internal static class Arguments
{
    public static JsValue At(this JsValue[] arguments, int index) => index < arguments.Length ? arguments[index] : JsValue.Undefined;

    /// <summary>Empty when it is missing, null or undefined.</summary>
    public static string TextAt(this JsValue[] arguments, int index) => arguments.At(index).AsText();

    public static string AsText(this JsValue value) => value.Type is Types.Undefined or Types.Null ? "" : TypeConverter.ToString(value);

    public static double NumberAt(this JsValue[] arguments, int index) => TypeConverter.ToNumber(arguments.At(index));

    public static bool IsTrueAt(this JsValue[] arguments, int index) => TypeConverter.ToBoolean(arguments.At(index));
}
