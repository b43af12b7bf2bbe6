using Platform.Engine.Behaviour.JavaScript.Pages;
using Platform.Engine.Behaviour.JavaScript.Pdf;
using Platform.Engine.Behaviour.JavaScript.WindowsScript;

namespace Platform.Engine.Behaviour.JavaScript;

// ECMAScript (ECMA-262) knows nothing of the outside; what a script can do is what its host puts around it: a browser the
// document, its events and the network (WHATWG HTML and DOM), Windows Script Host the COM objects of the machine, a PDF reader
// the objects of "JavaScript for Acrobat". Here each of these worlds is made up: it answers as the real one would, reaches
// nothing, and writes down what it was asked. What is hidden (base64, XOR, AES, packers, eval in eval) hides from eyes, not from
// a world: in the end it must call fetch, click a link or create a shell. A page is run as its reader would use it: scripts in
// order, load events, timers, and then its forms are filled with made-up secrets and sent, to see where these go.
// Steps are counted, not time; whatever natively grows or loops is bounded beside it (Limits/).

/// <summary>Runs JavaScript of pages, of Windows Script Host and of PDF files in a made-up world.</summary>
internal sealed class JavaScriptEmulator : IEmulator
{
    // Deep recursion of a script ends in the RangeError that it would meet in a browser, long before this stack does.
    private const int StackBytes = 4 * 1024 * 1024;

    public bool Runs(ScriptLanguage language) => language == ScriptLanguage.JavaScript;

    public void Run(ScriptSource script, BehaviourLog log)
    {
        if (string.IsNullOrWhiteSpace(script.Source) && string.IsNullOrWhiteSpace(script.Page))
            return;
        // All scripts of a page share one world, so a page is run whole, once.
        if (script.Page is { } page && !log.Budget.FirstTime(page))
            return;
        var thread = new Thread(() => RunHere(script, log), StackBytes) { IsBackground = true, Name = "script" };
        thread.Start();
        thread.Join();
    }

    private static void RunHere(ScriptSource script, BehaviourLog log)
    {
        try
        {
            if (script.Host == ScriptHost.Page)
            {
                PageRun.Run(script, log);
                return;
            }

            var world = new World(script, log);
            switch (script.Host)
            {
                case ScriptHost.Pdf:
                    PdfRun.Run(world);
                    break;
                default:
                    WindowsScriptRun.Run(world);
                    break;
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nothing is known to come here; a fault of the interpreter must not cost the mail its verdict.
            log.Budget.MarkCut();
        }
    }
}
