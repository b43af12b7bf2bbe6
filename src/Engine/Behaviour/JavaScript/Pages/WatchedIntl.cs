using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary><c>Intl</c> (ECMA-402): who asks for it may ask where the reader is, and hears of the made-up place.</summary>
internal static class WatchedIntl
{
    private static readonly string[] Formats = ["DateTimeFormat", "NumberFormat", "Collator", "PluralRules", "RelativeTimeFormat", "ListFormat"];

    public static void Install(World world, ObjectInstance window)
    {
        var known = window.GetOwnProperty("Intl");
        JsValue? given = null;
        WindowMembers.Accessor(world, window, "Intl", () => given ??= Asked(world, known.Value), value => given = value);
    }

    private static JsValue Asked(World world, JsValue intl)
    {
        world.AskedPlace = true;
        if (world.Place != Place.Usual && intl is ObjectInstance held)
            foreach (var name in Formats)
                if (held.Get(name) is ObjectInstance format && format.Get("prototype") is ObjectInstance prototype && prototype.Get("resolvedOptions") is { } resolved && resolved.IsCallable())
                    prototype.Set("resolvedOptions", new Jint.Runtime.Interop.ClrFunction(world.Engine, "resolvedOptions", (self, arguments) => Here(world, world.Engine.Call(resolved, self, arguments))));
        return intl;
    }

    // A language or zone that the script named itself stays.
    private static JsValue Here(World world, JsValue options)
    {
        if (options is not ObjectInstance held)
            return options;
        if (held.Get("locale").AsText() is "en" or "en-US" or "")
            held.Set("locale", World.Text(world.Place.Language));
        if (held.Get("timeZone").AsText() is "UTC")
            held.Set("timeZone", World.Text(world.Place.Zone));
        return options;
    }
}
