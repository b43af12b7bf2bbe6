namespace Platform.Engine.Behaviour.Basic;

/// <summary>Word, Excel and PowerPoint: what stands in the document, and how macros call each other.</summary>
internal sealed class BasicDocumentObjects(BasicInterpreter interpreter)
{
    public object? Named(string name, List<object?> arguments)
    {
        if (interpreter.Script.Host != ScriptHost.Office)
            return null;
        switch (name)
        {
            case "application":
                return new BasicObject("application");
            case "activedocument" or "thisdocument" or "activeworkbook" or "thisworkbook" or "activepresentation" or "documents" or "workbooks" or "presentations":
                return new BasicObject("document");
            case "activesheet":
                return Sheet("");
            case "sheets" or "worksheets" or "worksheet" or "charts":
                return arguments.Count > 0 ? Sheet(BasicValues.Text(BasicOperators.Value(arguments[0]))) : new BasicObject("sheets");
            case "range" or "cells" or "selection" or "activecell":
                return Member(Sheet(""), name, arguments.Select(BasicOperators.Value).ToList());
            case "executeexcel4macro" or "run" or "evaluate":
                return Member(new BasicObject("application"), name, arguments.Select(BasicOperators.Value).ToList());
            default:
                return Control(name) ?? (interpreter.Values.Keys.Any(key => key.StartsWith($"{name}!", StringComparison.OrdinalIgnoreCase)) ? Sheet(name) : null);
        }
    }

    public object? Member(BasicObject item, string name, List<object?> given)
    {
        var first = given.Count > 0 ? BasicValues.Text(given[0]) : "";
        switch (item.Kind)
        {
            case "application" or "document" or "sheet" or "sheets":
                return Program(item, name, given, first) ?? Place(item, name, given, first);
            case "control" when name is not ("value" or "text" or "caption"):
                var inner = $"{item.Field("name")}.{name}";
                return Control(inner) is { } control ? name is "tag" or "controltiptext" ? control.Fields["value"] : control : name is "controls" or "pages" ? Named($"{item.Field("name")}.{first}") : null;
            case "properties" or "customproperties" or "variables":
                return Named($"{item.Field("prefix")}.{(name == "item" ? first : name)}");
            default:
                return null;
        }
    }

    private object? Program(BasicObject item, string name, List<object?> given, string first)
    {
        switch (name)
        {
            case "run":
                return interpreter.Call(Procedure(first), given.Skip(1).ToList());
            case "ontime":
                return interpreter.Call(Procedure(BasicValues.Text(given.LastOrDefault(argument => argument is string) ?? "")), []);
            case "executeexcel4macro":
                interpreter.Log.Layer(new ScriptSource(ScriptLanguage.ExcelMacro, ScriptHost.Office, $"macro!A1: ={first.TrimStart('=')}", "ExecuteExcel4Macro"));
                return BasicUnknown.Value;
            case "ddeinitiate":
                interpreter.Machine.Run($"{first} {(given.Count > 1 ? BasicValues.Text(given[1]) : "")}".Trim());
                return 1L;
            case "shell":
                interpreter.Machine.Run(first);
                return 1L;
            case "followhyperlink":
                interpreter.Machine.Run(first);
                return BasicUnknown.Value;
            case "application" or "parent":
                return new BasicObject("application");
            case "activedocument" or "activeworkbook" or "thisworkbook" or "thisdocument" or "activepresentation" or "documents" or "workbooks" or "open" or "add":
                return new BasicObject("document");
            case "path":
                return @"C:\Users\user\Documents";
            case "fullname":
                return @"C:\Users\user\Documents\document.docm";
            case "name":
                return item.Kind == "application" ? "Microsoft Word" : item.Kind == "sheet" ? item.Field("sheet") : "document.docm";
            case "username":
                return "user";
            case "version":
                return "16.0";
            case "operatingsystem":
                return "Windows (64-bit) NT 10.00";
            case "startuppath":
                return @"C:\Users\user\AppData\Roaming\Microsoft\Word\STARTUP";
            case "templatespath":
                return @"C:\Users\user\AppData\Roaming\Microsoft\Templates";
            case "pathseparator":
                return "\\";
            default:
                return null;
        }
    }

