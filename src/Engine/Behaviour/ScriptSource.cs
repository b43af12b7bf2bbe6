namespace Platform.Engine.Behaviour;

public enum ScriptLanguage
{
    JavaScript,
    VbScript,

    /// <summary>Visual Basic for Applications: the macros of an Office document.</summary>
    Vba,

    /// <summary>Excel 4.0 macro sheets, one formula a line as <c>sheet!cell: =FORMULA</c>.</summary>
    ExcelMacro,
    PowerShell,

    /// <summary>Batch files, and command lines as a program or shortcut gives them to the shell.</summary>
    Batch,
}

/// <summary>What a script finds around it, and so what it can do.</summary>
public enum ScriptHost
{
    /// <summary>A page in a browser: HTML, SVG, MHTML.</summary>
    Page,

    /// <summary>Windows Script Host, and HTA, whose pages may use ActiveX objects.</summary>
    WindowsScript,

    /// <summary>A PDF reader (ISO 32000-1 12.6.4.16).</summary>
    Pdf,

    /// <summary>An Office program.</summary>
    Office,

    /// <summary>A command interpreter: PowerShell, cmd.exe.</summary>
    Shell,
}

/// <summary>A script found in a file of the mail.</summary>
/// <param name="Source">The text of the script, decoded.</param>
/// <param name="Where">Where in the file it stands: <c>ThisDocument</c>, <c>script 2</c>, <c>object 14</c>, <c>command line</c>.</param>
public sealed record ScriptSource(ScriptLanguage Language, ScriptHost Host, string Source, string Where)
{
    /// <summary>The page in which the script runs, as text; null where there is none.</summary>
    public string? Page { get; init; }

    /// <summary>Name of the file that holds it, for scripts that ask their own name; empty when there is none.</summary>
    public string FileName { get; init; } = "";
}
