using System.Text;
using Platform.Engine.Behaviour.Windows;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Variables, those of the system and of the environment among them. Functions see and change what is around them: scripts of attackers rely on scope little.</summary>
internal sealed class PsVariables(string fileName)
{
    private const int MaxVariables = 20_000;
    private const int MaxItems = 1_000_000;

    private readonly Dictionary<string, StringBuilder> _growing = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object?> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts text or items to the end of a variable in place: decoders build long values one letter at a time.</summary>
    /// <returns>False when the variable holds neither, or when the value is not known.</returns>
    public bool Append(string name, object? value, BehaviourLog log)
    {
        if (PsValues.IsUnknown(value))
            return false;
        if (_growing.TryGetValue(name, out var growing))
            return Grow(growing, value, log);
        switch (_values.GetValueOrDefault(name))
        {
            case string text when log.Budget.TakeCopy(text.Length) && _growing.Count < MaxVariables:
                _growing[name] = growing = new StringBuilder(text);
                return Grow(growing, value, log);
            case List<object?> list when value is not null:
                var items = PsValues.Items(value);
                if (list.Count + items.Count <= MaxItems && log.Budget.TakeOutput((long)items.Count * BuiltText.CostOfItem))
                    list.AddRange(items);
                return true;
            default:
                return false;
        }
    }

    private static bool Grow(StringBuilder growing, object? value, BehaviourLog log)
    {
        var text = PsValues.WholeText(value, log);
        if (growing.Length + text.Length <= PsValues.MaxText && log.Budget.TakeOutput(text.Length))
            growing.Append(text);
        return true;
    }

    public object? Get(string name, BehaviourLog? log = null)
    {
        if (_growing.Remove(name, out var growing) && log?.Budget.TakeCopy(growing.Length) is not false)
            _values[name] = growing.ToString();
        if (name.StartsWith("env:", StringComparison.OrdinalIgnoreCase))
            return _values.TryGetValue(name, out var set) ? set : WindowsEnvironment.Values.TryGetValue(name[4..], out var value) ? value : null;
        if (_values.TryGetValue(name, out var held))
            return held;
        return name.ToLowerInvariant() switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            "pshome" => @"C:\Windows\System32\WindowsPowerShell\v1.0",
            "shellid" => "Microsoft.PowerShell",
            "verbosepreference" or "debugpreference" => "SilentlyContinue",
            "erroractionpreference" or "warningpreference" or "progresspreference" => "Continue",
            "home" => WindowsEnvironment.Get("USERPROFILE"),
            "pwd" => @"C:\Users\user\Downloads",
            "psscriptroot" => @"C:\Users\user\Downloads",
            "pscommandpath" => $@"C:\Users\user\Downloads\{(fileName.Length > 0 ? fileName : "script.ps1")}",
            "ofs" => " ",
            "executioncontext" => new PsObject("executioncontext"),
            "host" or "psversiontable" or "myinvocation" or "?" or "pid" or "lastexitcode" or "matches" or "error" or "psculture" or "profile" => PsUnknown.Value,
            _ => null,
        };
    }

    public void Set(string name, object? value)
    {
        _growing.Remove(name);
        if (_values.Count < MaxVariables || _values.ContainsKey(name))
            _values[name] = value;
    }

    public IReadOnlyList<(string Name, object? Value)> Enter(IReadOnlyList<string> parameters, IReadOnlyList<object?> arguments, IReadOnlyList<object?>? input, object? current)
    {
        List<(string, object?)> saved = [("args", Get("args")), ("input", Get("input")), ("_", Get("_"))];
        var named = arguments.OfType<PsBound>().ToList();
        var positional = arguments.Where(argument => argument is not PsBound).ToList();
        foreach (var parameter in parameters)
        {
            saved.Add((parameter, Get(parameter)));
            var bound = named.Find(item => parameter.StartsWith(item.Name, StringComparison.OrdinalIgnoreCase));
            if (bound is not null)
            {
                Set(parameter, bound.Value);
            }
            else if (positional.Count > 0)
            {
                Set(parameter, positional[0]);
                positional.RemoveAt(0);
            }
            else
            {
                Set(parameter, input is { Count: > 0 } ? PsValues.Unwrap([.. input]) : null);
            }
        }

        Set("args", positional);
        Set("input", input?.ToList() ?? []);
        if (current is not null || input is { Count: > 0 })
            Set("_", current ?? input![^1]);
        return saved;
    }

    public void Leave(IReadOnlyList<(string Name, object? Value)> saved)
    {
        foreach (var (name, value) in saved)
            _values[name] = value;
    }
}

/// <summary>An argument given by name.</summary>
internal sealed record PsBound(string Name, object? Value);
