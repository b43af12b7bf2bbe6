using System.Text;

namespace Platform.Engine.Behaviour.Basic;

/// <summary>Variables of one call, over those of the module.</summary>
internal sealed class BasicScope(BasicScope? outer)
{
    private const int MaxVariables = 20_000;

    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StringBuilder> _growing = new(StringComparer.Ordinal);

    /// <summary>The object whose method runs; null outside of classes.</summary>
    public BasicObject? Me { get; init; }

    public string Function { get; init; } = "";

    public void Declare(string name, object? value)
    {
        _growing.Remove(name);
        if (_values.Count < MaxVariables)
            _values[name] = value;
    }

    public bool TryGet(string name, BehaviourLog log, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._growing.Remove(name, out var growing))
                scope._values[name] = log.Budget.TakeCopy(growing.Length) ? growing.ToString() : "";
            if (scope._values.TryGetValue(name, out value))
                return true;
            if (scope.Me is not null && scope.Me.Fields.TryGetValue(name, out value))
                return true;
        }

        value = null;
        return false;
    }

    public void Set(string name, object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._growing.Remove(name) || scope._values.ContainsKey(name))
            {
                scope._values[name] = value;
                return;
            }

            if (scope.Me is not null && scope.Me.Fields.ContainsKey(name))
            {
                scope.Me.Fields[name] = value;
                return;
            }
        }

        Declare(name, value);
    }

    /// <summary>Joins text to the end of a variable in place: <c>s = s &amp; "x"</c> in long rows.</summary>
    /// <returns>False when the variable holds no text.</returns>
    public bool Append(string name, string text, BehaviourLog log)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (!scope._growing.TryGetValue(name, out var growing))
            {
                if (!scope._values.TryGetValue(name, out var held))
                    continue;
                if (held is not (string or null))
                    return false;
                if (!log.Budget.TakeCopy(BasicValues.Text(held).Length))
                    return true;
                scope._growing[name] = growing = new StringBuilder(BasicValues.Text(held));
            }

            if (growing.Length + text.Length <= BasicValues.MaxText && log.Budget.TakeOutput(text.Length))
                growing.Append(text);
            return true;
        }

        return false;
    }

    public bool HoldsText(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope._growing.ContainsKey(name) || scope._values.TryGetValue(name, out var held) && held is string)
                return true;
            else if (scope._values.ContainsKey(name))
                return false;
        return false;
    }

    private BasicScope? Outer => outer;
}
