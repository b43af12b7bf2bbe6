using System.Text;
using Jint.Native;
using Platform.Engine.Behaviour.JavaScript.Pages;

namespace Platform.Engine.Behaviour.JavaScript.WindowsScript;

/// <summary><c>MSXML2.XMLHTTP</c>, <c>ServerXMLHTTP</c>, <c>WinHttp.WinHttpRequest</c>: every request is answered well, with nothing.</summary>
internal sealed class HttpObject(Machine machine) : ComObject(machine, "MSXML2.XMLHTTP")
{
    private const int AnswerLength = 262_144;

    private string _address = "";
    private string _answer = "";

    protected override JsValue? Read(string name) => name switch
    {
        "open" => Method(name, arguments => { _address = arguments.TextAt(1); }),
        "send" => Method(name, _ => { Send(); }),
        "setrequestheader" or "setoption" or "settimeouts" or "setproxy" or "setcredentials" or "abort" or "setautologonpolicy" => Method(name, _ => { }),
        "waitforresponse" => Method(name, _ => JsBoolean.True),
        "getresponseheader" or "getallresponseheaders" => Method(name, _ => Text(name == "getresponseheader" ? $"{AnswerLength}" : "")),
        "status" => JsNumber.Create(200),
        "readystate" => JsNumber.Create(4),
        "statustext" => Text("OK"),
        "responsetext" => Text(_answer),
        "responsebody" or "responsestream" => new OctetsObject(Machine, Encoding.Latin1.GetBytes(_answer.PadRight(_answer.Length > 0 ? AnswerLength : 0))),
        "responsexml" => new XmlObject(Machine),
        _ => null,
    };

    private void Send()
    {
        _answer = Machine.Fetch(_address);
        if (Kept("onreadystatechange") is { } changed)
            World.Call(changed, this);
    }
}

/// <summary><c>MSXML2.DOMDocument</c>: fetches, and decodes base64 and hex for scripts that have nothing else for it.</summary>
internal sealed class XmlObject(Machine machine) : ComObject(machine, "MSXML2.DOMDocument")
{
    private string _text = "";

    protected override JsValue? Read(string name) => name switch
    {
        "createelement" or "createnode" or "createtextnode" or "createcdatasection" or "createattribute" or "selectsinglenode" or "appendchild" => Method(name, _ => new XmlElement(Machine)),
        "documentelement" => new XmlElement(Machine),
        "loadxml" => Method(name, arguments => { _text = arguments.TextAt(0); return JsBoolean.True; }),
        "load" => Method(name, arguments => Load(arguments.TextAt(0))),
        "transformnode" or "transformnodetoobject" => Method(name, Transform),
        "xml" or "text" => Text(_text),
        "parseerror" => World.Plain(("errorCode", JsNumber.Create(0)), ("reason", JsString.Empty)),
        "readystate" => JsNumber.Create(4),
        _ => null,
    };

    private JsBoolean Load(string address)
    {
        _text = Machine.Fetch(address);
        return JsBoolean.True;
    }

    // A style sheet may hold scripts (msxsl:script), which then run.
    private JsValue Transform(JsValue[] arguments)
    {
        var sheet = (arguments.At(0) as XmlObject)?._text ?? _text;
        if (FetchedCode.AddressIn(sheet) is { } address)
            World.Did(BehaviourKind.Execute, "T1220", $"style sheet fetched from {address}");
        var open = sheet.IndexOf("script", StringComparison.OrdinalIgnoreCase);
        var start = open < 0 ? -1 : sheet.IndexOf('>', open);
        var end = start < 0 ? -1 : sheet.IndexOf("</", start, StringComparison.Ordinal);
        if (end > start)
        {
            var code = sheet[(start + 1)..end].Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);
            World.Log.Layer(new ScriptSource(sheet.Contains("vbscript", StringComparison.OrdinalIgnoreCase) ? ScriptLanguage.VbScript : ScriptLanguage.JavaScript, ScriptHost.WindowsScript, code, "style sheet"));
        }

        return Text("");
    }
}

internal sealed class XmlElement(Machine machine) : ComObject(machine, "XMLDOMElement")
{
    private byte[] _content = [];
    private string _text = "";

    protected override JsValue? Read(string name) => name switch
    {
        "nodetypedvalue" => Typed(),
        "text" or "nodevalue" or "data" => Text(_text),
        "xml" => Text(_text),
        "datatype" => Kept("datatype") ?? JsString.Empty,
        "appendchild" or "setattribute" or "insertbefore" => Method(name, arguments => arguments.At(0)),
        "getattribute" => Method(name, _ => JsString.Empty),
        _ => null,
    };

    protected override bool Write(string name, JsValue value)
    {
        switch (name)
        {
            case "text" or "nodevalue" or "data":
                _text = ComObjects.Value(value);
                return true;
            case "nodetypedvalue":
                _content = World.BytesOf(value);
                _text = Kind.Contains("hex", StringComparison.OrdinalIgnoreCase) ? Convert.ToHexStringLower(_content) : Convert.ToBase64String(_content);
                return true;
            default:
                return false;
        }
    }

    private string Kind => Kept("datatype")?.AsText() ?? "";

    private JsValue Typed()
    {
        if (Kind.Contains("base64", StringComparison.OrdinalIgnoreCase))
            return new OctetsObject(Machine, LooseBase64.Decode(_text) ?? []);
        var digits = string.Concat(_text.Where(char.IsAsciiHexDigit));
        return Kind.Contains("hex", StringComparison.OrdinalIgnoreCase) ? new OctetsObject(Machine, digits.Length % 2 == 0 ? Convert.FromHexString(digits) : []) : Text(_text);
    }
}

/// <summary><c>WScript.Network</c>.</summary>
internal sealed class NetworkObject(Machine machine) : ComObject(machine, "WScript.Network")
{
    protected override JsValue? Read(string name) => name switch
    {
        "computername" or "userdomain" => Text(Machine.Variable("COMPUTERNAME")),
        "username" => Text(Machine.Variable("USERNAME")),
        "mapnetworkdrive" => Method(name, arguments => { Machine.Fetch(arguments.TextAt(1)); }),
        _ => null,
    };
}

/// <summary><c>InternetExplorer.Application</c>: a browser at hand.</summary>
internal sealed class BrowserObject(Machine machine) : ComObject(machine, "InternetExplorer.Application")
{
    protected override JsValue? Read(string name) => name switch
    {
        "navigate" or "navigate2" => Method(name, arguments => { Machine.Fetch(arguments.TextAt(0)); }),
        "busy" => JsBoolean.False,
        "readystate" => JsNumber.Create(4),
        "quit" => Method(name, _ => { }),
        _ => null,
    };
}