    private object? Place(BasicObject item, string name, List<object?> given, string first)
    {
        switch (name)
        {
            case "builtindocumentproperties":
                return given.Count > 0 ? Named($"Property.{first}") : Group("properties", "Property");
            case "customdocumentproperties":
                return given.Count > 0 ? Named($"CustomProperty.{first}") : Group("customproperties", "CustomProperty");
            case "variables":
                return given.Count > 0 ? Named($"Variable.{first}") : Group("variables", "Variable");
            case "sheets" or "worksheets" or "activesheet":
                return given.Count > 0 || name == "activesheet" ? Sheet(first) : new BasicObject("sheets");
            case "item" when item.Kind == "sheets":
                return Sheet(first);
            case "range" when item.Kind == "document":
            case "content" or "text" or "paragraphs":
                return Text();
            case "range" when given.Count > 0:
                return Cell(item.Field("sheet"), first);
            case "cells" when given.Count > 1:
                return Cell(item.Field("sheet"), Column(given[1]) + BasicValues.Number(given[0]).ToString(System.Globalization.CultureInfo.InvariantCulture));
            case "names" when given.Count > 0:
                return Named($"Name.{first}");
            case "selection" or "activecell" or "usedrange":
                return Text();
            default:
                return item.Kind == "sheet" ? Control($"{item.Field("sheet")}.{name}") ?? Control(name) : Control(name);
        }
    }

    // 'Book.xlsm'!Module1.Go: the longest part of it that is a procedure.
    private string Procedure(string name)
    {
        var plain = name[(name.LastIndexOf('!') + 1)..].Trim('\'').ToLowerInvariant();
        while (!interpreter.Program.Procedures.ContainsKey(plain) && plain.IndexOf('.', StringComparison.Ordinal) is >= 0 and var cut)
            plain = plain[(cut + 1)..];
        return plain;
    }

    private object Text() => interpreter.Values.TryGetValue("Text", out var text) ? Valued("text", text) : BasicUnknown.Value;

    private BasicObject? Named(string key)
    {
        var plain = key.Replace(" ", "", StringComparison.Ordinal);
        foreach (var (name, value) in interpreter.Values)
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase) || name.Replace(" ", "", StringComparison.Ordinal).Equals(plain, StringComparison.OrdinalIgnoreCase))
                return Valued("property", value);
        return null;
    }

    private BasicObject? Control(string name)
    {
        var isForm = interpreter.Values.Keys.Any(key => key.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase));
        if (!isForm && !interpreter.Values.ContainsKey(name))
            return null;
        var made = Valued("control", interpreter.Values.GetValueOrDefault(name, ""));
        made.Fields["name"] = name;
        return made;
    }

    private static BasicObject Group(string kind, string prefix)
    {
        var made = new BasicObject(kind);
        made.Fields["prefix"] = prefix;
        return made;
    }

    private BasicObject Sheet(string name)
    {
        var made = new BasicObject("sheet");
        if (name.Length == 0 || name.All(char.IsAsciiDigit))
        {
            // By number, or the one that is open: the sheets in the order of their cells.
            var sheets = interpreter.Values.Keys.Where(key => key.Contains('!', StringComparison.Ordinal)).Select(key => key[..key.IndexOf('!', StringComparison.Ordinal)]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            name = sheets.ElementAtOrDefault((int)Math.Max(0, BasicValues.Number(name) - 1)) ?? "";
        }

        made.Fields["sheet"] = name;
        return made;
    }

    private BasicObject Cell(string sheet, string address)
    {
        var plain = address.Replace("$", "", StringComparison.Ordinal).ToUpperInvariant();
        return Valued("cell", interpreter.Values.TryGetValue($"{sheet}!{plain}", out var value) ? value : interpreter.Values.TryGetValue($"Name.{address}", out var named) ? named : null);
    }

    private static string Column(object? value)
    {
        if (value is string letters && letters.Length > 0 && char.IsLetter(letters[0]))
            return letters.ToUpperInvariant();
        var number = (int)Math.Clamp(BasicValues.Number(value), 1, 16_384);
        var made = "";
        for (; number > 0; number = (number - 1) / 26)
            made = (char)('A' + ((number - 1) % 26)) + made;
        return made;
    }

    private static BasicObject Valued(string kind, object? value)
    {
        var made = new BasicObject(kind);
        made.Fields["value"] = value;
        return made;
    }
}
