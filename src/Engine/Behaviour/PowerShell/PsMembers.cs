using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Properties, indexes and calls on values.</summary>
internal sealed class PsMembers(PsInterpreter interpreter)
{
    private const int MaxMethods = 8;

    private readonly PsStatics _statics = new(interpreter);
    private readonly PsObjectCalls _objects = new(interpreter);

    public static object? Index(object? value, object? index, BehaviourLog log)
    {
        if (PsValues.IsUnknown(value))
            return value;
        if (PsValues.IsUnknown(index))
            return PsUnknown.Value;
        if (value is PsObject item)
            return item.Fields.TryGetValue(PsValues.Text(index), out var field) ? field : item.Kind == "hashtable" ? null : PsUnknown.Value;
        if (index is List<object?> list)
            return PsValues.Weigh(list, log) && log.Budget.TakeOutput((long)list.Count * BuiltText.CostOfItem)
                ? list.Where(one => one is not List<object?>).Select(one => Index(value, one, log)).Where(one => one is not null).ToList()
                : PsUnknown.Value;
        var length = value switch { string text => text.Length, List<object?> items => items.Count, byte[] octets => octets.Length, _ => 1 };
        var at = PsValues.Number(index);
        if (at < 0)
            at += length;
        if (at < 0 || at >= length)
            return null;
        return value switch
        {
            string text => text[(int)at],
            List<object?> items => items[(int)at],
            byte[] octets => octets[at],
            _ => value,
        };
    }

    public static object? Get(object? value, string name, BehaviourLog log)
    {
        var lower = name.ToLowerInvariant();
        switch (value)
        {
            case PsUnknown:
                return value;
            case PsRemote:
                return lower is "content" or "rawcontent" or "responsetext" or "responsebody" ? value : PsUnknown.Value;
            case PsTypeName type:
                return PsStatics.Get(type.Name, lower);
            case string text when lower is "length" or "count":
                return lower == "count" ? 1 : text.Length;
            case List<object?> list when lower is "length" or "count" or "longlength":
                return list.Count;
            case byte[] octets when lower is "length" or "count" or "longlength":
                return octets.Length;
            case PsObject item:
                return PsObjectCalls.Get(item, lower);
            case List<object?> list:
                // A property of every item.
                return PsValues.Weigh(list, log) ? list.Take(10_000).Where(item => item is not List<object?>).Select(item => Get(item, name, log)).Where(item => item is not null).ToList() : PsUnknown.Value;
            case PsBlock block when lower is "ast" or "startposition":
                return block.Source;
            case null:
                return null;
            default:
                return lower is "length" or "count" ? 1 : Method(value, lower);
        }
    }

    /// <summary>A method that is named and not yet called: <c>('Down' + 'loadString').Invoke(...)</c>.</summary>
    public static PsObject Method(object? owner, string name)
    {
        var made = new PsObject("method") { Data = owner };
        made.Fields["name"] = name;
        return made;
    }

    public void Set(object? holder, string name, object? value)
    {
        if (holder is PsObject item)
            item.Fields[name.ToLowerInvariant()] = value;
        if (holder is PsUnknown && value is bool)
            LastLook.At(name, interpreter.Log);
    }

    public object? Call(object? value, string name, List<object?> arguments)
    {
        var lower = name.ToLowerInvariant();
        foreach (var argument in arguments)
        {
            if (!PsValues.Weigh(argument, interpreter.Log))
                return PsUnknown.Value;
            if (argument is string text && text.Length is > 5 and < 4_096)
                LastLook.At(text, interpreter.Log);
        }

        for (var depth = 0; value is PsObject { Kind: "method" } method && lower is "invoke"; depth++)
        {
            if (depth >= MaxMethods)
                return PsUnknown.Value;
            (value, lower) = (method.Data, method.Field("name").ToLowerInvariant());
        }

        switch (value)
        {
            case PsTypeName type:
                return _statics.Call(type.Name, lower, arguments);
            case PsRemote:
                return value;
            case PsUnknown:
                return lower is "invoke" && arguments.OfType<PsBlock>().FirstOrDefault() is { } callback ? PsValues.Unwrap(interpreter.Call(callback, [])) : value;
            case PsBlock block:
                return lower is "invoke" or "invokereturnasis" or "invokewithcontext" ? PsValues.Unwrap(interpreter.Call(block, arguments)) : lower is "tostring" ? block.Source : value;
            case PsObject item:
                return _objects.Call(item, lower, arguments);
            case List<object?> list when lower is "foreach" or "where" && arguments.FirstOrDefault() is PsBlock body:
                return EachItem(list, body, lower == "where");
            case List<object?> list:
                return PsTexts.CallList(list, lower, arguments, interpreter.Log);
            case byte[] octets when lower is "clone" or "toarray":
                return interpreter.Log.Budget.TakeOutput(octets.Length) ? octets.ToArray() : octets;
            case string or char:
                return PsTexts.Call(PsValues.Text(value), lower, arguments, interpreter.Log);
            case null:
                return null;
            default:
                return lower is "tostring" ? PsTexts.NumberText(value, arguments) : PsUnknown.Value;
        }
    }

    private List<object?> EachItem(List<object?> list, PsBlock body, bool filters)
    {
        List<object?> output = [];
        // The body may change the list that is gone over.
        var count = list.Count;
        for (var index = 0; index < Math.Min(count, list.Count); index++)
        {
            var item = list[index];
            List<object?> made = [];
            interpreter.Each(body, item, made);
            if (!filters)
                output.AddRange(made);
            else if (PsValues.Truth(PsValues.Unwrap(made)))
                output.Add(item);
        }

        return output;
    }
}
