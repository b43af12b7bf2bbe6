namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>
/// A page as its reader lives it: the scripts in their order, the load events, what was put off, and then the acts of a reader who
/// fills in what is asked and presses what there is to press.
/// </summary>
internal static class PageRun
{
    // What is left for the layers below a page and for the other files of the mail.
    private const int ShareOfSteps = 4;

    public static void Run(ScriptSource script, BehaviourLog log)
    {
        var before = log.Budget.StepsLeft;
        var asked = Run(new World(script, log));
        var taken = before - log.Budget.StepsLeft;
        foreach (var place in Place.Others)
            if (asked && log.IsSilent && taken * ShareOfSteps < log.Budget.StepsLeft)
                Run(new World(script, log, place));
    }

    private static bool Run(World world)
    {
        var page = new Page(world);
        WindowMembers.Install(page);
        RunIn(page);
        return world.AskedPlace;
    }

    /// <summary>For a world that has put its own objects beside those of a page: an HTML application.</summary>
    public static void RunIn(Page page)
    {
        var world = page.World;
        if (page.IsParsed)
            page.RunScripts();
        else
            world.Execute(world.Script.Source);
        page.Flush();
        page.ReadyState = "interactive";
        page.Fire(page.DocumentObject, "DOMContentLoaded");
        page.ReadyState = "complete";
        page.Fire(page.DocumentObject, "readystatechange");
        FireLoads(page);
        page.IsLoaded = true;
        world.Jobs.RunAll();
        page.Flush();
        var gestures = new Gestures(page);
        gestures.Look();
        new Reader(page).Act();
        gestures.Act();
        page.Conclude();
    }

    private static void FireLoads(Page page)
    {
        foreach (var element in page.Dom.All.Where(element => element.HasAttribute("onload") || element.HasAttribute("onerror") || element.HasAttribute("onbegin") || element.HasAttribute("onfocus") && element.HasAttribute("autofocus") || element.HasAttribute("ontoggle") && element.HasAttribute("open")).Take(50).ToList())
        {
            var remote = World.IsRemote(element.GetAttribute("src") ?? "") || (element.GetAttribute("src") ?? "").StartsWith("data:", StringComparison.OrdinalIgnoreCase);
            if (element.LocalName is "body" or "frameset")
                continue;
            if (remote || element.LocalName is "svg" or "iframe" or "style" or "link" or "object" or "embed")
                page.Fire(page.Wrap(element), "load");
            else
                page.Fire(page.Wrap(element), "error");
            page.Fire(page.Wrap(element), "begin");
            page.Fire(page.Wrap(element), "focus");
            page.Fire(page.Wrap(element), "toggle");
        }

        if (page.Dom.Body is { } body && body.HasAttribute("onload"))
            page.World.Call(page.Handler(body, "load"), page.Wrap(body), page.MakeEvent("load", page.Wrap(body)));
        page.FireWindow("load");
        page.FireWindow("pageshow");
    }
}
