namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>
/// What happens to a page that somebody has before them: the pointer crosses it, it is scrolled, it is given the focus; then keys are
/// pressed, fingers put down, text is copied. Robots do none of it, so hostile code waits for it.
/// </summary>
internal sealed class Gestures(Page page)
{
    private const int MostTargets = 40;
    private const int Moves = 6;

    // Met by who only looks at the page.
    private static readonly string[] Looking =
    [
        "visibilitychange", "focus", "focusin", "mouseenter", "mouseover", "pointerenter", "pointerover", "mousemove", "pointermove", "pointerrawupdate", "scroll", "scrollend", "wheel", "mousewheel", "DOMMouseScroll", "resize",
        "mouseout", "mouseleave", "pointerout", "pointerleave", "blur", "focusout", "animationstart", "animationend", "transitionend",
    ];

    // Done by who means to.
    private static readonly string[] Acting =
    [
        "pointerdown", "mousedown", "touchstart", "touchmove", "pointerup", "mouseup", "touchend", "click", "dblclick", "auxclick", "contextmenu", "keydown", "keypress", "keyup", "selectstart", "selectionchange", "copy", "cut", "dragstart", "hashchange", "popstate",
    ];

    // One move is never one event.
    private static readonly string[] Repeated = ["mousemove", "pointermove", "scroll", "wheel", "keydown", "touchmove"];

    public void Look() => Play(Looking);

    public void Act() => Play(Acting);

    private void Play(string[] types)
    {
        foreach (var type in types)
        {
            var targets = page.ListeningTo(type).Take(MostTargets).ToList();
            for (var round = 0; targets.Count > 0 && round < (Array.IndexOf(Repeated, type) >= 0 ? Moves : 1) && !page.World.Ended; round++)
            {
                foreach (var target in targets)
                    if (target is null)
                        page.FireWindow(type);
                    else
                        page.Fire(target, type, page.MakeEvent(type, target));
                page.World.Jobs.RunAll();
                page.Flush();
            }
        }
    }
}
