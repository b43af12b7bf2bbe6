using System.Text;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Interop;
using Platform.Engine.Behaviour.JavaScript.Limits;

namespace Platform.Engine.Behaviour.JavaScript;

/// <summary>What every made-up world shares: the interpreter, the log, the clock, what waits to be run, and the secrets that were planted.</summary>
internal sealed class World
{
    /// <summary>How a behaviour begins that runs code of another site.</summary>
    public const string CodeFrom = "code fetched from ";

    private const int MaxLayers = 400;
    private const int MostPayload = 8 * 1024 * 1024;

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private int _layers;

    public World(ScriptSource script, BehaviourLog log, Pages.Place? place = null)
    {
        Script = script;
        Log = log;
        Steps = new StepCounter(log.Budget);
        Place = place ?? Pages.Place.Usual;
        Clock = new FakeClock(Place);
        Engine = BoundedEngine.Make(Steps, Clock, Names);
        Jobs = new Jobs(this);
        NativeGuards.Install(this);
    }

    public ScriptSource Script { get; }

    public BehaviourLog Log { get; }

    public Pages.Place Place { get; }

    /// <summary>The script asked for the language or the time of its reader.</summary>
    public bool AskedPlace { get => field || Clock.AskedLocal; set; }

    public StepCounter Steps { get; }

    public FakeClock Clock { get; }

    public NamedElements Names { get; } = new();

    public Jint.Engine Engine { get; }

    public Jobs Jobs { get; }

    /// <summary>False while acts of the reader are played: clicks and the sending of forms.</summary>
    public bool ByItself { get; set; } = true;

    /// <summary>The script has ended itself.</summary>
    public bool Ended { get; private set; }

    public ObjectInstance Global => (ObjectInstance)Engine.Evaluate("this");

    public void Did(BehaviourKind kind, string technique, string value) => Log.Did(kind, technique, value);

    public void Wrote(string name, ReadOnlyMemory<byte> content)
    {
        if (!content.IsEmpty)
            Log.Wrote(name.Length == 0 ? "unnamed" : name, content.Length > MostPayload ? content[..MostPayload] : content);
    }

    /// <summary>A text that stands for something secret; where it is sent, a secret is sent.</summary>
    public void Plant(string secret) => _secrets.Add(secret);

    /// <summary>What was made of a text that holds a secret holds it too.</summary>
    public void Follow(string from, string made)
    {
        if (made.Length is >= 8 and < 4_096 && _secrets.Count < 50 && HoldsSecret(from))
            _secrets.Add(made);
    }

