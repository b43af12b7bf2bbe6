using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Platform.Engine;

namespace Platform.Benchmarks.Authentication;

/// <summary>
/// Looks in the documentation of every public member under <c>Engine/Authentication</c> and <c>Engine/Mail/Structure</c> for the
/// standard it comes from: <c>RFC 7208, 4.6.4</c>. A parameter of a record may have it in its own line.
/// </summary>
internal static partial class StandardReferences
{
    private static readonly string[] Rooms = ["Platform.Engine.Authentication", "Platform.Engine.Mail.Structure"];

    /// <returns>How many members there are, and the ids of those without.</returns>
    public static (int Members, IReadOnlyList<string> Without) Check()
    {
        var assembly = typeof(Scanner).Assembly;
        var documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);
        var count = 0;
        List<string> without = [];
        foreach (var type in assembly.GetExportedTypes().Where(type => Rooms.Any(room => type.Namespace == room || type.Namespace!.StartsWith(room + ".", StringComparison.Ordinal))))
        {
            var typeText = documented.GetValueOrDefault($"T:{NameOf(type)}");
            foreach (var (id, text) in Members(type, typeText, documented))
            {
                count++;
                if (!Reference().IsMatch(text))
                    without.Add(id);
            }
        }

        return (count, without);
    }

    private static IEnumerable<(string Id, string Text)> Members(Type type, XElement? typeText, Dictionary<string, XElement> documented)
    {
        yield return ($"T:{NameOf(type)}", typeText?.Value ?? "");
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var member in type.GetMembers(Declared).Where(IsWritten))
        {
            var letter = member switch { MethodInfo => 'M', PropertyInfo => 'P', FieldInfo => 'F', _ => 'E' };
            var prefix = $"{letter}:{NameOf(type)}.{member.Name}";
            var own = documented.Where(pair => pair.Key == prefix || pair.Key.StartsWith(prefix + "(", StringComparison.Ordinal)).Select(pair => pair.Value.Value);
            var asParameter = typeText?.Elements("param").Where(param => param.Attribute("name")?.Value == member.Name).Select(param => param.Value) ?? [];
            yield return (prefix, string.Join(' ', own.Concat(asParameter)));
        }
    }

    // What the compiler makes of a record, and what a base declares, has no documentation of its own.
    private static bool IsWritten(MemberInfo member) => member switch
    {
        MethodInfo method => !method.IsSpecialName && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null && method.GetBaseDefinition() == method,
        PropertyInfo property => property.Name != "EqualityContract" && property.GetMethod?.GetBaseDefinition() == property.GetMethod,
        FieldInfo field => !field.IsSpecialName,
        EventInfo => true,
        _ => false,
    };

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    [GeneratedRegex(@"RFC[\s ]?\d{3,5},\s(section\s)?(\d|appendix)", RegexOptions.IgnoreCase)]
    private static partial Regex Reference();
}
