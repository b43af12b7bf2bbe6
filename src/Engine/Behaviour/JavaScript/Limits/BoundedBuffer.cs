using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Platform.Engine.Behaviour.JavaScript.Limits;

/// <summary>Stands before the constructor of a buffer or typed array and looks at the length that is asked for.</summary>
internal sealed class BoundedBuffer : Constructor
{
    private const int ElementsPerStep = 512;

    private readonly World _world;
    private readonly Constructor _original;

    public BoundedBuffer(World world, string name, Constructor original)
        : base(world.Engine, name)
    {
        _world = world;
        _original = original;
        Prototype = original;
        FastSetProperty("prototype", new PropertyDescriptor(original.Get("prototype"), PropertyFlag.AllForbidden));
    }

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget)
    {
        var elements = arguments.At(0) switch
        {
            JsNumber number => TypeConverter.ToNumber(number),
            JsTypedArray array => array.Length,
            JsArray array => array.Length,
            _ => 0,
        };
        if (elements > 0)
        {
            NativeGuards.Bound(elements);
            _world.Steps.Charge((long)elements / ElementsPerStep);
        }

        return (ObjectInstance)_world.Engine.Construct(_original, arguments);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => _original.Call(thisObject, arguments);
}

/// <summary><c>Function</c>: makes code of text, which is a layer.</summary>
internal sealed class CodeConstructor : Constructor
{
    private readonly World _world;
    private readonly Constructor _original;

    public CodeConstructor(World world, Constructor original, ObjectInstance prototype)
        : base(world.Engine, "Function")
    {
        _world = world;
        _original = original;
        FastSetProperty("prototype", new PropertyDescriptor(prototype, PropertyFlag.AllForbidden));
        prototype.FastSetProperty("constructor", new PropertyDescriptor(this, PropertyFlag.NonEnumerable));
    }

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget)
    {
        if (arguments.Length == 0)
            return (ObjectInstance)_world.Engine.Construct(_original, arguments);
        JsValue[] rewritten = [.. arguments];
        rewritten[^1] = World.Text(_world.Layer(TypeConverter.ToString(arguments[^1])));
        return (ObjectInstance)_world.Engine.Construct(_original, rewritten);
    }

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => Construct(arguments, JsValue.Undefined);
}
