using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;

namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>A name that no script declared may be the id of an element (HTML 7.2.2.3), also of one made since.</summary>
internal sealed class NamedElements : IReferenceResolver
{
    /// <summary>Null for a world without elements.</summary>
    public Func<string, JsValue?>? Find { get; set; }

    public bool TryUnresolvableReference(Jint.Engine engine, Reference reference, out JsValue value)
    {
        value = Find?.Invoke(reference.ReferencedName.ToString()) ?? JsValue.Undefined;
        return value.Type != Types.Undefined;
    }

    public bool TryPropertyReference(Jint.Engine engine, Reference reference, ref JsValue value) => false;

    public bool TryGetCallable(Jint.Engine engine, object callee, out JsValue value)
    {
        value = JsValue.Undefined;
        return false;
    }

    public bool CheckCoercible(JsValue value) => false;
}
