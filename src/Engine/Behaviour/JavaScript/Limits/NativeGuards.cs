using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;

namespace Platform.Engine.Behaviour.JavaScript.Limits;

/// <summary>
/// Stands before the built-in functions whose cost or result the interpreter does not bound: <c>'x'.repeat(5e8)</c> is one
/// statement and a gigabyte. What goes over a whole text or array pays for its length; what would be too long throws as a browser does.
/// </summary>
internal static class NativeGuards
{
    private const int LongestText = 8 * 1024 * 1024;
    private const int CharactersPerStep = 1_024;
    private const int ElementsPerStep = 64;
    private const int Seed = 20_260_616;

    private static readonly string[] TextFunctions =
    [
        "indexOf", "lastIndexOf", "includes", "search", "match", "matchAll", "split", "toLowerCase", "toUpperCase", "trim", "normalize", "localeCompare",
    ];

    private static readonly string[] ArrayFunctions =
    [
        "shift", "unshift", "splice", "slice", "reverse", "indexOf", "lastIndexOf", "includes", "concat", "fill", "copyWithin", "sort", "flat", "toSorted", "toReversed", "toSpliced", "with",
    ];

    private static readonly string[] Buffers =
    [
        "ArrayBuffer", "SharedArrayBuffer", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array", "Float16Array", "Float32Array", "Float64Array",
    ];

    private static readonly string[] Removed = ["BigInt", "BigInt64Array", "BigUint64Array", "Atomics", "ShadowRealm", "WebAssembly", "gc"];

    public static void Install(World world)
    {
        var engine = world.Engine;
        var global = world.Global;
        foreach (var name in Removed)
            global.Delete(name);
        Define(global, SourceRewriter.LayerName, world.Method("layer", arguments => arguments.At(0) is JsString code ? World.Text(world.Layer(code.ToString())) : arguments.At(0)));
        var keys = new Stack<JsValue>();
        Define(global, SourceRewriter.KeyName, world.Method("key", arguments => Noted(keys, arguments.At(0))));
        Define(global, SourceRewriter.MadeName, world.Method("made", arguments => keys.TryPop(out var key) && key is JsString name && name.ToString() == "eval" && arguments.At(0) is JsString code ? World.Text(world.Layer(code.ToString())) : arguments.At(0)));
        Define(global, SourceRewriter.SumName, world.Method("sum", arguments => Sum(world, arguments)));
        Define(global, SourceRewriter.ImportName, world.Method("import", arguments => world.Import(arguments.At(0))));
        foreach (var name in Buffers)
            if (global.Get(name) is Constructor constructor)
                Define(global, name, new BoundedBuffer(world, name, constructor));
        GuardTexts(world, Prototype(global, "String"));
        GuardArrays(world, Prototype(global, "Array"));
        // The same script must give the same log.
        var random = new Random(Seed);
        Define((ObjectInstance)global.Get("Math"), "random", world.Method("random", _ => JsNumber.Create(random.NextDouble())));
        Define(global, "Function", new CodeConstructor(world, engine.Intrinsics.Function, Prototype(global, "Function")));
    }

    // The key of a call is known before its argument is made; what an error left behind lies below.
    private static JsValue Noted(Stack<JsValue> keys, JsValue key)
    {
        Bound(keys.Count);
        keys.Push(key);
        return key;
    }

    private static void GuardTexts(World world, ObjectInstance prototype)
    {
        foreach (var name in TextFunctions)
            Pay(world, prototype, name, CharactersPerStep);
        Wrap(world, prototype, "repeat", (self, arguments) => Bound(LengthOf(self) * Math.Max(0, arguments.NumberAt(0))));
        Wrap(world, prototype, "padStart", (_, arguments) => Bound(arguments.NumberAt(0)));
        Wrap(world, prototype, "padEnd", (_, arguments) => Bound(arguments.NumberAt(0)));
        Wrap(world, prototype, "concat", (self, arguments) => Bound(LengthOf(self) + arguments.Sum(LengthOf)));
        Wrap(world, prototype, "replace", (self, arguments) => BoundReplacement(world, self, arguments));
        Wrap(world, prototype, "replaceAll", (self, arguments) => BoundReplacement(world, self, arguments));
        var letters = new Jint.Runtime.Interop.ClrFunction(world.Engine, "[Symbol.iterator]", (self, _) => Letters(world, self));
        prototype.FastSetProperty(Jint.Native.Symbol.GlobalSymbolRegistry.Iterator, new PropertyDescriptor(letters, PropertyFlag.NonEnumerable));
    }

    // By code points (ECMA-262 22.1.3.36). The interpreter goes by what a reader sees as one letter, and so takes a carriage return
    // and a line feed for one: octets held in a text would come out one short.
    private static JsValue Letters(World world, JsValue self)
    {
        var text = TypeConverter.ToString(self);
        world.Steps.Charge(1 + (text.Length / ElementsPerStep));
        List<JsValue> letters = new(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var isPair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            letters.Add(isPair ? World.Text(text.Substring(at++, 2)) : World.Text(text[at].ToString()));
        }

        var list = (ObjectInstance)world.List(letters);
        return world.Engine.Call(list.Get("values"), list, []);
    }