    public bool HoldsSecret(string text) => _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));

    /// <summary>Anything that leaves for an address: noted, and watched for secrets.</summary>
    public void Ask(string address, string? sent)
    {
        if (!IsRemote(address))
            return;
        Log.Asked(address);
        if (HoldsSecret(address) || sent is not null && HoldsSecret(sent))
            Did(BehaviourKind.AskCredential, "T1056.003", address);
    }

    public static bool IsRemote(string address) =>
        address.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("//", StringComparison.Ordinal) || address.StartsWith("ws:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("wss:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("ftp:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("\\\\", StringComparison.Ordinal);

    /// <summary>Code that the script made itself, ready to be run: what it says about being watched is noted, what the interpreter cannot take is rewritten.</summary>
    public string Layer(string code)
    {
        if (++_layers > MaxLayers)
            throw new OutOfBudgetException();
        Steps.Charge(1 + (code.Length >> 8));
        if (FetchedCode.AddressIn(code) is { } address)
            Did(BehaviourKind.Execute, "T1059.007", $"{CodeFrom}{address}");
        if (code.AsSpan().Trim(" \t\r\n;").SequenceEqual("debugger"))
            Did(BehaviourKind.Evade, "T1622", "debugger called by made-up code");
        return SourceRewriter.Rewrite(code);
    }

    /// <summary>Runs code in the global scope. What it throws ends it, not the run.</summary>
    public void Execute(string code)
    {
        if (Ended || string.IsNullOrWhiteSpace(code))
            return;
        Guard(() => Engine.Execute(SourceRewriter.Rewrite(code)));
        Settle();
    }

    /// <summary>Calls a function of the script. What it throws ends it, not the run.</summary>
    public JsValue Call(JsValue function, JsValue self, params JsValue[] arguments)
    {
        var result = JsValue.Undefined;
        if (!Ended && function.IsCallable())
            Guard(() => result = Engine.Call(function, self, arguments));
        return result;
    }

    /// <summary>As eval called by another name does: in the global scope.</summary>
    public JsValue Evaluate(string code) => Engine.Call(Engine.Intrinsics.Eval, JsValue.Undefined, [Text(Layer(code))]);

    /// <summary>What <c>import(x)</c> does here; null: the module is only noted.</summary>
    public Action<string>? Imported { get; set; }

    public JsValue Import(JsValue address)
    {
        var source = address.AsText();
        if (Imported is { } imported)
            imported(source);
        else
            Ask(source, null);
        return Resolved(Plain());
    }

    public void Settle() => Guard(Engine.Advanced.ProcessTasks);

    public void Guard(Action run)
    {
        if (Ended)
            return;
        try
        {
            run();
        }
        catch (Exception exception) when (exception is JavaScriptException or Acornima.ParseErrorException)
        {
            // An uncaught error of a script is shown in a console that nobody opens.
        }
        catch (QuitException)
        {
            Ended = true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Ended = true;
            Log.Budget.MarkCut();
        }
    }

    public ClrFunction Method(string name, Func<JsValue[], JsValue> body) => new(Engine, name, (_, arguments) => body(arguments));

    public ClrFunction Method(string name, Action<JsValue[]> body) => new(Engine, name, (_, arguments) =>
    {
        body(arguments);
        return JsValue.Undefined;
    });

    public static JsValue Truth(bool value) => value ? JsBoolean.True : JsBoolean.False;

    public static JsValue Text(string text) => JsString.Create(text);

    /// <summary>A plain object with these members.</summary>
    public JsObject Plain(params IReadOnlyList<(string Name, JsValue Value)> members)
    {
        var plain = new JsObject(Engine);
        foreach (var (name, value) in members)
            plain.Set(name, value);
        return plain;
    }

    public JsValue List(IEnumerable<JsValue> items) => new JsArray(Engine, [.. items]);

    public JsValue Bytes(ReadOnlySpan<byte> bytes)
    {
        Steps.Charge(bytes.Length >> 8);
        return Engine.Intrinsics.Uint8Array.Construct(bytes);
    }

    /// <summary>A promise that is kept already.</summary>
    public JsValue Resolved(JsValue value)
    {
        var promise = Engine.Advanced.RegisterPromise();
        promise.Resolve(value);
        return promise.Promise;
    }

    public JsValue Rejected(string reason)
    {
        var promise = Engine.Advanced.RegisterPromise();
        promise.Reject(Text(reason));
        return promise.Promise;
    }

    /// <summary>The octets of a typed array, a view, a buffer; of anything else the text in UTF-8.</summary>
    public byte[] BytesOf(JsValue value)
    {
        var bytes = value switch
        {
            _ when value.IsArrayBuffer() => value.AsArrayBuffer() ?? [],
            _ when value.IsDataView() => value.AsDataView() ?? [],
            _ when value.IsUint8Array() => value.AsUint8Array(),
            _ when value.IsUint8ClampedArray() => value.AsUint8ClampedArray(),
            IBytes held => held.Content.ToArray(),
            JsTypedArray array => Octets(array),
            _ when value.IsUndefined() || value.IsNull() => [],
            _ => Encoding.UTF8.GetBytes(value.ToString()),
        };
        Steps.Charge(bytes.Length >> 8);
        return bytes;
    }

    private static byte[] Octets(JsTypedArray array)
    {
        var buffer = array.Get("buffer");
        var all = buffer.IsArrayBuffer() ? buffer.AsArrayBuffer() ?? [] : [];
        var start = (int)Math.Min(all.Length, TypeConverter.ToNumber(array.Get("byteOffset")));
        var length = (int)Math.Min(all.Length - start, TypeConverter.ToNumber(array.Get("byteLength")));
        return all.AsSpan(start, length).ToArray();
    }
}

/// <summary>The script has ended itself: <c>WScript.Quit</c>, <c>window.close</c>.</summary>
internal sealed class QuitException : Exception;

/// <summary>An object of a world that holds octets.</summary>
internal interface IBytes
{
    ReadOnlyMemory<byte> Content { get; }
}
