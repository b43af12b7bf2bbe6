using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>A class of a made-up world: <c>new Blob(…)</c>, or called without <c>new</c>.</summary>
internal sealed class HostConstructor : Constructor
{
    private readonly Func<JsValue[], ObjectInstance> _make;

    public HostConstructor(World world, string name, Func<JsValue[], ObjectInstance> make)
        : base(world.Engine, name)
    {
        _make = make;
        FastSetProperty("prototype", new PropertyDescriptor(new JsObject(world.Engine), PropertyFlag.ConfigurableEnumerableWritable));
    }

    public override ObjectInstance Construct(JsValue[] arguments, JsValue newTarget) => _make(arguments);

    protected override JsValue Call(JsValue thisObject, JsValue[] arguments) => _make(arguments);
}
