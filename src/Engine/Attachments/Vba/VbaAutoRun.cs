using System.Collections.Frozen;

namespace Platform.Engine.Attachments.Vba;

/// <summary>Procedures that Office starts by itself: by their name, or because something on the page is drawn, loaded or left.</summary>
internal static class VbaAutoRun
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "AutoExec", "AutoOpen", "AutoClose", "AutoExit", "AutoNew", "Auto_Open", "Auto_Close", "Auto_Activate", "Auto_Exec", "Auto_Exit", "Auto_New", "Auto_Add", "Auto_Remove",
        "Document_Open", "Document_New", "Document_Close", "Document_BeforeClose", "Document_ContentControlOnEnter", "Document_ContentControlOnExit", "Document_BuildingBlockInsert", "DocumentOpen", "DocumentChange", "DocumentBeforeClose", "NewDocument",
        "Workbook_Open", "Workbook_Activate", "Workbook_BeforeClose", "Workbook_Deactivate", "Workbook_WindowActivate", "Workbook_AddinInstall", "Workbook_NewSheet", "Workbook_SheetActivate", "Workbook_SheetCalculate", "WorkbookOpen",
        "Worksheet_Activate", "Worksheet_Calculate", "Worksheet_TableUpdate",
        "App_DocumentOpen", "App_WorkbookOpen", "App_PresentationOpen", "Presentation_Open", "OnSlideShowPageChange", "OnSlideShowTerminate", "SlideShowBegin", "SlideShowNextSlide",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Events of controls that fire without a hand on them.
    private static readonly FrozenSet<string> Events = new[]
    {
        "Layout", "Painted", "Painting", "Resize", "GotFocus", "MouseMove", "MouseEnter", "MouseLeave", "MouseHover", "BeforeNavigate2", "BeforeScriptExecute", "DocumentComplete", "DownloadBegin", "DownloadComplete", "FileDownload",
        "NavigateComplete2", "NavigateError", "ProgressChange", "PropertyChange", "SetSecureLockIcon", "StatusTextChange", "TitleChange", "OnConnecting", "OnDisconnecting", "Initialize",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Is(string procedure)
    {
        if (Names.Contains(procedure))
            return true;
        var line = procedure.LastIndexOf('_');
        return line > 0 && Events.Contains(procedure[(line + 1)..]);
    }
}
