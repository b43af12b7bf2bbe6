using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Mails.Layout;

namespace Platform.Mails;

/// <summary>Gives a mail its two forms, and a page its HTML.</summary>
public sealed class MailRenderer(ILoggerFactory loggers) : IDisposable
{
    /// <summary>Components here ask for no service.</summary>
    private readonly ServiceProvider _none = new ServiceCollection().BuildServiceProvider();

    public async Task<RenderedMail> RenderAsync(IMailTemplate template, MailBrand brand, string? language)
    {
        ArgumentNullException.ThrowIfNull(template);
        var words = Wording.Of(language);
        var document = template.Write(words);
        var html = await RenderAsync<MailPage>(new Dictionary<string, object?>
        {
            [nameof(MailPage.Document)] = document,
            [nameof(MailPage.Brand)] = brand,
            [nameof(MailPage.Words)] = words,
        });
        return new RenderedMail(document.Subject, MailText.Write(document, brand, words), html);
    }

    /// <summary>A component as a whole page.</summary>
    public async Task<string> RenderAsync<TPage>(IDictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(_none, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            return root.ToHtmlString();
        });
    }

    public void Dispose() => _none.Dispose();
}
