using System.Text;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Attachments.Vba;

/// <summary>
/// Tells what a file's VBA projects are: facts vba-project, vba-auto-run, vba-suspicious (what runs by itself has the means to do
/// harm), vba-program-call (the same, started by hand), vba-stomped; and the source of each as one script, its modules joined.
/// </summary>
internal static class VbaSurvey
{
    private const int MaxScript = 2 * 1024 * 1024;
    private const int MaxReached = 2_000;
    private static readonly string[] CallingByName = ["Run", "OnTime", "CallByName", "ExecuteExcel4Macro", "Evaluate"];

    /// <summary>False when there is no project.</summary>
    public static bool Tell(CompoundFile file, FileContents contents, DocumentValues values)
    {
        var any = false;
        foreach (var project in VbaProjects.Read(file))
        {
            VbaForms.Collect(file, project, values);
            values.Add("Text", contents.ReadableText);
            Tell(project, contents, values);
            any = true;
        }

        return any;
    }

    private static void Tell(VbaProject project, FileContents contents, DocumentValues values)
    {
        contents.Fact("vba-project", project.Storage, string.Join(", ", project.Modules.Select(module => module.Name)));
        List<VbaProcedure> procedures = [];
        var script = new StringBuilder();
        foreach (var module in project.Modules)
        {
            var source = module.Source[..contents.Budget.TakeUnpacked(module.Source.Length, module.Stream)];
            procedures.AddRange(VbaCode.Read(module.Name, source));
            procedures.AddRange(Stomped(module, project, contents));
            Append(script, module.Name, source);
        }

        TellMeans(procedures, contents);
        if (script.Length > 0)
            contents.Script(new ScriptSource(ScriptLanguage.Vba, ScriptHost.Office, script.ToString(), project.Storage.Length > 0 ? project.Storage : "VBA") { Page = values.ToPage() });
    }

    // What was hidden from source readers is judged as if it ran by itself: there is no other reason to hide it.
    private static IEnumerable<VbaProcedure> Stomped(VbaModule module, VbaProject project, FileContents contents)
    {
        var strings = CompiledVba.Strings(module.Compiled.Span);
        if (!CompiledVba.IsStomped(module, strings))
            yield break;
        contents.Fact("vba-stomped", module.Name, string.Join(" · ", strings.Take(6)));
        var compiled = new VbaProcedure(module.Name, "AutoOpen");
        compiled.Strings.AddRange(strings);
        compiled.Names.UnionWith(CompiledVba.Names(project.Names.Span));
        yield return compiled;
    }

    private static void TellMeans(List<VbaProcedure> procedures, FileContents contents)
    {
        var automatic = procedures.Where(procedure => VbaAutoRun.Is(procedure.Name) || IsRibbonLoad(procedure.Name, contents)).ToList();
        foreach (var procedure in automatic)
            contents.Fact("vba-auto-run", procedure.Module, procedure.Name);
        var reached = Reached(procedures, automatic);
        var (means, seen) = VbaIntent.Of(reached);
        if (VbaIntent.IsSuspicious(means))
        {
            contents.Fact("vba-suspicious", automatic[0].Module, $"{automatic[0].Name}: {string.Join(", ", seen)}");
            return;
        }

        var (byHand, seenByHand) = VbaIntent.Of(procedures);
        if (VbaIntent.IsSuspicious(byHand))
            contents.Fact("vba-program-call", procedures[0].Module, string.Join(", ", seenByHand));
    }

    private static bool IsRibbonLoad(string procedure, FileContents contents) =>
        procedure.Length > 0 && contents.Facts.Any(fact => fact.Id == "office-ribbon-load" && fact.Value[(fact.Value.LastIndexOf('.') + 1)..].Equals(procedure, StringComparison.OrdinalIgnoreCase));

    private static HashSet<VbaProcedure> Reached(List<VbaProcedure> procedures, List<VbaProcedure> automatic)
    {
        var byName = procedures.Where(procedure => procedure.Name.Length > 0).ToLookup(procedure => procedure.Name, StringComparer.OrdinalIgnoreCase);
        HashSet<VbaProcedure> reached = [];
        var pending = new Stack<VbaProcedure>(automatic);
        while (pending.TryPop(out var next) && reached.Count < MaxReached)
        {
            if (!reached.Add(next))
                continue;
            foreach (var name in next.Names)
                foreach (var called in byName[name])
                    pending.Push(called);
            // A name in a string: what a menu calls waits for the reader's hand.
            if (!next.Names.Overlaps(CallingByName))
                continue;
            foreach (var text in next.Strings)
                foreach (var called in byName[text[(text.LastIndexOfAny(['.', '!']) + 1)..]])
                    pending.Push(called);
        }

        // Constants and variables of the modules serve everything that runs.
        if (reached.Count > 0)
            reached.UnionWith(procedures.Where(procedure => procedure.Name.Length == 0));
        return reached;
    }

    private static void Append(StringBuilder script, string module, string source)
    {
        if (script.Length + source.Length > MaxScript || source.Length == 0)
            return;
        if (script.Length > 0 && script[^1] != '\n')
            script.Append("\r\n");
        if (!source.StartsWith("Attribute VB_Name", StringComparison.OrdinalIgnoreCase))
            script.Append("Attribute VB_Name = \"").Append(module.Replace("\"", "", StringComparison.Ordinal)).Append("\"\r\n");
        script.Append(source);
    }
}
