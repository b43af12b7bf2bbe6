using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Platform.Storage.Model;

/// <summary>Lower-case names with underscores for all columns, so that hand-written SQL needs no quotes on either database.</summary>
internal static class SnakeCase
{
    public static void Apply(ModelBuilder builder)
    {
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(t => t.GetProperties()))
            property.SetColumnName(Of(property.Name));
    }

    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