    private static void GuardArrays(World world, ObjectInstance prototype)
    {
        foreach (var name in ArrayFunctions)
            Pay(world, prototype, name, ElementsPerStep);
        var joining = new HashSet<JsValue>(ReferenceEqualityComparer.Instance);
        Define(prototype, "join", new Jint.Runtime.Interop.ClrFunction(world.Engine, "join", (self, arguments) => Join(world, self, arguments, joining)));
    }

    // Nested arrays come here again, each piece bounded; the one function that can multiply text at every level.
    private static JsValue Join(World world, JsValue self, JsValue[] arguments, HashSet<JsValue> joining)
    {
        if (self is not ObjectInstance array || !joining.Add(array))
            return JsString.Empty;
        try
        {
            var separator = arguments.At(0).Type == Types.Undefined ? "," : TypeConverter.ToString(arguments.At(0));
            var length = (int)Math.Clamp(TypeConverter.ToNumber(array.Get("length")) is var count && double.IsNaN(count) ? 0 : count, 0, LongestText);
            world.Steps.Charge(length / ElementsPerStep);
            var joined = new StringBuilder();
            for (var index = 0; index < length; index++)
            {
                if (index > 0)
                    joined.Append(separator);
                joined.Append(array.Get(JsNumber.Create(index)).AsText());
                Bound(joined.Length);
            }

            world.Steps.Charge(joined.Length / CharactersPerStep);
            return World.Text(joined.ToString());
        }
        finally
        {
            joining.Remove(array);
        }
    }

    private static void BoundReplacement(World world, JsValue self, JsValue[] arguments)
    {
        var text = LengthOf(self);
        world.Steps.Charge((long)text / CharactersPerStep);
        if (arguments.At(1) is not JsString replacement)
            return;
        var once = arguments.At(0) is JsString what ? Math.Max(1, what.Length) : 1;
        var matches = Math.Max(1, text / once);
        var each = replacement.Length + (replacement.Length < 100_000 && replacement.ToString().Contains('$', StringComparison.Ordinal) ? text : 0);
        // Most replacements shorten; only one that could outgrow everything is counted out.
        if (text + (matches * each) > 64.0 * LongestText)
            Bound(double.MaxValue);
        if (each > 64)
            Bound(text + (Math.Min(matches, Occurrences(self, arguments.At(0))) * each));
    }

    private static double Occurrences(JsValue self, JsValue what)
    {
        if (what is not JsString pattern || pattern.Length == 0 || self is not JsString text)
            return LengthOf(self) + 1;
        return text.ToString().AsSpan().Count(pattern.ToString());
    }

    // Left to right as + does: numbers until the first text.
    private static JsValue Sum(World world, JsValue[] pieces)
    {
        if (pieces.Length == 0)
            return JsValue.Undefined;
        world.Steps.Charge(pieces.Length / 8);
        var sum = pieces[0];
        StringBuilder? text = null;
        for (var index = 1; index < pieces.Length; index++)
        {
            var piece = pieces[index];
            if (text is null && IsNumeric(sum) && IsNumeric(piece))
            {
                sum = JsNumber.Create(TypeConverter.ToNumber(sum) + TypeConverter.ToNumber(piece));
                continue;
            }

            text ??= new StringBuilder(TypeConverter.ToString(sum));
            text.Append(TypeConverter.ToString(piece));
            Bound(text.Length);
        }

        return text is null ? sum : World.Text(text.ToString());
    }

    private static bool IsNumeric(JsValue value) => value.Type is Types.Number or Types.Boolean or Types.Null or Types.Undefined;

    private static void Pay(World world, ObjectInstance prototype, string name, int perStep) =>
        Wrap(world, prototype, name, (self, _) => world.Steps.Charge((long)LengthOf(self) / perStep));

    private static void Wrap(World world, ObjectInstance prototype, string name, Action<JsValue, JsValue[]> before)
    {
        if (prototype.Get(name) is not Jint.Native.Function.Function original)
            return;
        Define(prototype, name, new Jint.Runtime.Interop.ClrFunction(world.Engine, name, (self, arguments) =>
        {
            before(self, arguments);
            return original.Call(self, arguments);
        }));
    }

    private static double LengthOf(JsValue value) => value switch
    {
        JsString text => text.Length,
        JsArray array => array.Length,
        _ => 0,
    };

    internal static void Bound(double length)
    {
        if (length > LongestText)
            throw new OutOfBudgetException();
    }

    private static ObjectInstance Prototype(ObjectInstance global, string name) => (ObjectInstance)((ObjectInstance)global.Get(name)).Get("prototype");

    private static void Define(ObjectInstance on, string name, JsValue value) => on.FastSetProperty(name, new PropertyDescriptor(value, PropertyFlag.NonEnumerable));
}
